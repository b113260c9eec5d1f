#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/config/config.h"
#include "app/promql/engine.h"
#include "app/signals/fleet_model.h"
#include "app/store/appender.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::signals {

struct Profile;

/// Reads the series through the profiles and tells how each service is.
///
/// evaluate() is called by one thread about every scrape interval (2 s or more); it makes the snapshot that latest()
/// hands out, and appends the normalised series holdfast:… with timestamp t, which the default rules, the sparks and
/// the service page use. A series whose value stops existing gets a staleness marker; absent is never written as zero.
/// fleetAt() and service() may be called by any thread; for the past they run the same code at that instant, and
/// write nothing.
/// Thread-safe, evaluate() on one thread at a time.
class SignalService {
public:
    /// The built-in profiles. `appender` may be null: nothing is written then.
    SignalService(const promql::Engine& engine, store::Appender* appender, const Clock& clock,
                  std::shared_ptr<const config::Config> config);
    ~SignalService();

    /// Takes another configuration; reads its `signalProfiles` files too. A file that cannot be read or understood
    /// leaves everything as it was.
    [[nodiscard]] Result<void> configure(std::shared_ptr<const config::Config> config);

    /// t in ms since the epoch, usually now. Fails only when no query could be run at all.
    [[nodiscard]] Result<std::shared_ptr<const FleetModel>> evaluate(std::int64_t t);

    /// The newest evaluated model, without sparks; null before the first evaluation.
    [[nodiscard]] std::shared_ptr<const FleetModel> latest() const;

    /// The fleet now (no t: latest()) or at a past t, with sparks of `points` values over the `sparkRangeMs` before it.
    [[nodiscard]] Result<std::shared_ptr<const FleetModel>> fleetAt(std::optional<std::int64_t> t,
                                                                    std::int64_t sparkRangeMs, int points) const;

    /// The service page; NotFound for a service that no series and no configuration tells of.
    [[nodiscard]] Result<ServiceDetail> service(std::string_view name, std::optional<std::int64_t> t) const;

    /// Names of the profiles in force, in order of precedence.
    [[nodiscard]] std::vector<std::string> profileNames() const;

private:
    struct State;
    const std::unique_ptr<State> m_state;
};

}  // namespace holdfast::signals
