#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/config/notify_config.h"
#include "app/notify/delivery.h"
#include "app/notify/ledger.h"
#include "app/notify/transport.h"
#include "app/store/journal.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::notify {

class Courier;

/// How one receiver is doing.
struct ReceiverStatus {
    std::string name;
    std::string kind;
    std::string breaker;  ///< closed open half_open
    std::size_t waiting = 0;
    std::size_t capacity = 0;
    std::uint64_t sent = 0;
    std::uint64_t failed = 0;   ///< given up
    std::uint64_t dropped = 0;  ///< refused for a full queue
    std::uint64_t attempts = 0;
    std::int64_t lastSentMs = 0;  ///< 0: never in this life
    std::string lastError;        ///< in words; empty after a success
    std::int64_t lastErrorMs = 0;
};

/// Tells people, through receivers that know nothing of each other: each has its own thread, bounded queue, breaker,
/// deadline and retry budget, so that a dead one delays neither the rules nor another.
///
/// Every change is written to the journal before it is sent and after it was taken. After a crash what waited is sent,
/// and what was being sent is sent once more, marked as repeated. Where the journal cannot be written, people are told
/// all the same.
/// Invariant: of one change one receiver is sent at most two copies, the second one only after a crash or an answer
/// that did not come, and marked.
/// Full queue: the change is dropped, recorded and counted; what fires is told again at the next reminder.
/// Times: milliseconds since the epoch. Thread-safe.
class NotifyService {
public:
    using Describe = std::function<std::vector<NoticeAlert>(const Situation&)>;

    /// Reads what was told and what still waits. `describe`: the alerts behind a situation; asked only for news.
    [[nodiscard]] static Result<std::unique_ptr<NotifyService>> open(store::Journal& journal, const Clock& clock,
                                                                     Log& log, Describe describe);
    ~NotifyService();

    /// Takes receivers into force. One with the same settings keeps its state; what waits for one that went is dropped.
    void configure(const config::NotifyConfig& config, Sender sender) HF_EXCLUDES(m_mutex);
    void start() HF_EXCLUDES(m_mutex);
    /// Ends what is being sent at its deadline; what waits stays in the journal.
    void stop() HF_EXCLUDES(m_mutex);

    /// Everything that can be news, as of t. Never waits for a receiver.
    void update(std::int64_t t, const std::vector<Situation>& situations) HF_EXCLUDES(m_mutex);
    /// Told the id of each delivery that changed, on the thread that changed it. Set before start().
    void setOnChanged(std::function<void(std::int64_t id)> changed);

    /// Sends a test notice and waits for what came of it. NotFound for an unknown receiver.
    [[nodiscard]] Result<Delivery> test(const std::string& receiver, const std::string& actor) HF_EXCLUDES(m_mutex);

    [[nodiscard]] std::vector<ReceiverStatus> receivers() const HF_EXCLUDES(m_mutex);
    /// Newest first.
    [[nodiscard]] Result<std::vector<Delivery>> deliveries(std::size_t limit) const;

private:
    NotifyService(store::Journal& journal, const Clock& clock, Log& log, Describe describe);
    void tell(Change change, const Situation& now, std::int64_t t, Courier* only) HF_REQUIRES(m_mutex);

    store::Journal& m_journal;
    const Clock& m_clock;
    Log& m_log;
    const Describe m_describe;
    std::function<void(std::int64_t)> m_changed;

    mutable Mutex m_mutex;
    Ledger m_ledger HF_GUARDED_BY(m_mutex);
    std::vector<std::shared_ptr<Courier>> m_couriers HF_GUARDED_BY(m_mutex);
    std::vector<Delivery> m_left HF_GUARDED_BY(m_mutex);  ///< of an earlier life, until their receiver is configured
    std::int64_t m_nextId HF_GUARDED_BY(m_mutex) = 1;
    bool m_running HF_GUARDED_BY(m_mutex) = false;
    bool m_journalFails HF_GUARDED_BY(m_mutex) = false;
};

}  // namespace holdfast::notify
