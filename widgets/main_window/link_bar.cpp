#include "widgets/main_window/link_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QHBoxLayout>
#include <QPainter>

namespace holdfast::widgets {

LinkBar::LinkBar(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_text(new RoleLabel(context.theme, TextRole::Strong, QString(), this)),
      m_detail(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_start(new FlatButton(context.theme, tr("Start engine"), this, ButtonLook::Filled)),
      m_retry(new FlatButton(context.theme, tr("Try now"), this))
{
    setFixedHeight(context.theme.px(40));
    connect(&context.theme, &Theme::changed, this, [this] { setFixedHeight(m_context.theme.px(40)); });
    setObjectName(QStringLiteral("linkBar"));
    m_start->setObjectName(QStringLiteral("startEngine"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(36, 0, 12, 0);
    layout->setSpacing(10);
    layout->addWidget(m_text);
    layout->addWidget(m_detail, 1);
    layout->addWidget(m_retry);
    layout->addWidget(m_start);
    m_detail->setMinimumWidth(0);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    connect(m_start, &FlatButton::clicked, &context.link, &EngineLink::startEngine);
    connect(m_retry, &FlatButton::clicked, &context.link, &EngineLink::probe);
    connect(&context.link, &EngineLink::stateChanged, this, &LinkBar::refresh);
    connect(&m_tick, &QTimer::timeout, this, &LinkBar::refresh);
    m_tick.setInterval(1000);
    hide();
}

void LinkBar::refresh()
{
    const EngineLink& link = m_context.link;
    const bool bad = link.state() == LinkState::Unreachable || link.state() == LinkState::Restarting;
    setVisible(bad);
    if (!bad) {
        m_tick.stop();
        return;
    }
    m_tick.start();
    const std::int64_t now = link.presentMs();
    const auto status = link.status();
    if (link.state() == LinkState::Restarting) {
        m_text->setText(tr("Starting the engine…"));
        m_detail->setText(link.startCommand().join(QLatin1Char(' ')));
    } else if (!status) {
        m_text->setText(tr("No engine reachable"));
        m_detail->setText(link.detail());
    } else {
        QString text = tr("Not collecting since %1").arg(timeText(link.sinceMs(), now));
        const auto holds = static_cast<int>(status->holds.count);
        if (holds > 0)
            text += tr(" – holds that must be ended in time are at risk: %1").arg(holds);
        m_text->setText(
            link.readOnly()
                ? tr("%1 does not answer since %2").arg(m_context.api.endpoint().host(), timeText(link.sinceMs(), now))
                : text);
        m_detail->setText(tr("engine unreachable: %1").arg(link.detail()));
    }
    m_detail->setToolTip(m_detail->text());
    m_start->setVisible(link.canStart() && link.state() == LinkState::Unreachable);
    m_start->setToolTip(link.startCommand().join(QLatin1Char(' ')));
    m_retry->setVisible(link.state() == LinkState::Unreachable);
    setAccessibleName(m_text->text());
}

void LinkBar::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.unknownTint);
    painter.fillRect(QRect(0, 0, width(), 1), t.unknown);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.unknown);
    drawSeverity(painter, QRectF(12, (height() - 14) / 2.0, 14, 14), Severity::Unknown, t);
}

}  // namespace holdfast::widgets
