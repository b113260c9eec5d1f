#pragma once

#include "app/fleet/conventions/in_convention.h"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::fleet {

using Metric = prometheus::ClientMetric;
using LabelPairs = std::vector<std::pair<std::string, std::string>>;

/// "" when there is none of that name.
[[nodiscard]] std::string labelOf(const Metric& metric, std::string_view name);
/// Of a status code as text: "2xx"; "5xx" for a call without an answer.
[[nodiscard]] std::string classOf(const std::string& code);

/// Reads the plain families by name, collects families of another convention. Series of the same name and labels are
/// added up, so that labels another convention lacks can simply be left out. One thread at a time.
class Shaping {
public:
    /// common: labels that every series gets first
    Shaping(const Families& plain, LabelPairs common) : m_plain(plain), m_common(std::move(common)) {}

    /// The series of a plain family; none when it does not exist.
    [[nodiscard]] const std::vector<Metric>& of(std::string_view name) const;
    /// The value of the only series of a family, or of that with the label name="…"; 0 without one.
    [[nodiscard]] double value(std::string_view family, std::string_view name = {}) const;

    void counter(const std::string& name, const std::string& help, const LabelPairs& labels, double value);
    void gauge(const std::string& name, const std::string& help, const LabelPairs& labels, double value);
    /// scale: what bounds and sum are multiplied with; 1000 for milliseconds
    void histogram(const std::string& name, const std::string& help, const LabelPairs& labels,
                   const prometheus::ClientMetric::Histogram& from, double scale = 1);
    void summary(const std::string& name, const std::string& help, const LabelPairs& labels, std::uint64_t count,
                 double sum);
    /// A plain family as it is, where the other convention shares it.
    void keep(std::string_view name);

    [[nodiscard]] Families done() { return std::move(m_out); }

private:
    [[nodiscard]] Metric& series(const std::string& name, const std::string& help, prometheus::MetricType type,
                                 const LabelPairs& labels);

    const Families& m_plain;
    const LabelPairs m_common;
    Families m_out;
};

/// One function a convention; each says what it could not say.
[[nodiscard]] Families asMicrometer(const Families& plain, const MetricsOwner& owner);
[[nodiscard]] Families asOpenTelemetry(const Families& plain, const MetricsOwner& owner);
[[nodiscard]] Families asEnvoy(const Families& plain, const MetricsOwner& owner);
[[nodiscard]] Families asOpossum(const Families& plain, const MetricsOwner& owner);
[[nodiscard]] Families asHAProxy(const Families& plain, const MetricsOwner& owner);

}  // namespace holdfast::fleet
