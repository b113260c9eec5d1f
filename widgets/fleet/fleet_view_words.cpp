// What the fleet says around its table: how many there are of each, and why there is none. The table is in
// fleet_view.cpp.
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/fleet/fleet_filter.h"
#include "widgets/fleet/fleet_model.h"
#include "widgets/fleet/fleet_view.h"
#include "widgets/fleet/held_fleet.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/state_page.h"
#include "widgets/time/time_cursor.h"

#include <QLineEdit>
#include <QStackedLayout>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

/// Nothing was measured yet: rates need two scrapes. That is not "normal".
bool isUnread(const FleetService& service)
{
    if (service.severity != Severity::Normal)
        return false;
    const std::array values{&service.p99, &service.errors, &service.requests, &service.headroom};
    return std::none_of(values.begin(), values.end(),
                        [](const SignalValue* signal) { return signal->value.has_value(); })
           && std::none_of(values.begin(), values.end(),
                           [](const SignalValue* signal) { return signal->state == ValueState::NoTraffic; });
}

}  // namespace

void FleetView::showCounts()
{
    const auto fleet = m_model->fleet();
    if (!fleet)
        return;
    std::array<int, 4> bySeverity{};
    int held = 0;
    int unread = 0;
    for (const FleetService& service : fleet->services) {
        if (isUnread(service)) {
            ++unread;
            continue;
        }
        ++bySeverity[static_cast<std::size_t>(service.severity)];
        held += service.breakers.forced > 0 || service.flagsOn > 0;
    }
    const auto count = [&](Severity severity) { return bySeverity[static_cast<std::size_t>(severity)]; };
    QString counts = fleet->services.size() == 1 ? tr("1 service") : tr("%1 services").arg(fleet->services.size());
    if (m_held->wanted())
        counts = (m_held->fleet() ? tr("as of %1").arg(timeText(m_held->fleet()->atMs, m_context.time.nowMs()))
                                  : tr("%1 is not known: %2")
                                        .arg(timeText(m_context.time.endMs(), m_context.time.nowMs()),
                                             m_held->problem().isEmpty() ? tr("reading…") : m_held->problem()))
                 + QStringLiteral(" · ") + counts;
    m_counts->setText(counts);
    m_legend->setText(tr("critical %1   warning %2   override %3   stale or unknown %4   normal %5")
                          .arg(count(Severity::Critical))
                          .arg(count(Severity::Warning))
                          .arg(held)
                          .arg(count(Severity::Unknown))
                          .arg(count(Severity::Normal))
                      + (unread > 0 ? tr("   reading the first values %1").arg(unread) : QString())
                      + (fleet->profileGaps.isEmpty()
                             ? QString()
                             : QStringLiteral("      ") + fleet->profileGaps.join(QStringLiteral(" · "))));
    const int up = m_model->wouldMoveUp();
    m_sort->setText(up == 1  ? tr("1 row would move up – sort now")
                    : up > 1 ? tr("%1 rows would move up – sort now").arg(up)
                             : tr("Sort by severity"));
    m_sort->updateGeometry();
}

void FleetView::showState()
{
    const auto fleet = m_context.fleet.latest();
    const EngineLink& link = m_context.link;
    if (!fleet) {
        if (link.state() == LinkState::Unreachable)
            m_state->say(tr("No engine"),
                         tr("The window shows what an engine collects, and none can be reached: %1").arg(link.detail()),
                         {});
        else if (m_context.fleet.error())
            m_state->say(tr("The fleet cannot be read"), QString::fromStdString(m_context.fleet.error()->message), {});
        else
            m_state->say(tr("Reading the fleet…"), tr("The first numbers come with the first answer of the engine."),
                         {});
        m_stack->setCurrentIndex(1);
        return;
    }
    if (fleet->services.empty()) {
        m_state->say(tr("No service found yet"),
                     tr("Services appear when two scrapes of their targets have succeeded: rates need two samples. "
                        "Look at the targets if this stays."),
                     tr("Show targets"));
        m_stack->setCurrentIndex(1);
        return;
    }
    if (m_filter->rowCount() == 0) {
        if (!m_text->text().isEmpty())
            m_state->say(
                tr("No service matches “%1”").arg(m_text->text()),
                tr("It looks at name and version, and understands tier=1, version=…, severity=… and profile=…."),
                tr("Clear filter"));
        else
            m_state->say(tr("Nothing abnormal"),
                         tr("All %1 services are within their limits.").arg(fleet->services.size()), tr("Show all"));
        m_stack->setCurrentIndex(1);
        return;
    }
    m_stack->setCurrentIndex(0);
}

}  // namespace holdfast::widgets
