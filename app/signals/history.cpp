#include "app/signals/history.h"

#include "app/signals/expression.h"

#include <algorithm>
#include <set>

namespace holdfast::signals {

namespace {

constexpr std::int64_t kLongest = 3LL * 86'400'000;

std::map<std::string, std::int64_t> firstSeenByJob(const SeriesReader& reader, const std::set<std::string>& jobs)
{
    std::map<std::string, std::int64_t> first;
    const std::string expression = "count by (job) (up{" + matcher("job", {jobs.begin(), jobs.end()}) + "})";
    // A coarse look over three days and a fine one over two hours; the earlier sighting counts.
    constexpr std::int64_t kCoarse = 30LL * 60'000;
    constexpr std::int64_t kFineRange = 2LL * 3'600'000;
    constexpr std::int64_t kFine = 15'000;
    for (const auto& [range, step] : {std::pair{kLongest, kCoarse}, std::pair{kFineRange, kFine}}) {
        const auto matrix = reader.range(expression, reader.t() - range, step, 0);
        if (!matrix.ok())
            continue;
        for (const auto& series : *matrix) {
            if (series.samples.empty())
                continue;
            const std::string job(series.labels->get("job"));
            const auto [entry, isNew] = first.try_emplace(job, series.samples.front().t);
            entry->second = std::min(entry->second, series.samples.front().t);
        }
    }
    return first;
}

}  // namespace

std::map<std::string, double> History::at(const SeriesReader& reader, const FleetModel& fleet)
{
    std::set<std::string> unknown;
    for (const auto& [service, instances] : fleet.instances)
        if (!m_firstMs.contains(service))
            for (const InstanceRow& instance : instances)
                unknown.insert(instance.job);
    if (!unknown.empty()) {
        const auto first = firstSeenByJob(reader, unknown);
        for (const auto& [service, instances] : fleet.instances)
            for (const InstanceRow& instance : instances)
                if (const auto seen = first.find(instance.job); seen != first.end())
                    m_firstMs.try_emplace(service, seen->second);
    }
    std::map<std::string, double> seconds;
    for (const auto& [service, first] : m_firstMs)
        if (fleet.instances.contains(service))
            seconds[service] = static_cast<double>(std::min(reader.t() - first, kLongest)) / 1000;
    return seconds;
}

}  // namespace holdfast::signals
