#include "collectors/discovery/target.h"

#include "app/base/duration.h"
#include "app/base/percent_encoding.h"
#include "collectors/discovery/relabel.h"

#include <set>

namespace holdfast::discovery {

namespace {

constexpr std::string_view addressLabel = "__address__";
constexpr std::string_view schemeLabel = "__scheme__";
constexpr std::string_view pathLabel = "__metrics_path__";
constexpr std::string_view intervalLabel = "__scrape_interval__";
constexpr std::string_view timeoutLabel = "__scrape_timeout__";
constexpr std::string_view paramPrefix = "__param_";

bool begins(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

/// Parameters of the job; `__param_x` labels replace the first value of x.
std::string query(const config::ScrapeConfig& job, const LabelSet& labels)
{
    auto params = job.params;
    for (const Label& label : labels) {
        if (!begins(label.name, paramPrefix))
            continue;
        auto& values = params[label.name.substr(paramPrefix.size())];
        if (values.empty())
            values.emplace_back();
        values.front() = label.value;
    }
    std::string out;
    for (const auto& [name, values] : params) {
        for (const std::string& value : values)
            out += (out.empty() ? "?" : "&") + percentEncoded(name) + "=" + percentEncoded(value);
    }
    return out;
}

LabelSet discovered(const config::ScrapeConfig& job, const config::TargetGroup& group, const std::string& address)
{
    std::vector<Label> labels{{"job", job.jobName},
                              {std::string(intervalLabel), formatDuration(job.intervalMs)},
                              {std::string(timeoutLabel), formatDuration(job.timeoutMs)},
                              {std::string(pathLabel), job.metricsPath},
                              {std::string(schemeLabel), job.scheme}};
    for (const auto& [name, values] : job.params) {
        if (!values.empty())
            labels.push_back({std::string(paramPrefix) + name, values.front()});
    }
    // The later of two equal names stays: what the group says stands above the job's defaults.
    labels.insert(labels.end(), group.labels.begin(), group.labels.end());
    labels.push_back({std::string(addressLabel), address});
    return LabelSet(std::move(labels));
}

Result<Target> targetFrom(const config::ScrapeConfig& job, const LabelSet& before, const LabelSet& after)
{
    Target target;
    target.scrapePool = job.jobName;
    target.discoveredLabels = before;
    const std::string address(after.get(addressLabel));
    if (address.empty())
        return Error{"relabeling left no __address__", ErrorKind::BadInput};
    if (address.find('/') != std::string::npos)
        return Error{"\"" + address + "\" is no address; expected host:port", ErrorKind::BadInput};
    const std::string_view scheme = after.get(schemeLabel);
    if (scheme != "http" && scheme != "https")
        return Error{"scheme \"" + std::string(scheme) + "\" is neither http nor https", ErrorKind::BadInput};
    HF_TRY(target.intervalMs, parseDuration(after.get(intervalLabel)).in("scrape interval"));
    HF_TRY(target.timeoutMs, parseDuration(after.get(timeoutLabel)).in("scrape timeout"));
    if (target.intervalMs <= 0 || target.timeoutMs <= 0 || target.timeoutMs > target.intervalMs)
        return Error{"the scrape timeout must be above 0 and at most the interval", ErrorKind::BadInput};
    std::string path(after.get(pathLabel));
    if (path.empty() || path.front() != '/')
        path.insert(path.begin(), '/');
    std::string params = query(job, after);
    if (!params.empty() && path.find('?') != std::string::npos)
        params.front() = '&';
    target.url = std::string(scheme) + "://" + address + path + params;
    std::vector<Label> labels;
    for (const Label& label : after) {
        if (!begins(label.name, "__"))
            labels.push_back(label);
    }
    if (!after.has("instance"))
        labels.push_back({"instance", address});
    target.labels = LabelSet(std::move(labels));
    return target;
}

}  // namespace

TargetSet targetsOf(const config::ScrapeConfig& job, std::span<const config::TargetGroup> groups)
{
    const Relabeling relabeling(job.relabelConfigs);
    TargetSet set;
    std::set<std::string> seen;
    for (const config::TargetGroup& group : groups) {
        for (const std::string& address : group.targets) {
            const LabelSet before = discovered(job, group, address);
            const std::optional<LabelSet> after = relabeling.apply(before);
            if (!after) {
                set.dropped.push_back(before);
                continue;
            }
            Result<Target> target = targetFrom(job, before, *after);
            if (!target)
                set.errors.push_back(job.jobName + ", target " + address + ": " + target.error().message);
            else if (seen.insert(target->key()).second)
                set.active.push_back(std::move(*target));
        }
    }
    return set;
}

}  // namespace holdfast::discovery
