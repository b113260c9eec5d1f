#include "widgets/fleet/fleet_model.h"

#include "widgets/export/table_text.h"
#include "widgets/theme/number_format.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t unusableAfterMs = 300'000;  // an older value says nothing about now

LaneUnit unitOf(int column)
{
    switch (column) {
    case FleetModel::P99: return LaneUnit::Seconds;
    case FleetModel::Requests: return LaneUnit::PerSecond;
    default: return LaneUnit::Ratio;
    }
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Critical: return FleetModel::tr("critical");
    case Severity::Warning: return FleetModel::tr("warning");
    case Severity::Unknown: return FleetModel::tr("unknown");
    case Severity::Normal: break;
    }
    return FleetModel::tr("normal");
}

auto rank(const FleetService& service)
{
    return std::tuple(-static_cast<int>(service.severity), service.tier, service.name);
}

}  // namespace

QString signalNumber(const SignalValue& signal, int column)
{
    const LaneUnit unit = unitOf(column);
    switch (signal.state) {
    case ValueState::Value:
    case ValueState::Few: return signal.value ? valueText(*signal.value, unit) : QStringLiteral("–");
    case ValueState::Above:
        return signal.value ? QStringLiteral(">") + valueText(*signal.value, unit) : QStringLiteral("–");
    case ValueState::NoTraffic: return QStringLiteral("–");
    case ValueState::Stale:
        return signal.value && signal.ageMs < unusableAfterMs ? valueText(*signal.value, unit) : QStringLiteral("?");
    case ValueState::Absent: return QStringLiteral("–");
    case ValueState::Error: return QStringLiteral("?");
    }
    return {};
}

QString signalExtra(const SignalValue& signal, int column)
{
    if (signal.state == ValueState::Stale)
        return FleetModel::tr("%1 old").arg(ageText(signal.ageMs));
    if (signal.state == ValueState::NoTraffic)
        return FleetModel::tr("no traffic");
    if (signal.state == ValueState::Few)
        return QStringLiteral("n %1").arg(countText(static_cast<double>(signal.count)));
    if (column == FleetModel::Errors && signal.burn && *signal.burn >= 1)
        return multipleText(*signal.burn >= 10 ? std::round(*signal.burn) : *signal.burn);
    if (column == FleetModel::Headroom && signal.minutes && signal.state == ValueState::Value)
        return minutesToText(*signal.minutes, std::nullopt, std::nullopt);
    return {};
}

QString signalText(const SignalValue& signal, int column)
{
    QStringList parts{signalNumber(signal, column), severityWord(signal.severity)};
    switch (signal.state) {
    case ValueState::NoTraffic: parts << FleetModel::tr("no traffic"); break;
    case ValueState::Few: parts << FleetModel::tr("from %1 requests only – shaky").arg(signal.count); break;
    case ValueState::Above: parts << FleetModel::tr("slower than the largest bucket"); break;
    case ValueState::Stale: parts << FleetModel::tr("last value, %1 old").arg(ageText(signal.ageMs)); break;
    case ValueState::Absent: parts << FleetModel::tr("this service has no such metric"); break;
    case ValueState::Error: parts << signal.error; break;
    case ValueState::Value: break;
    }
    if (column == FleetModel::P99 && signal.lower && signal.upper && signal.state == ValueState::Value)
        parts << FleetModel::tr("between %1 and %2").arg(latencyText(*signal.lower), latencyText(*signal.upper));
    if (signal.limit)
        parts << FleetModel::tr("limit %1").arg(valueText(*signal.limit, unitOf(column)));
    if (signal.burn)
        parts << FleetModel::tr("%1 budget").arg(multipleText(*signal.burn));
    if (signal.minutes && column == FleetModel::Headroom)
        parts << FleetModel::tr("%1 full: %2")
                     .arg(signal.resource, minutesToText(*signal.minutes, signal.minutesLow, signal.minutesHigh));
    else if (!signal.resource.isEmpty())
        parts << signal.resource;
    return parts.join(QStringLiteral(", "));
}

