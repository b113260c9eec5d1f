#include "widgets/map/namespace_fold.h"

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

const auto foldedMark = QStringLiteral("/*");

/// How bad a breaker stands, for choosing the one that is drawn on an edge of several calls.
int rankOf(const ControlList* controls, const QString& id)
{
    if (!controls || id.isEmpty())
        return id.isEmpty() ? -1 : 0;
    const auto control = std::ranges::find(controls->controls, id, &Control::id);
    if (control == controls->controls.end())
        return 0;
    if (control->state == QLatin1String("open"))
        return 4;
    if (control->forced())
        return 3;
    return control->state == QLatin1String("half_open") ? 2 : 1;
}

void worsen(SignalValue& all, const SignalValue& one, bool lowIsBad)
{
    all.severity = std::max(all.severity, one.severity);
    if (!one.value)
        return;
    const bool worse = !all.value || (lowIsBad ? *one.value < *all.value : *one.value > *all.value);
    if (!worse)
        return;
    const Severity severity = all.severity;
    all = one;
    all.severity = severity;
}

void addUp(FleetService& all, const FleetService& one)
{
    all.instances += one.instances;
    all.instancesUp += one.instancesUp;
    all.lastSampleMs = std::max(all.lastSampleMs, one.lastSampleMs);
    all.severity = std::max(all.severity, one.severity);
    worsen(all.p99, one.p99, false);
    worsen(all.errors, one.errors, false);
    worsen(all.headroom, one.headroom, true);
    if (one.requests.value) {
        all.requests.state = ValueState::Value;
        all.requests.value = all.requests.value.value_or(0) + *one.requests.value;
    }
}

void addUp(FleetEdge& all, const FleetEdge& one, const ControlList* controls)
{
    const double failed =
        all.errors.value_or(0) * all.requests.value_or(0) + one.errors.value_or(0) * one.requests.value_or(0);
    if (one.requests)
        all.requests = all.requests.value_or(0) + *one.requests;
    if (all.errors || one.errors)
        all.errors = all.requests.value_or(0) > 0 ? failed / *all.requests : std::max(all.errors, one.errors);
    if (rankOf(controls, one.breaker) > rankOf(controls, all.breaker))
        all.breaker = one.breaker;
}

}  // namespace

QString namespaceOf(const QString& service)
{
    for (const char separator : {'/', '.', '_', '-'}) {
        if (const qsizetype at = service.indexOf(QLatin1Char(separator)); at > 0)
            return service.left(at);
    }
    return {};
}

bool isFolded(const QString& name)
{
    return name.endsWith(foldedMark);
}

QString namespaceOfFolded(const QString& name)
{
    return isFolded(name) ? name.chopped(foldedMark.size()) : QString();
}

FoldedFleet foldNamespaces(const Fleet& fleet, const ControlList* controls, const QSet<QString>& open)
{
    QHash<QString, qsizetype> sizes;
    for (const FleetService& service : fleet.services)
        ++sizes[namespaceOf(service.name)];
    const auto most = static_cast<qsizetype>(fleet.services.size()) / 2;
    const auto shownAs = [&](const QString& service) {
        const QString space = namespaceOf(service);
        const qsizetype size = sizes.value(space);
        const bool folds = !space.isEmpty() && size > 1 && size <= most && !open.contains(space);
        return folds ? space + foldedMark : service;
    };
    FoldedFleet folded;
    folded.fleet = fleet;
    folded.fleet.services.clear();
    folded.fleet.edges.clear();
    QHash<QString, std::size_t> index;
    for (const FleetService& service : fleet.services) {
        const QString name = shownAs(service.name);
        if (name == service.name) {
            folded.fleet.services.push_back(service);
            continue;
        }
        folded.members[name] << service.name;
        if (!index.contains(name)) {
            index.insert(name, folded.fleet.services.size());
            folded.fleet.services.emplace_back();
            folded.fleet.services.back().name = name;
        }
        addUp(folded.fleet.services[index.value(name)], service);
    }
    QHash<std::pair<QString, QString>, std::size_t> edges;
    for (const FleetEdge& edge : fleet.edges) {
        const std::pair ends{shownAs(edge.caller), shownAs(edge.callee)};
        if (ends.first == ends.second)
            continue;
        if (!edges.contains(ends)) {
            edges.insert(ends, folded.fleet.edges.size());
            folded.fleet.edges.push_back({ends.first, ends.second, edge.source, {}, {}, {}});
        }
        addUp(folded.fleet.edges[edges.value(ends)], edge, controls);
    }
    return folded;
}

}  // namespace holdfast::widgets
