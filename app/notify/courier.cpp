#include "app/notify/courier.h"

#include "app/notify/delivery_book.h"
#include "app/resilience/retry.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace holdfast::notify {

namespace {

using Outcome = Attempt::Outcome;
using resilience::CallResult;

constexpr std::int64_t kLongestLookMs = 1'000;
constexpr std::int64_t kSlowLaneMs = 60'000;  // without budget one try a minute, as a probe
constexpr std::size_t kEndedKept = 16;

/// Opens after three bad tries of the last five: a person waits for the answer of few calls, not of many.
resilience::BreakerConfig breakerConfig(std::int64_t timeoutMs)
{
    resilience::BreakerConfig config;
    config.window = resilience::WindowKind::Count;
    config.windowSize = 5;
    config.minimumCalls = 3;
    config.failureRate = 0.6;
    config.slowCallMs = 10 * timeoutMs;
    config.openMs = 30'000;
    config.probes = 1;
    return config;
}

constexpr resilience::RetryConfig kRetry{
    .attempts = std::numeric_limits<int>::max(), .baseMs = 1'000, .capMs = kSlowLaneMs};

CallResult callResult(Outcome outcome)
{
    if (outcome == Outcome::Taken)
        return CallResult::Success;
    return outcome == Outcome::Refused ? CallResult::Ignored : CallResult::Failure;
}

}  // namespace

Courier::Courier(config::ReceiverConfig config, std::unique_ptr<Transport> transport, store::Journal& journal,
                 const Clock& clock, Log& log, std::function<void(std::int64_t)> changed)
    : m_config(std::move(config)),
      m_transport(std::move(transport)),
      m_journal(journal),
      m_clock(clock),
      m_log(log),
      m_changed(std::move(changed)),
      m_breaker(m_config.name, m_config.name, breakerConfig(m_config.timeoutMs), clock),
      m_random(static_cast<std::minstd_rand::result_type>(std::hash<std::string>{}(m_config.name)))
{
    m_status.name = m_config.name;
    m_status.kind = m_transport->kind();
    m_status.capacity = m_config.queueSize;
}

Courier::~Courier()
{
    stop();
}

bool Courier::wants(const Notice& notice) const
{
    if (notice.change == Change::Test)
        return true;
    if (notice.now.over)
        return m_config.sendResolved && std::max(notice.worstBefore, 1) <= m_config.leastSeverity;
    return notice.now.severity <= m_config.leastSeverity;
}

bool Courier::reminderDue(const Situation& now, std::int64_t t)
{
    if (m_config.repeatMs == 0 || now.over || now.quiet || now.severity > m_config.leastSeverity)
        return false;
    const MutexLock lock(m_mutex);
    const auto found = m_toldMs.find(now.subject);
    if (found == m_toldMs.end())
        return false;
    found->second = std::min(found->second, t);  // a clock that was set back must not silence for hours
    return t - found->second >= m_config.repeatMs;
}

Courier::Offered Courier::offer(Delivery delivery)
{
    Offered out;
    const std::int64_t now = m_clock.monotonicMs();
    {
        const MutexLock lock(m_mutex);
        ++m_offered;
        Waiting next{.delivery = {},
                     .dueMs = delivery.notice.change == Change::Test ? now : now + m_config.groupWaitMs,
                     .giveUpMs = now + m_config.retryForMs};
        const auto older = std::ranges::find_if(m_waiting, [&](const Waiting& waiting) {
            return waiting.delivery.notice.now.subject == delivery.notice.now.subject;
        });
        if (older != m_waiting.end()) {
            // Who has not heard of it yet hears of its begin, as it is now.
            if (!delivery.notice.now.over && older->delivery.attempts == 0)
                delivery.notice.change = older->delivery.notice.change;
            delivery.notice.worstBefore = older->delivery.notice.worstBefore;
            next.dueMs = std::min(next.dueMs, older->dueMs);
            older->delivery.state = DeliveryState::Superseded;
            older->delivery.updatedMs = m_clock.wallMs();
            out.superseded.push_back(std::move(older->delivery));
            m_waiting.erase(older);
        }
        if (m_waiting.size() >= m_config.queueSize) {
            delivery.state = DeliveryState::Dropped;
            delivery.error = "the queue of " + std::to_string(m_config.queueSize) + " was full";
            ++m_status.dropped;
        } else {
            m_toldMs[delivery.notice.now.subject] = delivery.notice.atMs;
            if (delivery.notice.now.over)
                m_toldMs.erase(delivery.notice.now.subject);
            next.delivery = delivery;
            m_waiting.push_back(std::move(next));
        }
        out.delivery = std::move(delivery);
    }
    m_wake.notify_all();
    return out;
}

void Courier::restore(const Delivery& delivery)
{
    const Notice& notice = delivery.notice;
    const MutexLock lock(m_mutex);
    if (notice.change != Change::Test && !notice.now.over)
        m_toldMs[notice.now.subject] = notice.atMs;
    else
        m_toldMs.erase(notice.now.subject);
    if (delivery.state == DeliveryState::Sent && notice.change != Change::Test) {
        if (notice.now.over)
            m_standing.erase(notice.now.subject);
        else
            m_standing[notice.now.subject] = delivery;
    }
    if (delivery.state != DeliveryState::Waiting)
        return;
    const std::int64_t now = m_clock.monotonicMs();
    m_waiting.push_back({.delivery = delivery, .dueMs = now, .giveUpMs = now + m_config.retryForMs});
}

std::optional<Delivery> Courier::waitFor(std::int64_t id, std::int64_t withinMs)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, std::chrono::milliseconds(withinMs),
                    [&]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_ended.contains(id); });
    const auto found = m_ended.find(id);
    return found == m_ended.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Courier::Waiting> Courier::takeDue(std::int64_t nowMs)
{
    const MutexLock lock(m_mutex);
    const auto due = std::ranges::find_if(m_waiting, [&](const Waiting& waiting) { return waiting.dueMs <= nowMs; });
    if (due == m_waiting.end())
        return std::nullopt;
    Waiting out = std::move(*due);
    m_waiting.erase(due);
    return out;
}

