#pragma once

#include <QString>
#include <QStringList>

#include <span>

namespace holdfast::widgets {

/// How one convention of naming metrics calls the golden signals; what a window needs that looks at a foreign
/// Prometheus, where no engine finds out. Source: the engine's own profiles, resources/profiles.
struct PrometheusNames {
    const char* profile;
    const char* label;     ///< whose value names the service
    const char* requests;  ///< a counter
    const char* errors;    ///< matchers of failed ones, each an alternative, separated by ;
    const char* buckets;   ///< a histogram of durations; null where there is none
    double toSeconds;      ///< of the histogram's unit
};

/// Strongest first: of two that a service has, the first says what it does.
[[nodiscard]] std::span<const PrometheusNames> prometheusNames();

/// The selector's inside: `label="value"`, quoted.
[[nodiscard]] QString matcherText(const QString& label, const QString& value);

/// Expressions of one convention; `only` narrows to one service (a matcher without braces) or is empty, `window` is a
/// duration such as "1m". All give one series a service, named by the convention's label.
[[nodiscard]] QString requestsExpr(const PrometheusNames& names, const QString& only, const QString& window);
/// Errors ÷ requests; nothing where there is no traffic, 0 where none failed.
[[nodiscard]] QString errorsExpr(const PrometheusNames& names, const QString& only, const QString& window);
/// Seconds; empty for a convention without histogram.
[[nodiscard]] QString quantileExpr(const PrometheusNames& names, const QString& quantile, const QString& only,
                                   const QString& window);
[[nodiscard]] QString heatmapExpr(const PrometheusNames& names, const QString& only);

/// What may run full, as share of its ceiling, for each job.
struct PrometheusResource {
    const char* name;  ///< "pool"
    const char* expr;  ///< with %1 for more matchers, beginning with a comma, or empty, and %2 for a window: a
                       ///< single reading of a gauge says when it was asked
};
[[nodiscard]] std::span<const PrometheusResource> prometheusResources();
/// A resource's expression filled in; `only` as above.
[[nodiscard]] QString resourceExpr(const PrometheusResource& resource, const QString& only, const QString& window);

/// Breakers as one series for each state that is on.
struct PrometheusBreakers {
    const char* metric;  ///< 1 for the state that is on
    const char* callee;  ///< the label that names whom it guards; null: its name does
};
[[nodiscard]] std::span<const PrometheusBreakers> prometheusBreakers();

/// Who calls whom: an expression that gives calls per second by `caller` and `callee`; %1 is the window.
struct PrometheusCalls {
    const char* calls;
    const char* failed;  ///< the same of those that failed; null where they are not told
};
[[nodiscard]] std::span<const PrometheusCalls> prometheusCalls();

}  // namespace holdfast::widgets
