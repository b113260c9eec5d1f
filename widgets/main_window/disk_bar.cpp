#include "widgets/main_window/disk_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/view.h"

namespace holdfast::widgets {

DiskBar::DiskBar(const ViewContext& context, QWidget* parent)
    : StateBar(context.theme, Severity::Warning, parent), m_context(context)
{
    setObjectName(QStringLiteral("diskBar"));
    connect(addButton(tr("Retention")), &FlatButton::clicked, this, [this] {
        m_context.navigator.go(
            {.view = QStringLiteral("settings"), .service = {}, .item = QStringLiteral("collection")});
    });
    connect(&context.link, &EngineLink::statusChanged, this, &DiskBar::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &DiskBar::refresh);
}

void DiskBar::refresh()
{
    const auto status = m_context.link.status();
    if (!m_context.link.connected() || !status || !status->store.nearlyFull()) {
        hide();
        return;
    }
    const Status::Store& store = status->store;
    const QString left =
        tr("%1 of %2 left")
            .arg(bytesText(static_cast<double>(*store.diskFree)), bytesText(static_cast<double>(*store.diskBytes)));
    say(store.fullInMs ? tr("Store full in ≈ %1 · %2").arg(durationText(*store.fullInMs), left)
                       : tr("The store's disk is nearly full · %1").arg(left),
        tr("Then nothing more is kept; what is on the disk stays readable. Keep it for a shorter time, or make room."));
}

}  // namespace holdfast::widgets