std::int64_t Courier::step(const std::stop_token& stop)
{
    const std::int64_t begin = m_clock.monotonicMs();
    while (!stop.stop_requested()) {
        auto due = takeDue(begin);
        if (!due)
            break;
        attempt(std::move(*due), stop);
    }
    if (!stop.stop_requested())
        refresh(stop);
    const std::int64_t now = m_clock.monotonicMs();
    std::int64_t next = kLongestLookMs;
    const MutexLock lock(m_mutex);
    for (const Waiting& waiting : m_waiting)
        next = std::min(next, waiting.dueMs - now);
    return std::clamp<std::int64_t>(next, 1, kLongestLookMs);
}

void Courier::attempt(Waiting waiting, const std::stop_token& stop)
{
    const bool test = waiting.delivery.notice.change == Change::Test;
    auto permit = m_breaker.acquire();
    if (!permit && !test) {
        const std::int64_t wait = std::max<std::int64_t>(m_breaker.untilProbeMs(), 200);
        if (m_clock.monotonicMs() + wait >= waiting.giveUpMs)
            return finish(std::move(waiting.delivery), DeliveryState::Failed);
        return putBack(std::move(waiting), wait);
    }
    Delivery& delivery = waiting.delivery;
    if (waiting.ambiguous)
        delivery.repeated = true;
    ++delivery.attempts;
    delivery.state = DeliveryState::Sending;
    delivery.updatedMs = m_clock.wallMs();
    save(delivery);
    if (delivery.attempts == 1)
        m_budget.deposit();
    const std::int64_t begin = m_clock.monotonicMs();
    const Attempt came = m_transport->send(delivery, m_config.timeoutMs, stop);
    if (permit)
        permit->done(callResult(came.outcome), m_clock.monotonicMs() - begin);
    {
        const MutexLock lock(m_mutex);
        ++m_status.attempts;
        m_status.lastError = came.error;
        if (!came.error.empty())
            m_status.lastErrorMs = m_clock.wallMs();
        else
            m_status.lastSentMs = m_clock.wallMs();
    }
    settle(std::move(waiting), came);
}

void Courier::settle(Waiting waiting, const Attempt& came)
{
    Delivery& delivery = waiting.delivery;
    delivery.error = came.error;
    if (came.outcome == Outcome::Taken)
        return finish(std::move(delivery), DeliveryState::Sent);
    const bool test = delivery.notice.change == Change::Test;
    if (came.outcome == Outcome::Refused || test)
        return finish(std::move(delivery), DeliveryState::Failed);
    if (came.outcome == Outcome::Ambiguous) {
        if (delivery.repeated)
            return finish(std::move(delivery), DeliveryState::Unsure);
        waiting.ambiguous = true;
    }
    const std::int64_t now = m_clock.monotonicMs();
    const auto left = resilience::Deadline::after(waiting.giveUpMs - now, m_clock);
    const double random01 = static_cast<double>(m_random() - std::minstd_rand::min())
                            / (static_cast<double>(std::minstd_rand::max()) + 1.0);
    const auto delay = resilience::retryDelayMs(kRetry,
                                                {.number = std::min(delivery.attempts, 16),
                                                 .safeToRepeat = true,  // receivers know a second copy by its number
                                                 .transient = true,
                                                 .doNotRetry = false,
                                                 .retryAfterMs = came.retryAfterMs},
                                                left, m_clock, m_budget, random01);
    if (!delay && now + kSlowLaneMs >= waiting.giveUpMs)
        return finish(std::move(delivery), DeliveryState::Failed);
    putBack(std::move(waiting), delay.value_or(kSlowLaneMs));
}

