#include "widgets/charts/lane_table.h"

#include "widgets/export/table_text.h"
#include "widgets/theme/number_format.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

void LaneTable::setLane(const LaneData& lane, const std::vector<Event>& events, std::int64_t fromMs, std::int64_t toMs)
{
    beginResetModel();
    m_lane = lane;
    m_times.clear();
    const auto first = std::find_if(lane.lines.begin(), lane.lines.end(),
                                    [](const LaneLine& line) { return line.values() && line.shiftMs == 0; });
    if (first != lane.lines.end()) {
        const Matrix& grid = *first->matrix;
        for (std::int64_t i = grid.points - 1; i >= 0; --i) {
            const std::int64_t ms = grid.startMs + i * grid.stepMs;
            const bool any = ms >= fromMs && ms <= toMs
                             && std::any_of(lane.lines.begin(), lane.lines.end(),
                                            [ms](const LaneLine& line) { return !std::isnan(valueAt(line, ms)); });
            if (any)
                m_times.push_back(ms);
        }
    }
    m_events.assign(m_times.size(), QString());
    for (const Event& event : events) {
        // Newest first: the row of an event is the first that is not later than it.
        const auto row = std::lower_bound(m_times.begin(), m_times.end(), event.atMs, std::greater<>());
        if (row == m_times.end())
            continue;
        QString& cell = m_events[static_cast<std::size_t>(row - m_times.begin())];
        cell += (cell.isEmpty() ? QString() : QStringLiteral("; ")) + event.text;
    }
    endResetModel();
}

int LaneTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_times.size());
}

int LaneTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : eventColumn() + 1;
}

QVariant LaneTable::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() > 0 && index.column() < eventColumn();
        return QVariant::fromValue(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole && role != plainTextRole && role != Qt::AccessibleTextRole)
        return {};
    if (index.column() == 0)
        return role == plainTextRole ? plainTime(m_times[row]) : timeText(m_times[row], m_times.front());
    if (index.column() == eventColumn())
        return m_events[row];
    const double value = valueAt(m_lane.lines[static_cast<std::size_t>(index.column() - 1)], m_times[row]);
    if (role == plainTextRole)
        return plainNumber(value);
    return std::isnan(value) ? QStringLiteral("–") : valueText(value, m_lane.unit);
}

QVariant LaneTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("Time");
    if (section == eventColumn())
        return tr("Event");
    if (section < 0 || section > eventColumn())
        return {};
    return m_lane.lines[static_cast<std::size_t>(section - 1)].name;
}

}  // namespace holdfast::widgets
