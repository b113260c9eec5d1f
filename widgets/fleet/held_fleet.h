#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/fleet.h"
#include "widgets/view.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace holdfast::widgets {

/// The fleet as it was at the right edge of a range that is held or paused; nothing while the range is live, in a
/// replay, which asks everything of its own moment, and of a Prometheus that only gives what is now. Thread: gui.
class HeldFleet : public QObject {
    Q_OBJECT

public:
    HeldFleet(const ViewContext& context, QObject* parent);

    /// A moment gone by is in view, known or not yet.
    [[nodiscard]] bool wanted() const;
    /// Null until it is known.
    [[nodiscard]] std::shared_ptr<const Fleet> fleet() const { return m_fleet; }
    /// Why it is not known; empty.
    [[nodiscard]] const QString& problem() const { return m_problem; }

signals:
    void changed();

private:
    void followTime();
    void ask();

    const ViewContext m_context;
    std::shared_ptr<const Fleet> m_fleet;
    QString m_problem;
    RequestSlot m_slot;
    QTimer m_settled;
};

}  // namespace holdfast::widgets
