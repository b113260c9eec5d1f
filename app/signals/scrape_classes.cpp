#include "app/signals/scrape_classes.h"

#include "app/model/label_set.h"
#include "app/signals/expression.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>

namespace holdfast::signals {

std::int64_t rateWindowMs(std::int64_t intervalMs)
{
    return std::max<std::int64_t>(4 * intervalMs, 10'000);
}

std::vector<ScrapeClass> scrapeClasses(const config::Config& config)
{
    std::map<std::int64_t, std::vector<std::string>> jobs;
    for (const auto& scrape : config.scrapeConfigs)
        jobs[scrape.intervalMs].push_back(scrape.jobName);
    if (jobs.empty())
        jobs[config.scrapeIntervalMs];
    const auto common = std::ranges::max_element(jobs, {}, [](const auto& entry) { return entry.second.size(); });
    std::vector<ScrapeClass> classes{
        {.intervalMs = common->first, .windowMs = rateWindowMs(common->first), .match = {}}};
    std::string others;
    for (const auto& [interval, names] : jobs) {
        if (interval == common->first)
            continue;
        classes.push_back({.intervalMs = interval, .windowMs = rateWindowMs(interval), .match = matcher("job", names)});
        for (const std::string& name : names)
            others += (others.empty() ? "" : "|") + RE2::QuoteMeta(name);
    }
    if (!others.empty())
        classes.front().match = "job!~" + quotedLabelValue(others);
    return classes;
}

}  // namespace holdfast::signals
