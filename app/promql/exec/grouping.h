#pragma once

#include "app/promql/exec/table.h"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace holdfast::promql {

/// A choice of labels: those of a list, or all but those of a list. The metric name is dropped unless listed.
struct LabelChoice {
    std::vector<std::string> names;  ///< sorted
    bool keep = false;               ///< by/on; false: without/ignoring
};

[[nodiscard]] LabelChoice labelChoice(std::vector<std::string> names, bool keep);
/// The labels that the choice leaves. Source: Prometheus model/labels, MatchLabels and HashForLabels.
[[nodiscard]] LabelSet chosen(const LabelSet& labels, const LabelChoice& choice);

/// Numbers label sets in the order in which they are first seen. One thread at a time.
class GroupIndex {
public:
    explicit GroupIndex(LabelChoice choice) : m_choice(std::move(choice)) {}

    /// The group of these labels, made if new.
    [[nodiscard]] std::size_t add(const LabelSet& labels);
    [[nodiscard]] std::size_t size() const { return m_keys.size(); }
    [[nodiscard]] const LabelSetPtr& key(std::size_t group) const { return m_keys[group]; }

private:
    const LabelChoice m_choice;
    std::unordered_map<LabelSet, std::size_t> m_index;
    std::vector<LabelSetPtr> m_keys;
};

}  // namespace holdfast::promql
