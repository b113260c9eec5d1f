#pragma once

#include <QDialog>

namespace holdfast::widgets {

class Theme;

/// All keys on one sheet. Deletes itself when closed. Thread: gui.
class ShortcutSheet : public QDialog {
    Q_OBJECT

public:
    ShortcutSheet(const Theme& theme, QWidget* parent);
};

}  // namespace holdfast::widgets
