#include "app/notify/alert_feed.h"

#include "app/notify/alertmanager_link.h"

#include <algorithm>
#include <utility>

namespace holdfast::notify {

namespace {

constexpr std::int64_t kResendMs = 60'000;           // Prometheus's --rules.alert.resend-delay
constexpr std::int64_t kForgetMs = 2 * 15 * 60'000;  // rules know resolved alerts for 15 min

/// Source: Prometheus rules/alerting.go, needsSending.
bool needsSending(const RawAlert& alert, std::int64_t lastSent, std::int64_t t)
{
    if (alert.resolvedMs > lastSent)
        return true;
    return lastSent + kResendMs <= t || lastSent > t;  // the second: the clock was set back
}

}  // namespace

AlertFeed::AlertFeed(const Clock& clock, Log& log) : m_clock(clock), m_log(log) {}

AlertFeed::~AlertFeed()
{
    stop();
}

void AlertFeed::configure(const std::vector<config::AlertmanagerTarget>& targets, Sender sender)
{
    std::vector<std::shared_ptr<AlertmanagerLink>> links;
    for (const config::AlertmanagerTarget& target : targets)
        links.push_back(std::make_shared<AlertmanagerLink>(target, sender, m_clock, m_log));
    {
        const MutexLock lock(m_mutex);
        m_links.swap(links);
        m_lastSent.clear();  // a new one hears everything
    }
    for (const auto& old : links)
        old->requestStop();
}

void AlertFeed::stop()
{
    configure({}, {});
}

bool AlertFeed::wanted() const
{
    const MutexLock lock(m_mutex);
    return !m_links.empty();
}

void AlertFeed::update(std::int64_t t, const std::vector<RawAlert>& alerts)
{
    const MutexLock lock(m_mutex);
    if (m_links.empty())
        return;
    std::vector<RawAlert> due;
    for (const RawAlert& alert : alerts) {
        const auto [entry, fresh] = m_lastSent.try_emplace({alert.labels, alert.startsMs}, 0);
        if (!fresh && !needsSending(alert, entry->second, t))
            continue;
        entry->second = t;
        due.push_back(alert);
    }
    std::erase_if(m_lastSent, [t](const auto& entry) { return t - entry.second > kForgetMs; });
    if (due.empty())
        return;
    for (const auto& link : m_links)
        link->push(due);
}

std::vector<ReceiverStatus> AlertFeed::status() const
{
    const MutexLock lock(m_mutex);
    std::vector<ReceiverStatus> out;
    for (const auto& link : m_links)
        out.push_back(link->status());
    return out;
}

}  // namespace holdfast::notify
