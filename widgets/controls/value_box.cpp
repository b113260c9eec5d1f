#include "widgets/controls/value_box.h"

#include "widgets/theme/flat_button.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int sliderSteps = 200;  // for ranges too wide, or without whole steps, for one step a unit
constexpr int fieldWidth = 92;

}  // namespace

QString presentValue(const Control& control)
{
    const QString mode = modeOf(control);
    if (control.mostText > 0)
        return mode;
    bool isNumber = false;
    mode.toDouble(&isNumber);
    if (isNumber)
        return mode;
    control.state.toDouble(&isNumber);
    return isNumber ? control.state : QString();
}

ValueBox::ValueBox(const Theme& theme, const Control& control, Button button, QWidget* parent) : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    if (control.number) {
        addNumber(*control.number, presentValue(control));
    } else {
        m_text = new QLineEdit(presentValue(control), this);
        m_text->setObjectName(QStringLiteral("valueText"));
        m_text->setAccessibleName(tr("New value of %1").arg(control.name));
        m_text->setMaxLength(static_cast<int>(std::min<std::int64_t>(control.mostText, 10'000)));
        connect(m_text, &QLineEdit::textEdited, this, &ValueBox::edited);
        row->addWidget(m_text, 1);
    }
    if (button == Button::Shown) {
        auto* apply = new FlatButton(theme, tr("Apply"), this);
        apply->setObjectName(QStringLiteral("applyValue"));
        connect(apply, &FlatButton::clicked, this, [this] { emit applied(value()); });
        row->addWidget(apply);
    }
}

void ValueBox::addNumber(const NumberRange& range, const QString& now)
{
    m_whole = range.whole;
    const bool fine = !range.whole || range.most - range.least > 1000;
    m_number = new QDoubleSpinBox(this);
    m_number->setObjectName(QStringLiteral("valueNumber"));
    m_number->setAccessibleName(tr("New value"));
    m_number->setDecimals(range.whole ? 0 : 2);
    m_number->setRange(range.least, range.most);
    m_number->setFixedWidth(fieldWidth);
    m_number->setKeyboardTracking(true);
    if (!range.unit.isEmpty())
        m_number->setSuffix(QStringLiteral(" ") + range.unit);
    m_slider = new QSlider(Qt::Horizontal, this);
    m_slider->setAccessibleName(tr("New value"));
    const double width = std::max(1e-9, range.most - range.least);
    const int steps = fine ? sliderSteps : static_cast<int>(width);
    m_slider->setRange(0, std::max(1, steps));
    const auto toSlider = [=](double value) {
        return static_cast<int>(std::lround((value - range.least) / width * std::max(1, steps)));
    };
    m_number->setValue(now.isEmpty() ? range.least : now.toDouble());
    m_slider->setValue(toSlider(m_number->value()));
    connect(m_slider, &QSlider::sliderMoved, this,
            [=, this](int at) { m_number->setValue(range.least + width * at / std::max(1, steps)); });
    connect(m_slider, &QSlider::actionTriggered, this,
            [=, this] { m_number->setValue(range.least + width * m_slider->sliderPosition() / std::max(1, steps)); });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, [=, this](double value) {
        if (!m_slider->isSliderDown())
            m_slider->setValue(toSlider(value));
        emit edited();
    });
    static_cast<QHBoxLayout*>(layout())->addWidget(m_slider, 1);
    static_cast<QHBoxLayout*>(layout())->addWidget(m_number);
}

QString ValueBox::value() const
{
    if (m_text)
        return m_text->text();
    return QString::number(m_number->value(), 'f', m_whole ? 0 : 2);
}

}  // namespace holdfast::widgets
