#pragma once

#include "widgets/client/fleet.h"

#include <QAbstractTableModel>
#include <QHash>

#include <memory>
#include <optional>

namespace holdfast::widgets {

/// The fleet as a table. Rows keep their places while numbers change; a new order comes only when it is asked for.
/// Thread: gui.
class FleetModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Service, Tier, P99, Errors, Requests, Headroom, Breakers, Seen, ColumnCount };
    enum Role { SortRole = Qt::UserRole + 1, SignalRole, ServiceRole, SeverityRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// New numbers. Services that are new stand at the end; those that are gone leave their rows.
    void setFleet(std::shared_ptr<const Fleet> fleet);
    [[nodiscard]] std::shared_ptr<const Fleet> fleet() const { return m_fleet; }
    /// By severity, worst first; ties by tier and name.
    void sortBySeverity();
    /// How many rows sortBySeverity() would move up.
    [[nodiscard]] int wouldMoveUp() const;
    /// The engine's time, for ages.
    void setNow(std::int64_t nowMs);

    /// Null for a row that is none.
    [[nodiscard]] const FleetService* service(int row) const;
    [[nodiscard]] int rowOf(const QString& name) const;
    /// The signal of a column of signals; null in the others.
    [[nodiscard]] static const SignalValue* signalOf(const FleetService& service, int column);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] std::vector<QString> severityOrder() const;
    void takeOrder(std::vector<QString> order);
    [[nodiscard]] const FleetService* find(const QString& name) const;
    [[nodiscard]] QString sparkSpanText() const;

    std::shared_ptr<const Fleet> m_fleet;
    void takeServices(std::shared_ptr<const Fleet> fleet);
    void placeRows();
    std::vector<QString> m_order;
    std::vector<std::size_t> m_rows;       // of m_order, which service of m_fleet
    QHash<QString, std::size_t> m_byName;  // the same by name; renewed when somebody joins or leaves
    std::int64_t m_nowMs = 0;
};

/// What a cell says in words, also for a screen reader: "6.2 %, critical, 62× budget".
[[nodiscard]] QString signalText(const SignalValue& signal, int column);
/// The number alone, in one of five looks: value, "–", ">10 s", old, "?".
[[nodiscard]] QString signalNumber(const SignalValue& signal, int column);
/// What stands after the number: "62×", "≈ 6 min (4–11)".
[[nodiscard]] QString signalExtra(const SignalValue& signal, int column);
/// "1/4 open", "1 forced", "0/3".
[[nodiscard]] QString breakerText(const FleetService& service);

}  // namespace holdfast::widgets
