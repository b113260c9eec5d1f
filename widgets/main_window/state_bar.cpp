#include "widgets/main_window/state_bar.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int barHeight = 40;
constexpr int sidePx = 12;
constexpr int shapePx = 14;

}  // namespace

StateBar::StateBar(const Theme& theme, Severity severity, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_severity(severity),
      m_layout(new QHBoxLayout(this)),
      m_text(new RoleLabel(theme, TextRole::Strong, QString(), this)),
      m_detail(new RoleLabel(theme, TextRole::Small, QString(), this))
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_layout->setSpacing(10);
    m_layout->addWidget(m_text);
    m_layout->addWidget(m_detail, 1);
    m_text->setElided(true);
    m_detail->setElided(true);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(&theme, &Theme::changed, this, &StateBar::fit);
    fit();
    hide();
}

FlatButton* StateBar::addButton(const QString& text, bool filled)
{
    auto* button = new FlatButton(m_theme, text, this, filled ? ButtonLook::Filled : ButtonLook::Outlined);
    m_layout->addWidget(button);
    return button;
}

void StateBar::say(const QString& text, const QString& detail)
{
    m_text->setText(text);
    m_detail->setText(detail);
    setAccessibleName(text);
    setAccessibleDescription(detail);
    show();
}

QString StateBar::text() const
{
    return m_text->text();
}

void StateBar::fit()
{
    setFixedHeight(m_theme.px(barHeight));
    m_layout->setContentsMargins(sidePx + m_theme.px(shapePx) + 10, 0, sidePx, 0);
}

void StateBar::paintEvent(QPaintEvent*)
{
    const QColor edge = m_theme.colour(m_severity);
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tint(m_severity));
    painter.fillRect(QRect(0, 0, width(), 1), edge);
    painter.fillRect(QRect(0, height() - 1, width(), 1), edge);
    const int side = m_theme.px(shapePx);
    drawSeverity(painter, QRectF(sidePx, (height() - side) / 2.0, side, side), m_severity, m_theme.tokens());
}

}  // namespace holdfast::widgets
