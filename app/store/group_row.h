#pragma once

#include "app/base/result.h"
#include "app/store/head.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {

/// The bytes of grp.labels: who the members of a group are. Compressed; neighbours share most of their labels.
[[nodiscard]] std::string encodeMembers(std::span<const SeriesRef> members, const SeriesIndex& index);

struct StoredMember {
    SeriesRef series = 0;
    LabelSet labels;
};
[[nodiscard]] Result<std::vector<StoredMember>> decodeMembers(std::string_view bytes);

/// The bytes of grp_state.spans: first and last time of each member relative to the group's bounds; a byte or two a
/// series where they came and went together.
[[nodiscard]] std::string encodeSpans(std::span<const Span> spans, Span bounds);
[[nodiscard]] Result<std::vector<Span>> decodeSpans(std::string_view bytes, Span bounds);

}  // namespace holdfast::store
