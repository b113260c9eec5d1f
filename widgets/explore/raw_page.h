#pragma once

#include "widgets/explore/result_table.h"

#include <QPlainTextEdit>

#include <vector>

namespace holdfast::widgets {

class Courier;
class Theme;

/// Explore's answers as text, a sample a line; written on the worker. Thread: gui.
class RawPage : public QPlainTextEdit {
    Q_OBJECT

public:
    RawPage(const Theme& theme, Courier& courier, QWidget* parent);

    void setAnswers(std::vector<QueryAnswerPtr> answers);

private:
    void restyle();

    const Theme& m_theme;
    Courier& m_courier;
};

}  // namespace holdfast::widgets
