#pragma once

#include "widgets/client/control.h"

#include <QWidget>

class QDoubleSpinBox;
class QLineEdit;
class QSlider;

namespace holdfast::widgets {

class FlatButton;
class Theme;

/// A number or a text that a control takes: slider and number field, or a line. What is dragged or typed changes
/// nothing; the button does. Thread: gui.
class ValueBox : public QWidget {
    Q_OBJECT

public:
    enum class Button { Shown, None };

    ValueBox(const Theme& theme, const Control& control, Button button, QWidget* parent);

    /// As it goes into an action's `to`.
    [[nodiscard]] QString value() const;

signals:
    void applied(const QString& value);
    void edited();

private:
    void addNumber(const NumberRange& range, const QString& now);

    QSlider* m_slider = nullptr;
    QDoubleSpinBox* m_number = nullptr;
    QLineEdit* m_text = nullptr;
    bool m_whole = false;
};

/// What the control is set to now, as a value: a mode that is no number gives an empty text.
[[nodiscard]] QString presentValue(const Control& control);

}  // namespace holdfast::widgets