void Courier::putBack(Waiting waiting, std::int64_t afterMs)
{
    waiting.dueMs = m_clock.monotonicMs() + std::max<std::int64_t>(afterMs, 1);
    Delivery& delivery = waiting.delivery;
    bool newer = false;
    {
        const MutexLock lock(m_mutex);
        newer = std::ranges::any_of(m_waiting, [&](const Waiting& other) {
            return other.delivery.notice.now.subject == delivery.notice.now.subject;
        });
    }
    // Said again only when it may have arrived: the journal must know that before the next try.
    const bool changed = delivery.state == DeliveryState::Sending;
    delivery.state = newer ? DeliveryState::Superseded : DeliveryState::Waiting;
    if (changed || newer) {
        Delivery kept = delivery;
        kept.repeated = kept.repeated || waiting.ambiguous;
        save(kept);
    }
    if (newer)
        return;
    const MutexLock lock(m_mutex);
    m_waiting.push_back(std::move(waiting));
}

void Courier::finish(Delivery delivery, DeliveryState state)
{
    delivery.state = state;
    delivery.updatedMs = m_clock.wallMs();
    save(delivery);
    if (state == DeliveryState::Failed)
        m_log.warning("notify",
                      m_config.name + " was not told of \"" + delivery.notice.now.title + "\": " + delivery.error);
    const Notice& notice = delivery.notice;
    {
        const MutexLock lock(m_mutex);
        m_status.sent += state == DeliveryState::Sent ? 1 : 0;
        m_status.failed += state == DeliveryState::Failed || state == DeliveryState::Unsure ? 1 : 0;
        if (notice.change == Change::Test) {
            m_ended[delivery.id] = delivery;
            if (m_ended.size() > kEndedKept)
                m_ended.erase(m_ended.begin());
        } else if (notice.now.over) {
            m_standing.erase(notice.now.subject);
        } else if (state == DeliveryState::Sent) {
            m_standing[notice.now.subject] = delivery;
        }
    }
    m_wake.notify_all();
}

/// A refresh is no news: nobody is told twice by it, so it is neither journalled nor tried again before its time.
void Courier::refresh(const std::stop_token& stop)
{
    const std::int64_t every = m_transport->refreshMs();
    const std::int64_t now = m_clock.monotonicMs();
    if (every == 0 || now - m_refreshMs < every)
        return;
    m_refreshMs = now;
    std::vector<Delivery> standing;
    {
        const MutexLock lock(m_mutex);
        for (const auto& [subject, delivery] : m_standing)
            standing.push_back(delivery);
    }
    for (Delivery& delivery : standing) {
        auto permit = m_breaker.acquire();
        if (!permit || stop.stop_requested())
            return;
        delivery.updatedMs = m_clock.wallMs();
        const std::int64_t begin = m_clock.monotonicMs();
        const Attempt came = m_transport->send(delivery, m_config.timeoutMs, stop);
        permit->done(callResult(came.outcome), m_clock.monotonicMs() - begin);
    }
}

void Courier::save(const Delivery& delivery)
{
    const auto saved = m_journal.write({saveDelivery(delivery)});
    if (!saved.ok() && !std::exchange(m_journalFailed, true))
        m_log.error("notify",
                    "the journal does not take what is told; people are told all the same: " + saved.error().message);
    if (saved.ok())
        m_journalFailed = false;
    if (m_changed)
        m_changed(delivery.id);
}

std::vector<Delivery> Courier::takeAll()
{
    const MutexLock lock(m_mutex);
    std::vector<Delivery> out;
    for (auto& [subject, delivery] : m_standing)
        out.push_back(std::move(delivery));
    m_standing.clear();
    for (Waiting& waiting : m_waiting) {
        waiting.delivery.repeated = waiting.delivery.repeated || waiting.ambiguous;
        out.push_back(std::move(waiting.delivery));
    }
    m_waiting.clear();
    return out;
}

void Courier::start()
{
    if (m_thread.joinable())
        return;
    m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Courier::requestStop()
{
    m_thread.request_stop();
    m_wake.notify_all();
}

void Courier::stop()
{
    requestStop();
    if (m_thread.joinable())
        m_thread.join();
}

void Courier::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::uint64_t before = 0;
        {
            const MutexLock lock(m_mutex);
            before = m_offered;
        }
        const std::int64_t wait = step(stop);
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, stop, std::chrono::milliseconds(wait),
                        [&]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_offered != before; });
    }
}

ReceiverStatus Courier::status() const
{
    const MutexLock lock(m_mutex);
    ReceiverStatus out = m_status;
    out.waiting = m_waiting.size();
    out.breaker = resilience::word(m_breaker.state());
    return out;
}

}  // namespace holdfast::notify
