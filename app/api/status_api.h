#pragma once

#include "app/api/own_metrics.h"
#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/store/store.h"

#include <functional>
#include <map>
#include <string>

namespace holdfast::api {

/// What `/api/v1/status/*` tells about this process.
struct ProcessFacts {
    std::string version;
    std::int64_t startedMs = 0;
    std::map<std::string, std::string> flags;  ///< as given on the command line
    std::string configYaml;                    ///< without secrets
    bool reloadOk = true;
    std::int64_t reloadMs = 0;
    std::int64_t retentionMs = 0;
    bool ready = false;
};

/// `/api/v1/status/{config,flags,buildinfo,runtimeinfo,tsdb}`, `/metrics`, `/-/healthy`, `/-/ready`. Thread-safe.
class StatusApi {
public:
    StatusApi(const store::Store& store, const OwnMetrics& metrics, const Clock& clock,
              std::function<ProcessFacts()> facts)
        : m_store(store), m_metrics(metrics), m_clock(clock), m_facts(std::move(facts))
    {
    }
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse runtimeInfo() const;
    [[nodiscard]] HttpResponse tsdb(const Call& call) const;

    const store::Store& m_store;
    const OwnMetrics& m_metrics;
    const Clock& m_clock;
    const std::function<ProcessFacts()> m_facts;
};

}  // namespace holdfast::api
