#pragma once

#include "app/api/event_hub.h"
#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/control/control_service.h"
#include "app/incident/incident_service.h"
#include "app/rules/rule_status.h"
#include "app/signals/signal_service.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_manager.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::api {

/// Of an engine that only replays. Times: milliseconds since the epoch.
struct ReplayFacts {
    std::int64_t incident = 0, atMs = 0, startMs = 0, endMs = 0;
};

/// What only the engine knows.
struct EngineFacts {
    std::string version;
    std::int64_t startedMs = 0;
    std::string environment;
    std::string operatorName;  ///< who acts, from the configuration; empty: the OS user
    std::string configFile;
    std::string configError;  ///< of the last reload; empty when it went well
    std::string databaseFile;
    std::vector<std::string> degraded;  ///< what is left out now because of overload, in its order
    std::string degradedWhy;            ///< in words; empty when nothing is left out
    std::optional<ReplayFacts> replay = {};
};

/// The parts that the overview looks at; all outlive it.
struct OverviewParts {
    const store::Store& store;
    scrape::ScrapeManager& scrapes;
    const signals::SignalService& signals;
    const control::ControlService& control;
    const incident::IncidentService& incidents;
    std::function<rules::RulesSnapshot()> rules;
    std::function<EngineFacts()> facts;
    std::function<Result<void>()> reload;
    EventHub& events;
    const Clock& clock;
};

/// `/holdfast/v1/status`, `targets`, `targets/scrape`, `stream` and `/-/reload`; shapes in API.md. Thread-safe.
class OverviewDoor {
public:
    explicit OverviewDoor(OverviewParts parts) : m_parts(std::move(parts)) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse status() const;
    [[nodiscard]] HttpResponse targets() const;
    [[nodiscard]] HttpResponse scrapeNow(const Call& call) const;
    [[nodiscard]] HttpResponse pauseTarget(const Call& call) const;

    const OverviewParts m_parts;
};

}  // namespace holdfast::api
