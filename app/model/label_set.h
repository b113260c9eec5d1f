#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast {

inline constexpr std::string_view kMetricName = "__name__";

struct Label {
    std::string name;
    std::string value;
    auto operator<=>(const Label&) const = default;
};

/// The identity of a series: label names with values, UTF-8.
///
/// Invariants: ascending by name (bytewise), no name twice, no empty value (an empty value means "absent").
/// Source of the rules: Prometheus model/labels. Value type; one thread at a time, safe to share when const.
class LabelSet {
public:
    LabelSet() = default;
    /// Sorts, drops empty values; of two equal names the last one stays.
    explicit LabelSet(std::vector<Label> labels);
    LabelSet(std::initializer_list<Label> labels) : LabelSet(std::vector<Label>(labels)) {}

    /// The value, or an empty view where the label is absent.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return !get(name).empty(); }
    [[nodiscard]] std::string_view metricName() const { return get(kMetricName); }
    [[nodiscard]] bool empty() const { return m_labels.empty(); }
    [[nodiscard]] std::size_t size() const { return m_labels.size(); }
    [[nodiscard]] auto begin() const { return m_labels.begin(); }
    [[nodiscard]] auto end() const { return m_labels.end(); }

    /// A copy in which `name` has `value`; an empty value removes it.
    [[nodiscard]] LabelSet with(std::string_view name, std::string_view value) const;
    [[nodiscard]] LabelSet without(std::string_view name) const { return with(name, {}); }

    /// Equal sets have equal hashes, within one process and across processes (FNV-1a over names and values).
    [[nodiscard]] std::uint64_t hash() const;

    /// `name{a="b"}` with quoted, escaped values; names outside the classic alphabet are quoted (UTF-8 syntax).
    [[nodiscard]] std::string text() const;

    auto operator<=>(const LabelSet&) const = default;

private:
    std::vector<Label> m_labels;
};

using LabelSetPtr = std::shared_ptr<const LabelSet>;

/// "[a-zA-Z_][a-zA-Z0-9_]*" — and with ':' for metric names: what needs no quotes in PromQL and exposition text.
[[nodiscard]] bool isClassicLabelName(std::string_view name);
[[nodiscard]] bool isClassicMetricName(std::string_view name);

/// The value in double quotes with backslash, quote and newline escaped.
[[nodiscard]] std::string quotedLabelValue(std::string_view value);

}  // namespace holdfast

// Written this way and not as `struct std::hash<…>` because Qt's moc cannot read that.
namespace std {
template <>
struct hash<holdfast::LabelSet> {
    std::size_t operator()(const holdfast::LabelSet& labels) const noexcept { return labels.hash(); }
};
}  // namespace std
