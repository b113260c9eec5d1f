#include "widgets/main_window/link_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

namespace holdfast::widgets {

LinkBar::LinkBar(const ViewContext& context, QWidget* parent)
    : StateBar(context.theme, Severity::Unknown, parent),
      m_context(context),
      m_retry(addButton(tr("Try now"))),
      m_start(addButton(tr("Start engine"), true))
{
    setObjectName(QStringLiteral("linkBar"));
    m_start->setObjectName(QStringLiteral("startEngine"));
    connect(m_start, &FlatButton::clicked, &context.link, &EngineLink::startEngine);
    connect(m_retry, &FlatButton::clicked, &context.link, &EngineLink::probe);
    connect(&context.link, &EngineLink::stateChanged, this, &LinkBar::refresh);
    connect(&m_tick, &QTimer::timeout, this, &LinkBar::refresh);
    m_tick.setInterval(1000);
}

void LinkBar::refresh()
{
    const EngineLink& link = m_context.link;
    const bool bad = link.state() == LinkState::Unreachable || link.state() == LinkState::Restarting;
    if (!bad) {
        hide();
        m_tick.stop();
        return;
    }
    m_tick.start();
    const std::int64_t since = link.sinceMs();
    const std::int64_t now = link.presentMs();
    const auto status = link.status();
    if (link.state() == LinkState::Restarting) {
        say(tr("Starting the engine…"), link.startCommand().join(QLatin1Char(' ')));
    } else if (link.readOnly()) {
        const QString host = m_context.api.endpoint().host();
        say(since > 0 ? tr("%1 does not answer since %2").arg(host, timeText(since, now))
                      : tr("%1 does not answer").arg(host),
            tr("engine unreachable: %1").arg(link.detail()));
    } else if (!status) {
        say(tr("No engine reachable"), link.detail());
    } else {
        QString text = tr("Not collecting since %1").arg(timeText(since, now));
        if (status->holds.keptByEngine > 0)
            text += tr(" – holds that must be ended in time are at risk: %1").arg(status->holds.keptByEngine);
        else if (status->holds.count > 0)
            text += tr(" – what is in force ends by itself, in its service: %1").arg(status->holds.count);
        say(text, tr("engine unreachable: %1").arg(link.detail()));
    }
    m_start->setVisible(link.canStart() && link.state() == LinkState::Unreachable);
    m_start->setToolTip(link.startCommand().join(QLatin1Char(' ')));
    m_retry->setVisible(link.state() == LinkState::Unreachable);
}

}  // namespace holdfast::widgets
