#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/result.h"
#include "app/fleet/fleet.h"
#include "app/fleet/scenario.h"

#include <stop_token>
#include <thread>

namespace holdfast::fleet {

/// Plays a scenario on a fleet from a thread of its own: each step forces a flag on every instance of its service, with
/// a lease in the service, exactly as Holdfast would. What a person set meanwhile is left alone.
class ScenarioPlayer {
public:
    /// NotFound when a step names a service or flag that the fleet lacks. All must outlive the player.
    [[nodiscard]] static Result<void> check(const Scenario& scenario, const Fleet& fleet);
    ScenarioPlayer(Scenario scenario, const Fleet& fleet, Log& log, const Clock& clock);

private:
    void play(const std::stop_token& stop);
    void turnOn(const ScenarioStep& step);

    const Scenario m_scenario;
    const Fleet& m_fleet;
    Log& m_log;
    const Clock& m_clock;
    std::jthread m_thread;
};

}  // namespace holdfast::fleet
