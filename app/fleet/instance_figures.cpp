#include "app/fleet/instance_figures.h"

#include "app/fleet/process_figures.h"

#include <pthread.h>

#include <algorithm>

namespace holdfast::fleet {

namespace {

prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

prometheus::Counter& counter(prometheus::Registry& registry, const char* name, const char* help)
{
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

double secondsOf(clockid_t clock)
{
    timespec time{};
    if (clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

clockid_t ownClock()
{
    clockid_t clock{};
    pthread_getcpuclockid(pthread_self(), &clock);
    return clock;
}

}  // namespace

InstanceFigures::InstanceFigures(prometheus::Registry& registry, MemoryShare& share)
    : m_share(share),
      m_cpuSeconds(counter(registry, "process_cpu_seconds_total", "CPU time of this instance's threads")),
      m_recentCores(
          gauge(registry, "process_cpu_recent_cores", "CPU time a second, over a second or more before the scrape")),
      m_residentBytes(gauge(registry, "process_resident_memory_bytes",
                            "An equal share of the process all instances are in, and what this one keeps beyond it")),
      m_pauses(counter(registry, "runtime_pauses_total", "Times the runtime stood still")),
      m_pauseSeconds(counter(registry, "runtime_pause_seconds_total", "How long in all"))
{
    gauge(registry, "process_cpu_limit_cores", "Cores this instance may use").Set(cpuLimitCores);
    gauge(registry, "process_memory_limit_bytes", "Memory this instance may use")
        .Set(static_cast<double>(memoryLimitBytes));
    ++m_share.instances;
}

InstanceFigures::~InstanceFigures()
{
    --m_share.instances;
    m_share.extraBytes -= m_ownBytes;
}

void InstanceFigures::enter()
{
    const MutexLock lock(m_mutex);
    m_threads.push_back(ownClock());
}

void InstanceFigures::leave()
{
    const MutexLock lock(m_mutex);
    if (std::erase(m_threads, ownClock()) > 0)
        m_endedSeconds += secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

void InstanceFigures::paused(double seconds)
{
    m_pauses.Increment();
    m_pauseSeconds.Increment(seconds);
}

void InstanceFigures::update(std::size_t ownBytes)
{
    const MutexLock lock(m_mutex);
    double seconds = m_endedSeconds;
    for (const clockid_t clock : m_threads)
        seconds += secondsOf(clock);
    // Two scrapers may come right after each other: a figure of less than a second is the one before.
    const double now = secondsOf(CLOCK_MONOTONIC);
    if (now - m_recentAt >= 1) {
        if (m_recentAt > 0)
            m_recentCores.Set((seconds - m_recentSeconds) / (now - m_recentAt));
        m_recentAt = now;
        m_recentSeconds = seconds;
    }
    m_cpuSeconds.Increment(std::max(0.0, seconds - m_cpuSeconds.Value()));

    m_share.extraBytes += static_cast<std::int64_t>(ownBytes) - m_ownBytes;
    m_ownBytes = static_cast<std::int64_t>(ownBytes);
    const double common = residentBytes() - static_cast<double>(m_share.extraBytes);
    m_residentBytes.Set(std::max(0.0, common) / std::max(1, m_share.instances.load()) + static_cast<double>(ownBytes));
}

}  // namespace holdfast::fleet
