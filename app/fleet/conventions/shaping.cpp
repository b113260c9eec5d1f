#include "app/fleet/conventions/shaping.h"

#include <algorithm>
#include <cstddef>

namespace holdfast::fleet {

std::string labelOf(const Metric& metric, std::string_view name)
{
    const auto found = std::ranges::find(metric.label, name, &Metric::Label::name);
    return found == metric.label.end() ? std::string() : found->value;
}

std::string classOf(const std::string& code)
{
    return code.size() == 3 && code[0] >= '1' && code[0] <= '5' ? std::string(1, code[0]) + "xx" : "5xx";
}

const std::vector<Metric>& Shaping::of(std::string_view name) const
{
    static const std::vector<Metric> none;
    const auto found = std::ranges::find(m_plain, name, &prometheus::MetricFamily::name);
    return found == m_plain.end() ? none : found->metric;
}

double Shaping::value(std::string_view family, std::string_view name) const
{
    for (const Metric& metric : of(family))
        if (name.empty() || labelOf(metric, "name") == name)
            return metric.counter.value + metric.gauge.value;
    return 0;
}

Metric& Shaping::series(const std::string& name, const std::string& help, prometheus::MetricType type,
                        const LabelPairs& labels)
{
    auto family = std::ranges::find(m_out, name, &prometheus::MetricFamily::name);
    if (family == m_out.end()) {
        m_out.emplace_back();
        family = m_out.end() - 1;
        family->name = name;
        family->help = help;
        family->type = type;
    }
    std::vector<Metric::Label> all;
    for (const LabelPairs& part : {m_common, labels})
        for (const auto& [key, value] : part)
            all.push_back({key, value});
    const auto same = std::ranges::find_if(family->metric, [&](const Metric& metric) {
        return std::ranges::equal(metric.label, all, [](const Metric::Label& a, const Metric::Label& b) {
            return a.name == b.name && a.value == b.value;
        });
    });
    if (same != family->metric.end())
        return *same;
    family->metric.emplace_back();
    family->metric.back().label = std::move(all);
    return family->metric.back();
}

void Shaping::counter(const std::string& name, const std::string& help, const LabelPairs& labels, double value)
{
    series(name, help, prometheus::MetricType::Counter, labels).counter.value += value;
}

void Shaping::gauge(const std::string& name, const std::string& help, const LabelPairs& labels, double value)
{
    series(name, help, prometheus::MetricType::Gauge, labels).gauge.value += value;
}

void Shaping::histogram(const std::string& name, const std::string& help, const LabelPairs& labels,
                        const prometheus::ClientMetric::Histogram& from, double scale)
{
    auto& to = series(name, help, prometheus::MetricType::Histogram, labels).histogram;
    to.sample_count += from.sample_count;
    to.sample_sum += from.sample_sum * scale;
    to.bucket.resize(std::max(to.bucket.size(), from.bucket.size()));
    for (std::size_t i = 0; i < from.bucket.size(); ++i) {
        to.bucket[i].upper_bound = from.bucket[i].upper_bound * scale;
        to.bucket[i].cumulative_count += from.bucket[i].cumulative_count;
    }
}

void Shaping::summary(const std::string& name, const std::string& help, const LabelPairs& labels, std::uint64_t count,
                      double sum)
{
    auto& to = series(name, help, prometheus::MetricType::Summary, labels).summary;
    to.sample_count += count;
    to.sample_sum += sum;
}

void Shaping::keep(std::string_view name)
{
    const auto found = std::ranges::find(m_plain, name, &prometheus::MetricFamily::name);
    if (found != m_plain.end())
        m_out.push_back(*found);
}

}  // namespace holdfast::fleet
