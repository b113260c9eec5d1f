#pragma once

#include "widgets/charts/lane_data.h"
#include "widgets/client/incident.h"

#include <QAbstractTableModel>

#include <vector>

namespace holdfast::widgets {

/// A lane as a table: a row a grid time, the newest on top; the time, a value a line, and what happened then. The twin
/// of the picture for who cannot see it, and what "copy values" copies. Thread: gui.
class LaneTable : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Rows of [fromMs, toMs] where any line has a value; `events` are put to the row whose step they fall into.
    void setLane(const LaneData& lane, const std::vector<Event>& events, std::int64_t fromMs, std::int64_t toMs);
    /// When row `row` was, ms since the epoch.
    [[nodiscard]] std::int64_t timeMs(int row) const { return m_times[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] int eventColumn() const { return static_cast<int>(m_lane.lines.size()) + 1; }

    LaneData m_lane;
    std::vector<std::int64_t> m_times;
    std::vector<QString> m_events;  // a row
};

}  // namespace holdfast::widgets
