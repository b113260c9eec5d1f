#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::signals {

/// What the placeholders of a profile's expression become. `$step` is left standing: it is the asker's.
struct Placeholders {
    std::string by;      ///< "job" or "application, job"
    std::string match;   ///< `job="checkout"`, or empty
    std::string window;  ///< "10s"
};

/// The expression with `$by`, `$match` and `$window` filled in. An empty match leaves no stray comma behind.
[[nodiscard]] std::string filledIn(std::string_view expression, const Placeholders& values);

/// `name="value"` with the value quoted; of several values `name=~"a|b"`, each taken literally.
[[nodiscard]] std::string matcher(std::string_view name, const std::vector<std::string>& values);

/// "a, b, c".
[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view between);

}  // namespace holdfast::signals
