#pragma once

#include "app/config/config.h"
#include "app/model/label_set.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace holdfast::discovery {

/// A compiled list of relabeling steps, for targets and for samples.
///
/// Source: Prometheus model/relabel/relabel.go, Process; `(?s:…)` anchored at both ends, Go's template syntax
/// ($1, ${1}, ${name}, $$). Upper and lower case change ASCII letters only. Thread-safe.
class Relabeling {
public:
    /// configs: as app/config checked them.
    explicit Relabeling(std::span<const config::RelabelConfig> configs);
    ~Relabeling();
    Relabeling(Relabeling&&) noexcept;
    Relabeling& operator=(Relabeling&&) noexcept;

    [[nodiscard]] bool empty() const { return m_steps.empty(); }

    /// The labels afterwards; nothing when a step drops them.
    [[nodiscard]] std::optional<LabelSet> apply(const LabelSet& labels) const;

private:
    struct Step;
    std::vector<std::unique_ptr<const Step>> m_steps;
};

}  // namespace holdfast::discovery
