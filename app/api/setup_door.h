#pragma once

#include "app/api/router.h"
#include "app/base/result.h"
#include "collectors/scrape/scrape_manager.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace holdfast::api {

/// What the engine does for who sets it up; all outlive the door.
struct SetupParts {
    using Change = std::function<Result<std::string>(std::string_view yaml)>;

    const scrape::ScrapeManager& scrapes;
    /// Hands the configuration's text to `change`, checks what comes back, writes it, reads it again and returns the
    /// file's path. Whatever fails leaves file and engine as they were.
    std::function<Result<std::string>(const Change&)> editConfig;
};

/// `/holdfast/v1/probe`, `targets/add` and `targets/import`: from a URL, or somebody's prometheus.yml, to live data;
/// shapes in API.md. Thread-safe.
class SetupDoor {
public:
    explicit SetupDoor(SetupParts parts) : m_parts(std::move(parts)) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse probeUrl(const Call& call) const;
    [[nodiscard]] HttpResponse addTarget(const Call& call) const;
    [[nodiscard]] HttpResponse importFile(const Call& call) const;

    const SetupParts m_parts;
};

}  // namespace holdfast::api
