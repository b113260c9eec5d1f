#pragma once

#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast::api {

struct ConfigParts {
    using Change = std::function<Result<std::string>(std::string_view yaml)>;

    std::function<std::string()> file;  ///< path of the configuration in force; empty: none
    /// As SetupParts::editConfig.
    std::function<Result<std::string>(const Change&)> editConfig;
    const Clock& clock;
    Log& log;
};

/// `/holdfast/v1/config`: the configuration's text for an editor, a check of a text, and the way to put a text in
/// force.
///
/// A text that the check, the disk or a part of the engine refuses leaves file and engine as they were. Only on the
/// private port: the text may hold secrets. Thread-safe.
class ConfigDoor {
public:
    explicit ConfigDoor(ConfigParts parts) : m_parts(std::move(parts)) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse read() const;
    [[nodiscard]] HttpResponse check(const Call& call) const;
    [[nodiscard]] HttpResponse put(const Call& call) const;

    const ConfigParts m_parts;
};

}  // namespace holdfast::api
