#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "collectors/scrape/scrape_manager.h"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::tests {

/// A running scrape manager over a store; waits for scrapes, not for time. One thread at a time.
class Scraping {
public:
    explicit Scraping(store::Appender& store)
        : m_sink(std::fopen("/dev/null", "we")), m_log(m_sink, LogLevel::Error, clock), manager(store, clock, m_log)
    {
        manager.onScrape([this](const scrape::ScrapeEvent& event) {
            const std::lock_guard lock(m_mutex);
            m_events.push_back(event);
            m_changed.notify_all();
        });
        m_started = manager.start().ok();
    }
    ~Scraping()
    {
        manager.stop();
        std::fclose(m_sink);
    }
    Scraping(const Scraping&) = delete;
    Scraping& operator=(const Scraping&) = delete;

    /// Looks after every scrape; false after ten seconds without success.
    [[nodiscard]] bool until(const std::function<bool()>& holds)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        std::unique_lock lock(m_mutex);
        for (;;) {
            const std::size_t seen = m_events.size();
            lock.unlock();
            if (holds())
                return m_started;
            lock.lock();
            if (!m_changed.wait_until(lock, deadline, [&] { return m_events.size() != seen; }))
                return false;
        }
    }
    /// `n` scrapes of the instance from now on.
    [[nodiscard]] bool scrapes(const std::string& instance, std::size_t n)
    {
        const std::size_t before = count(instance);
        return until([&] { return count(instance) >= before + n; });
    }
    [[nodiscard]] std::size_t count(const std::string& instance) const
    {
        const std::lock_guard lock(m_mutex);
        std::size_t found = 0;
        for (const scrape::ScrapeEvent& event : m_events)
            found += event.instance == instance ? 1 : 0;
        return found;
    }
    [[nodiscard]] scrape::TargetStatus status(const std::string& instance) const
    {
        for (const scrape::TargetStatus& status : manager.targets().active) {
            if (status.instance == instance)
                return status;
        }
        return {};
    }

    SystemClock clock;

private:
    std::FILE* m_sink;
    Log m_log;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<scrape::ScrapeEvent> m_events;
    bool m_started = false;

public:
    scrape::ScrapeManager manager;
};

/// A target that is called `instance`, whatever its address.
struct NamedTarget {
    std::string instance;
    std::string address;
    std::string path = "/metrics";
};

inline config::ScrapeConfig jobOf(const std::string& name, std::int64_t intervalMs,
                                  const std::vector<NamedTarget>& targets)
{
    config::ScrapeConfig job;
    job.jobName = name;
    job.intervalMs = intervalMs;
    job.timeoutMs = intervalMs;
    for (const NamedTarget& target : targets)
        job.staticConfigs.push_back({"static/" + target.instance,
                                     {target.address},
                                     {{"instance", target.instance}, {"__metrics_path__", target.path}}});
    return job;
}

inline config::Config configOf(std::vector<config::ScrapeConfig> jobs)
{
    config::Config config;
    config.scrapeConfigs = std::move(jobs);
    return config;
}

}  // namespace holdfast::tests
