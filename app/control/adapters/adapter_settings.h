#pragma once

#include "app/base/result.h"
#include "app/config/config.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

/// A control group's `settings` with their kinds checked: what is wrong is collected, in words, and a setting nobody
/// asked for is wrong too. One thread at a time.
class AdapterSettings {
public:
    explicit AdapterSettings(const config::ControlGroupConfig& group) : m_group(group) {}

    [[nodiscard]] std::string text(const std::string& key, std::string fallback = {});
    /// One of the words, else the fallback with a complaint.
    [[nodiscard]] std::string oneOf(const std::string& key, const std::vector<std::string>& words);
    [[nodiscard]] std::int64_t number(const std::string& key, std::int64_t fallback, std::int64_t least,
                                      std::int64_t most);
    /// "a, b, c", or a list in JSON's form: ["a", "b c"]; empty entries are left out.
    [[nodiscard]] std::vector<std::string> list(const std::string& key);
    void complain(const std::string& key, const std::string& words);
    /// Everything that was wrong, as one BadInput. Settings for `verify` belong to another path and are passed over.
    [[nodiscard]] Result<void> finish() const;

private:
    const config::ControlGroupConfig& m_group;
    std::set<std::string> m_asked;
    std::string m_problems;
};

}  // namespace holdfast::control
