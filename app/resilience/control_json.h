#pragma once

#include "app/base/result.h"
#include "app/resilience/circuit_breaker.h"
#include "app/resilience/degradation_flag.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::resilience {

[[nodiscard]] nlohmann::json toJson(const BreakerSnapshot& breaker);
[[nodiscard]] nlohmann::json toJson(const FlagSnapshot& flag);

/// The body of a PUT, checked: everything PROTOCOL.md asks of it that does not depend on the point.
struct Change {
    std::string mode;
    std::optional<Lease> lease;  ///< nothing for auto
    std::string requestId;       ///< may be empty
    std::optional<std::uint64_t> ifRevision;
};

/// The error names the field and what was expected.
[[nodiscard]] Result<Change> parseChange(std::string_view body);

}  // namespace holdfast::resilience
