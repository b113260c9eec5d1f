#include "collectors/scrape/scrape_manager.h"

#include "collectors/scrape/scrape_loop.h"

#include <utility>

namespace holdfast::scrape {

ScrapeManager::ScrapeManager(store::Appender& appender, const Clock& clock, Log& log)
    : m_loop(std::make_unique<Loop>(appender, clock, log))
{
}

ScrapeManager::~ScrapeManager() = default;

void ScrapeManager::onScrape(ScrapeHook hook)
{
    m_loop->setHook(std::move(hook));
}

Result<void> ScrapeManager::start()
{
    return m_loop->start();
}

void ScrapeManager::stop()
{
    m_loop->stop();
}

void ScrapeManager::applyConfig(const config::Config& config)
{
    m_loop->apply(config);
}

void ScrapeManager::spare(std::set<std::string> jobs, std::int64_t factor)
{
    m_loop->spare(std::move(jobs), factor);
}

TargetsSnapshot ScrapeManager::targets() const
{
    return m_loop->targets();
}

Result<void> ScrapeManager::scrapeNow(const std::string& job, const std::string& instance)
{
    return m_loop->scrapeNow(job, instance);
}

Result<void> ScrapeManager::pause(const std::string& job, const std::string& instance, TargetPause pause)
{
    return m_loop->pause(job, instance, std::move(pause));
}

ScrapeCounters ScrapeManager::counters() const
{
    return m_loop->counters();
}

}  // namespace holdfast::scrape
