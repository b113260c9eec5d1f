#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/incident.h"

#include <QObject>
#include <QTimer>

#include <set>
#include <vector>

namespace holdfast::widgets {

class EngineLink;

/// What opens at the present while the past is shown: nobody misses a new incident for a replay. Asks the engine on its
/// hints and every few seconds. Thread: gui.
class PresentWatch : public QObject {
    Q_OBJECT

public:
    PresentWatch(ApiClient& api, EngineLink& link, QObject* parent = nullptr);

    /// From now on incidents are new that were not open yet.
    void start();
    void stop();
    /// Open incidents that opened since start(), the newest first; empty while stopped.
    [[nodiscard]] const std::vector<Incident>& opened() const { return m_opened; }

signals:
    void changed();

private:
    void ask();
    void take(const IncidentList& list);

    ApiClient& m_api;
    EngineLink& m_link;
    RequestSlot m_slot;
    QTimer m_timer;
    bool m_on = false;
    bool m_heard = false;
    std::int64_t m_sinceMs = 0;
    std::set<std::int64_t> m_before;
    std::vector<Incident> m_opened;
};

}  // namespace holdfast::widgets
