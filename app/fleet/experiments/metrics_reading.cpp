#include "app/fleet/experiments/metrics_reading.h"

#include "app/base/number_text.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace holdfast::fleet {

namespace {

struct Line {
    std::string_view name;
    std::string_view labels;
    double value = 0;
};

std::optional<Line> parse(std::string_view line)
{
    if (line.empty() || line.front() == '#')
        return std::nullopt;
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    const auto value = parseDouble(line.substr(space + 1));
    if (!value)
        return std::nullopt;
    const std::string_view series = line.substr(0, space);
    const std::size_t brace = series.find('{');
    if (brace == std::string_view::npos)
        return Line{series, {}, *value};
    return Line{series.substr(0, brace), series.substr(brace), *value};
}

/// Enough for this fleet's own labels, none of which needs an escape.
std::string label(std::string_view labels, const std::string& name)
{
    const std::string start = name + "=\"";
    const std::size_t at = labels.find(start);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = labels.substr(at + start.size());
    return std::string(rest.substr(0, rest.find('"')));
}

void addLine(MetricsReading& reading, const Line& line)
{
    if (line.name == "process_cpu_seconds_total")
        reading.cpuSeconds += line.value;
    else if (line.name == "http_request_duration_seconds_sum")
        reading.seconds += line.value;
    else if (line.name == "resilience_pool_in_use" && label(line.labels, "name") == "workers")
        reading.workersBusy += line.value;
    else if (line.name == "resilience_pool_capacity" && label(line.labels, "name") == "workers")
        reading.workers += line.value;
    const std::string route = label(line.labels, "route");
    if (route.empty())
        return;
    if (line.name == "http_request_duration_seconds_bucket")
        reading.pages[route].buckets[parseDouble(label(line.labels, "le")).value_or(0)] += line.value;
    if (line.name != "http_requests_total")
        return;
    reading.pages[route].requests += line.value;
    if (label(line.labels, "code").starts_with('5'))
        reading.pages[route].errors += line.value;
}

}  // namespace

double MetricsReading::requests() const
{
    double sum = 0;
    for (const auto& [route, page] : pages)
        sum += page.requests;
    return sum;
}

MetricsReading MetricsReading::since(const MetricsReading& before) const
{
    MetricsReading out = *this;
    out.seconds -= before.seconds;
    out.cpuSeconds -= before.cpuSeconds;
    for (auto& [route, page] : out.pages) {
        const auto found = before.pages.find(route);
        if (found == before.pages.end())
            continue;
        page.requests -= found->second.requests;
        page.errors -= found->second.errors;
        for (auto& [bound, count] : page.buckets)
            if (const auto old = found->second.buckets.find(bound); old != found->second.buckets.end())
                count -= old->second;
    }
    return out;
}

void addMetrics(MetricsReading& reading, std::string_view page)
{
    while (!page.empty()) {
        const std::size_t end = page.find('\n');
        if (const auto line = parse(page.substr(0, end)))
            addLine(reading, *line);
        page.remove_prefix(end == std::string_view::npos ? page.size() : end + 1);
    }
}

double quantile(const std::map<double, double>& buckets, double q)
{
    if (buckets.empty() || buckets.rbegin()->second <= 0)
        return 0;
    const double rank = q * buckets.rbegin()->second;
    double lowBound = 0;
    double lowCount = 0;
    for (const auto& [bound, count] : buckets) {
        if (count >= rank)
            return std::isinf(bound)
                       ? lowBound
                       : lowBound + (bound - lowBound) * (rank - lowCount) / std::max(count - lowCount, 1e-9);
        lowBound = bound;
        lowCount = count;
    }
    return lowBound;
}

}  // namespace holdfast::fleet
