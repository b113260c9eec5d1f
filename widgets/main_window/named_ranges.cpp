#include "widgets/main_window/named_ranges.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/incident.h"
#include "widgets/navigator.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/number_format.h"
#include "widgets/time/time_cursor.h"
#include "widgets/time/zone.h"
#include "widgets/view.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr std::size_t mostIncidents = 3;
constexpr qsizetype longestTitle = 52;  // letters; the popup is as wide as its field
constexpr std::int64_t aroundIncidentMs = 15LL * 60'000;
constexpr std::int64_t deploysOfMs = 7LL * 86'400'000;
constexpr std::int64_t beforeDeployMs = 60'000;  // a little of what was before, to compare with

struct Words {
    Q_DECLARE_TR_FUNCTIONS(NamedRanges)
};

QString shortened(const QString& title)
{
    return title.size() <= longestTitle ? title : title.left(longestTitle - 1) + QStringLiteral("…");
}

/// Of the service, else the newest of all.
const Event* lastDeploy(const std::vector<Event>& events, const QString& service)
{
    const Event* last = nullptr;
    for (const Event& event : events) {
        const bool here = event.service == service;
        const bool lastHere = last && last->service == service;
        if (event.kind == QLatin1String("deploy")
            && (!last || (here && !lastHere) || (here == lastHere && event.atMs > last->atMs)))
            last = &event;
    }
    return last;
}

}  // namespace

NamedRanges::NamedRanges(const ViewContext& context) : m_context(context) {}

NamedRange NamedRanges::ofIncident(qsizetype index) const
{
    const Incident& incident = m_context.incidents.latest()->incidents.at(static_cast<std::size_t>(index));
    const std::int64_t now = m_context.time.nowMs();
    const std::int64_t end = incident.resolvedMs.value_or(now);
    return {Words::tr("INC-%1 ± 15 min: %2").arg(incident.id).arg(shortened(incident.title)),
            incident.openedMs - aroundIncidentMs, std::min(end + aroundIncidentMs, now)};
}

NamedRange NamedRanges::ofShift() const
{
    const std::int64_t now = m_context.time.nowMs();
    const std::int64_t began = m_context.preferences->shiftBeganMs(now);
    return {Words::tr("This shift: since %1").arg(timeText(began, now)), began, now, true};
}

std::vector<NamedRange> NamedRanges::known() const
{
    std::vector<NamedRange> all;
    const auto list = m_context.incidents.latest();
    const std::size_t count = list ? std::min(list->incidents.size(), mostIncidents) : 0;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(ofIncident(static_cast<qsizetype>(i)));
    all.push_back(ofShift());
    return all;
}

std::optional<NamedRange> NamedRanges::named(const QString& typed) const
{
    const QString text = typed.toLower().simplified();
    static const QRegularExpression shift(
        QStringLiteral("^(?:(?:this|my|since|diese|meine|seit) )?(?:shift|schicht)$"));
    if (shift.match(text).hasMatch())
        return ofShift();
    const auto list = m_context.incidents.latest();
    if (!list || list->incidents.empty())
        return std::nullopt;
    static const QRegularExpression newest(QStringLiteral("^(?:(?:this|last|dieser|letzter) )?(?:incident|vorfall)$"));
    if (newest.match(text).hasMatch())
        return ofIncident(0);
    static const QRegularExpression number(QStringLiteral("^(?:inc|incident|vorfall)[- ]?(\\d+)(?: ?± ?15 ?min)?$"));
    const auto match = number.match(text);
    const auto found = std::ranges::find_if(list->incidents, [&](const Incident& incident) {
        return match.hasMatch() && QString::number(incident.id) == match.captured(1);
    });
    if (found == list->incidents.end())
        return std::nullopt;
    return ofIncident(found - list->incidents.begin());
}

bool NamedRanges::meansDeploy(const QString& typed)
{
    static const QRegularExpression deploy(
        QStringLiteral("^(?:since|seit) (?:(?:the|dem) )?(?:(?:last|letzten) )?(?:deploy(?:ment)?|release)$"));
    return deploy.match(typed.toLower().simplified()).hasMatch();
}

void NamedRanges::askDeploy(std::function<void(const std::optional<NamedRange>&)> then)
{
    if (m_context.link.attached()) {
        then(std::nullopt);
        return;
    }
    const std::int64_t now = m_context.time.nowMs();
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("kind"), QStringLiteral("deploy"));
    query.addQueryItem(QStringLiteral("start"), QString::number(now - deploysOfMs));
    query.addQueryItem(QStringLiteral("end"), QString::number(now));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("1000"));
    const auto show = [then = std::move(then), service = m_context.navigator.service(), now](const auto& answer) {
        const std::vector<Event> none;
        const Event* last = lastDeploy(answer ? (*answer)->events : none, service);
        if (!last || last->atMs >= now) {
            then(std::nullopt);
            return;
        }
        then(NamedRange{Words::tr("Since the deploy of %1, %2 ago: %3")
                            .arg(last->service, ageText(now - last->atMs), shortened(last->text)),
                        last->atMs - beforeDeployMs, now, true});
    };
    m_context.api.get<EventList>(m_slot, QStringLiteral("/holdfast/v1/events"), query, decodeEvents, show);
}

}  // namespace holdfast::widgets
