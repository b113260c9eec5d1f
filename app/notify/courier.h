#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/config/notify_config.h"
#include "app/notify/receiver_status.h"
#include "app/notify/transport.h"
#include "app/resilience/circuit_breaker.h"
#include "app/resilience/retry_budget.h"
#include "app/store/journal.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::notify {

/// Brings notices to one receiver, and shares nothing with the others: its own thread, bounded queue, breaker, deadline
/// a try and retry budget. States: see Delivery.
///
/// 1. Of one subject at most one delivery waits: a newer change takes the place of an older one.
/// 2. Deliveries of one subject are sent in the order of their changes.
/// 3. Before a try the journal says Sending, afterwards what became of it; where it cannot be written, it is sent.
/// Thread-safe; step() is for one thread at a time: its own after start(), the caller's in tests.
class Courier {
public:
    Courier(config::ReceiverConfig config, std::unique_ptr<Transport> transport, store::Journal& journal,
            const Clock& clock, Log& log, std::function<void(std::int64_t)> changed);
    ~Courier();
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    [[nodiscard]] const config::ReceiverConfig& config() const { return m_config; }

    /// Whether this change is for this receiver: severity and send_resolved.
    [[nodiscard]] bool wants(const Notice& notice) const;
    /// Whether it is time to remind of what lasts; t: ms since the epoch.
    [[nodiscard]] bool reminderDue(const Situation& now, std::int64_t t) HF_EXCLUDES(m_mutex);

    /// Puts it into the queue and never waits. What became of it at once: Waiting or Dropped; and who gave way to it.
    struct Offered {
        Delivery delivery;
        std::vector<Delivery> superseded;
    };
    [[nodiscard]] Offered offer(Delivery delivery) HF_EXCLUDES(m_mutex);
    /// What waits, as of now, and what was taken and lasts; for a successor, after stop().
    [[nodiscard]] std::vector<Delivery> takeAll() HF_EXCLUDES(m_mutex);
    /// Takes up what an earlier life left.
    void restore(const Delivery& delivery) HF_EXCLUDES(m_mutex);

    /// The end of a delivery that was offered; nothing when it takes longer.
    [[nodiscard]] std::optional<Delivery> waitFor(std::int64_t id, std::int64_t withinMs) HF_NO_THREAD_SAFETY_ANALYSIS;

    /// Tries everything that is due; milliseconds until the next look is worth it, 1 to 1000.
    std::int64_t step(const std::stop_token& stop) HF_EXCLUDES(m_mutex);
    /// More than once is once.
    void start();
    void requestStop();
    /// What is being sent gets 2 s; what waits stays in the journal.
    void stop();

    [[nodiscard]] ReceiverStatus status() const HF_EXCLUDES(m_mutex);

private:
    struct Waiting {
        Delivery delivery;
        std::int64_t dueMs = 0;  ///< monotonic
        std::int64_t giveUpMs = 0;
        bool ambiguous = false;  ///< the last try may have arrived
    };
    [[nodiscard]] std::optional<Waiting> takeDue(std::int64_t nowMs) HF_EXCLUDES(m_mutex);
    void attempt(Waiting waiting, const std::stop_token& stop) HF_EXCLUDES(m_mutex);
    void settle(Waiting waiting, const Attempt& attempt) HF_EXCLUDES(m_mutex);
    void putBack(Waiting waiting, std::int64_t afterMs) HF_EXCLUDES(m_mutex);
    void finish(Delivery delivery, DeliveryState state) HF_EXCLUDES(m_mutex);
    void refresh(const std::stop_token& stop) HF_EXCLUDES(m_mutex);
    void save(const Delivery& delivery);
    void run(const std::stop_token& stop) HF_NO_THREAD_SAFETY_ANALYSIS;

    const config::ReceiverConfig m_config;
    const std::unique_ptr<Transport> m_transport;
    store::Journal& m_journal;
    const Clock& m_clock;
    Log& m_log;
    const std::function<void(std::int64_t)> m_changed;
    resilience::CircuitBreaker m_breaker;
    resilience::RetryBudget m_budget;
    std::minstd_rand m_random;     ///< touched by the stepping thread only
    bool m_journalFailed = false;  ///< touched by the stepping thread only
    std::int64_t m_refreshMs = 0;  ///< touched by the stepping thread only

    mutable Mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Waiting> m_waiting HF_GUARDED_BY(m_mutex);
    std::map<std::string, std::int64_t> m_toldMs HF_GUARDED_BY(m_mutex);  ///< by subject: for reminders
    std::map<std::string, Delivery> m_standing HF_GUARDED_BY(m_mutex);    ///< taken, and lasts
    std::map<std::int64_t, Delivery> m_ended HF_GUARDED_BY(m_mutex);      ///< tests somebody waits for
    std::uint64_t m_offered HF_GUARDED_BY(m_mutex) = 0;
    ReceiverStatus m_status HF_GUARDED_BY(m_mutex);
    std::jthread m_thread;
};

}  // namespace holdfast::notify
