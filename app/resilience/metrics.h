#pragma once

#include "app/resilience/registry.h"

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <vector>

namespace holdfast::resilience {

/// A Registry as Prometheus metrics, named as in README.md.
///
/// Read at every scrape from the pieces themselves: no counting twice on the hot path, and a state is never older than
/// the scrape that reports it. Give it to an exposer, or join Collect() with that of a prometheus::Registry.
/// `registry` must outlive it. Thread-safe.
class Metrics final : public prometheus::Collectable {
public:
    explicit Metrics(const Registry& registry) : m_registry(registry) {}

    [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

private:
    const Registry& m_registry;
};

}  // namespace holdfast::resilience