QString breakerText(const FleetService& service)
{
    const BreakerSummary& breakers = service.breakers;
    QStringList parts;
    if (breakers.open > 0)
        parts << FleetModel::tr("%1/%2 open").arg(breakers.open).arg(breakers.total);
    else if (breakers.halfOpen > 0)
        parts << FleetModel::tr("%1/%2 half-open").arg(breakers.halfOpen).arg(breakers.total);
    if (breakers.forced > 0)
        parts << FleetModel::tr("%1 forced").arg(breakers.forced);
    if (breakers.unknown > 0)
        parts << FleetModel::tr("%1 unknown").arg(breakers.unknown);
    if (parts.isEmpty() && breakers.total > 0)
        parts << QStringLiteral("0/%1").arg(breakers.total);
    if (service.flagsOn > 0)
        parts << (service.flagsOn == 1 ? FleetModel::tr("1 flag on")
                                       : FleetModel::tr("%1 flags on").arg(service.flagsOn));
    return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral(" · "));
}

const SignalValue* FleetModel::signalOf(const FleetService& service, int column)
{
    switch (column) {
    case P99: return &service.p99;
    case Errors: return &service.errors;
    case Requests: return &service.requests;
    case Headroom: return &service.headroom;
    default: return nullptr;
    }
}

const FleetService* FleetModel::find(const QString& name) const
{
    const auto found = m_byName.constFind(name);
    return found == m_byName.constEnd() ? nullptr : &m_fleet->services[*found];
}

const FleetService* FleetModel::service(int row) const
{
    if (row < 0 || row >= static_cast<int>(m_order.size()))
        return nullptr;
    return &m_fleet->services[m_rows[static_cast<std::size_t>(row)]];
}

void FleetModel::placeRows()
{
    m_rows.clear();
    for (const QString& name : m_order)
        m_rows.push_back(m_byName.value(name));
}

int FleetModel::rowOf(const QString& name) const
{
    const auto found = std::find(m_order.begin(), m_order.end(), name);
    return found == m_order.end() ? -1 : static_cast<int>(found - m_order.begin());
}

