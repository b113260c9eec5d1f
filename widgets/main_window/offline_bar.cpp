#include "widgets/main_window/offline_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/view.h"

namespace holdfast::widgets {

OfflineBar::OfflineBar(const ViewContext& context, QWidget* parent)
    : StateBar(context.theme, Severity::Unknown, parent), m_context(context)
{
    setObjectName(QStringLiteral("offlineBar"));
    connect(addButton(tr("Show targets")), &FlatButton::clicked, this,
            [this] { m_context.navigator.go({.view = QStringLiteral("targets"), .service = {}, .item = {}}); });
    connect(&context.link, &EngineLink::statusChanged, this, &OfflineBar::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &OfflineBar::refresh);
}

void OfflineBar::refresh()
{
    const auto status = m_context.link.status();
    if (!m_context.link.connected() || !status || !status->targets.offlineSuspected) {
        hide();
        return;
    }
    say(tr("You may be offline: %1 of %2 targets became unreachable at the same moment")
            .arg(status->targets.total - status->targets.up)
            .arg(status->targets.total),
        tr("That many services seldom fail at once: look at cable, Wi-Fi and VPN first."));
}

}  // namespace holdfast::widgets
