#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/config/notify_config.h"
#include "app/notify/delivery.h"
#include "app/notify/ledger.h"
#include "app/notify/receiver_status.h"
#include "app/notify/transport.h"
#include "app/store/journal.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::notify {

class Courier;

/// Tells people, through receivers that know nothing of each other: each has its own thread, bounded queue, breaker,
/// deadline and retry budget, so that a dead one delays neither the rules nor another.
///
/// Every change is written to the journal before it is sent and after it was taken. After a crash what waited is sent,
/// and what was being sent is sent once more, marked as repeated. Where the journal cannot be written, people are told
/// all the same.
/// Invariant: of one change one receiver is sent at most two copies, the second one only after a crash or an answer
/// that did not come, and marked.
/// A severity that grows while a page is younger than 10 min is news only to receivers that do not know of it yet: one
/// cascade, one notification.
/// A receiver "desktop" is always there: what it gets counts as sent and is told by the stream; a window shows it.
/// Full queue: the change is dropped, recorded and counted; what fires is told again at the next reminder.
/// Times: milliseconds since the epoch. Thread-safe.
class NotifyService {
public:
    using Describe = std::function<std::vector<NoticeAlert>(const Situation&)>;

    /// What the service is for. A replay only shows what was told: it tells nobody and writes nothing.
    enum class Purpose { Tell, Replay };

    /// Reads what was told and what still waits. `describe`: the alerts behind a situation; asked only for news.
    [[nodiscard]] static Result<std::unique_ptr<NotifyService>>
    open(store::Journal& journal, const Clock& clock, Log& log, Describe describe, Purpose purpose = Purpose::Tell);
    ~NotifyService();

    /// Takes receivers into force. One with the same settings keeps its state; what waits for one that went is dropped.
    void configure(const config::NotifyConfig& config, Sender sender) HF_EXCLUDES(m_mutex);
    void start() HF_EXCLUDES(m_mutex);
    /// Ends what is being sent at its deadline; what waits stays in the journal.
    void stop() HF_EXCLUDES(m_mutex);
    void requestStop() HF_EXCLUDES(m_mutex);

    /// What an earlier life told of that was not over: its end is still to be told. Other than incidents.
    [[nodiscard]] std::vector<Situation> leftOpen() const HF_EXCLUDES(m_mutex);
    /// Everything that can be news, as of t. Never waits for a receiver.
    void update(std::int64_t t, const std::vector<Situation>& situations) HF_EXCLUDES(m_mutex);
    /// Told the id of each delivery that changed, on the thread that changed it. Set before start().
    void setOnChanged(std::function<void(std::int64_t id)> changed) { m_changed = std::move(changed); }

    /// Sends a test notice and waits for what came of it. NotFound for an unknown receiver.
    [[nodiscard]] Result<Delivery> test(const std::string& receiver, const std::string& actor) HF_EXCLUDES(m_mutex);

    [[nodiscard]] std::vector<ReceiverStatus> receivers() const HF_EXCLUDES(m_mutex);
    /// Newest first.
    [[nodiscard]] Result<std::vector<Delivery>> deliveries(std::size_t limit) const;

private:
    NotifyService(store::Journal& journal, const Clock& clock, Log& log, Describe describe);
    [[nodiscard]] Notice noticeOf(Change change, const Situation& now, std::int64_t t) const HF_REQUIRES(m_mutex);
    /// `only`: nobody else. `silent`: not to those who know of it already.
    void tell(Notice notice, Courier* only, bool silent) HF_REQUIRES(m_mutex);
    [[nodiscard]] Delivery deliveryFor(const std::string& receiver, const Notice& notice) HF_REQUIRES(m_mutex);
    void adopt(const std::shared_ptr<Courier>& courier) HF_REQUIRES(m_mutex);
    void write(const std::vector<Delivery>& rows) HF_REQUIRES(m_mutex);

    store::Journal& m_journal;
    const Clock& m_clock;
    Log& m_log;
    const Describe m_describe;
    std::function<void(std::int64_t)> m_changed;

    mutable Mutex m_mutex;
    Ledger m_ledger HF_GUARDED_BY(m_mutex);
    std::vector<std::shared_ptr<Courier>> m_couriers HF_GUARDED_BY(m_mutex);
    std::vector<Delivery> m_left HF_GUARDED_BY(m_mutex);  ///< of an earlier life, until their receiver is configured
    std::map<std::string, Situation> m_leftOpen HF_GUARDED_BY(m_mutex);  ///< by subject
    Sender m_sender HF_GUARDED_BY(m_mutex);
    std::uint64_t m_desktopTold HF_GUARDED_BY(m_mutex) = 0;
    std::int64_t m_desktopToldMs HF_GUARDED_BY(m_mutex) = 0;
    std::int64_t m_nextId HF_GUARDED_BY(m_mutex) = 1;
    bool m_running HF_GUARDED_BY(m_mutex) = false;
    bool m_journalFails HF_GUARDED_BY(m_mutex) = false;
};

}  // namespace holdfast::notify