void FleetModel::setFleet(std::shared_ptr<const Fleet> fleet)
{
    const QString span = sparkSpanText();
    // Mostly nobody has joined or left, and all stand where they stood.
    const bool same =
        m_fleet && std::ranges::equal(m_fleet->services, fleet->services, {}, &FleetService::name, &FleetService::name);
    if (same)
        m_fleet = std::move(fleet);
    else
        takeServices(std::move(fleet));
    if (span != sparkSpanText())
        emit headerDataChanged(Qt::Horizontal, 0, columnCount({}) - 1);
    if (same && !m_order.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void FleetModel::takeServices(std::shared_ptr<const Fleet> fleet)
{
    QHash<QString, std::size_t> byName;
    for (std::size_t i = 0; i < fleet->services.size(); ++i)
        byName.insert(fleet->services[i].name, i);
    std::vector<QString> order;
    for (const QString& name : m_order) {
        if (byName.contains(name))
            order.push_back(name);
    }
    std::vector<const FleetService*> added;
    for (const FleetService& service : fleet->services) {
        if (!m_byName.contains(service.name))
            added.push_back(&service);
    }
    std::sort(added.begin(), added.end(), [](const FleetService* a, const FleetService* b) {
        return std::tie(a->tier, a->name) < std::tie(b->tier, b->name);
    });
    for (const FleetService* service : added)
        order.push_back(service->name);
    beginResetModel();
    m_fleet = std::move(fleet);
    m_byName = std::move(byName);
    m_order = std::move(order);
    placeRows();
    endResetModel();
}

std::vector<QString> FleetModel::severityOrder() const
{
    std::vector<const FleetService*> services;
    for (const QString& name : m_order)
        services.push_back(find(name));
    std::sort(services.begin(), services.end(),
              [](const FleetService* a, const FleetService* b) { return rank(*a) < rank(*b); });
    std::vector<QString> order;
    for (const FleetService* service : services)
        order.push_back(service->name);
    return order;
}

void FleetModel::takeOrder(std::vector<QString> order)
{
    emit layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    QModelIndexList moved;
    for (const QModelIndex& each : old) {
        const QString& name = m_order[static_cast<std::size_t>(each.row())];
        const auto at = std::find(order.begin(), order.end(), name) - order.begin();
        moved.append(createIndex(static_cast<int>(at), each.column()));
    }
    m_order = std::move(order);
    placeRows();
    changePersistentIndexList(old, moved);
    emit layoutChanged();
}

void FleetModel::sortBySeverity()
{
    if (!m_order.empty())
        takeOrder(severityOrder());
}

int FleetModel::wouldMoveUp() const
{
    QHash<QString, int> rows;
    for (std::size_t i = 0; i < m_order.size(); ++i)
        rows.insert(m_order[i], static_cast<int>(i));
    const std::vector<QString> order = severityOrder();
    int moved = 0;
    for (std::size_t i = 0; i < order.size(); ++i)
        moved += find(order[i])->severity > Severity::Unknown && static_cast<int>(i) < rows.value(order[i]);
    return moved;
}

void FleetModel::setNow(std::int64_t nowMs)
{
    m_nowMs = nowMs;
    if (!m_order.empty())
        emit dataChanged(index(0, Seen), index(rowCount() - 1, Seen));
}

int FleetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int FleetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FleetModel::data(const QModelIndex& index, int role) const
{
    const FleetService* row = index.isValid() ? service(index.row()) : nullptr;
    if (!row)
        return {};
    const SignalValue* signal = signalOf(*row, index.column());
    if (role == ServiceRole)
        return row->name;
    if (role == SeverityRole)
        return static_cast<int>(row->severity);
    if (role == plainTextRole && signal)
        return signal->value ? plainNumber(*signal->value) : QString();
    if (role == plainTextRole && index.column() == State)
        return severityWord(row->severity);
    if (role == plainTextRole && index.column() == Seen)
        return row->lastSampleMs > 0 ? plainTime(row->lastSampleMs) : QString();
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (signal ? Qt::AlignRight : Qt::AlignLeft));
    if (role == SortRole) {
        if (signal)
            return signal->value ? *signal->value : -1.0;
        if (index.column() == Tier)
            return row->tier;
        if (index.column() == State)
            return static_cast<int>(row->severity);
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        if (signal)
            return signalText(*signal, index.column());
        if (index.column() == State)
            return severityWord(row->severity);
    }
    if (role != Qt::DisplayRole && role != SortRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Service: return row->name;
    case Tier: return row->tier > 0 ? QString::number(row->tier) : QStringLiteral("–");
    case Breakers: return breakerText(*row);
    case Seen: return row->lastSampleMs > 0 && m_nowMs > 0 ? ageText(m_nowMs - row->lastSampleMs) : QStringLiteral("–");
    case State: return QString();
    default: return signal ? signalNumber(*signal, index.column()) : QString();
    }
}

QString FleetModel::sparkSpanText() const
{
    if (!m_fleet || m_fleet->services.empty())
        return {};
    const auto points = static_cast<std::int64_t>(m_fleet->services.front().requests.spark.size());
    // Rounded to minutes: the points stand a whole step apart, the span does not come out even.
    const std::int64_t spanMs = (points * m_fleet->sparkStepMs + 30'000) / 60'000 * 60'000;
    return spanMs > 0 ? QStringLiteral(" · ") + durationText(spanMs) : QString();
}

QVariant FleetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignLeft);
    if (role == Qt::ToolTipRole && section >= P99 && section <= Headroom)
        return tr("The number is of the last moments (n: the requests it is made of); the line shows what is named "
                  "above it.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Service: return tr("Service");
    case Tier: return tr("Tier");
    case P99: return tr("p99%1").arg(sparkSpanText());
    case Errors: return tr("Errors%1").arg(sparkSpanText());
    case Requests: return tr("Requests%1").arg(sparkSpanText());
    case Headroom: return tr("Headroom%1").arg(sparkSpanText());
    case Breakers: return tr("Breakers");
    case Seen: return tr("Seen");
    default: return QString();
    }
}

}  // namespace holdfast::widgets
