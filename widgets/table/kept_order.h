#pragma once

#include <QHash>
#include <QString>

#include <algorithm>
#include <vector>

namespace holdfast::widgets {

/// An order that is made when one comes to a list and stays while one is there: what comes later stands behind, and
/// nothing moves under a pointer because a state changed. Thread: gui.
class KeptOrder {
public:
    /// The next rows are ranked anew.
    void forget() { m_places.clear(); }

    /// key   of a row: QString
    /// rank  what comes first on arrival: anything that can be compared; equal ones stay as they are given
    template <typename Row, typename Key, typename Rank>
    void apply(std::vector<Row>& rows, Key key, Rank rank)
    {
        std::ranges::stable_sort(rows, {}, rank);
        for (const Row& row : rows) {
            const QString name = key(row);
            if (!m_places.contains(name))
                m_places.insert(name, static_cast<int>(m_places.size()));
        }
        std::ranges::stable_sort(rows, {}, [&](const Row& row) { return m_places.value(key(row)); });
    }

private:
    QHash<QString, int> m_places;
};

}  // namespace holdfast::widgets
