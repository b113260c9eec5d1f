#pragma once

#include <QWidget>

namespace holdfast::widgets {

class Preferences;
class Theme;

/// What the windows themselves keep: look, size of texts, zone, keys, motion. Every change is seen at once.
/// Thread: gui.
class GeneralPage : public QWidget {
    Q_OBJECT

public:
    GeneralPage(const Theme& theme, Preferences& preferences, QWidget* parent);
};

}  // namespace holdfast::widgets
