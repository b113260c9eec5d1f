#pragma once

#include "app/base/result.h"
#include "app/model/batch.h"
#include "app/model/label_set.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::store {

/// Everything about samples that one commit adds, in the order in which it happened. Value type.
struct CommitRecord {
    struct Group {
        std::uint32_t id = 0;
        std::string origin;
    };
    struct Member {
        std::uint32_t series = 0;
        std::uint32_t group = 0;
        std::uint16_t slot = 0;
        LabelSet labels;
    };
    std::vector<Group> groups;
    std::vector<Member> members;
    std::vector<BatchSample> samples;

    [[nodiscard]] bool empty() const { return groups.empty() && members.empty() && samples.empty(); }
};

/// The bytes of a journal row. FORMAT.md draws them.
[[nodiscard]] std::string encodeCommit(const CommitRecord& record);
[[nodiscard]] Result<CommitRecord> decodeCommit(std::string_view bytes);

}  // namespace holdfast::store
