#include "app/fleet/scenario_player.h"

#include "app/base/duration.h"
#include "app/fleet/nap.h"

#include <algorithm>
#include <utility>

namespace holdfast::fleet {

Result<void> ScenarioPlayer::check(const Scenario& scenario, const Fleet& fleet)
{
    for (const ScenarioStep& step : scenario.steps) {
        const bool there = std::ranges::any_of(fleet.instances(), [&](const auto& instance) {
            return instance->config().service == step.service && instance->registry().flag(step.flag);
        });
        if (!there)
            return Error{"Scenario " + scenario.name + ": the fleet has no flag " + step.service + "/" + step.flag,
                         ErrorKind::NotFound};
    }
    return {};
}

ScenarioPlayer::ScenarioPlayer(Scenario scenario, const Fleet& fleet, Log& log, const Clock& clock)
    : m_scenario(std::move(scenario)), m_fleet(fleet), m_log(log), m_clock(clock)
{
    if (!m_scenario.steps.empty())
        m_thread = std::jthread([this](const std::stop_token& stop) { play(stop); });
}

void ScenarioPlayer::play(const std::stop_token& stop)
{
    std::int64_t roundMs = m_clock.monotonicMs();
    do {
        for (const ScenarioStep& step : m_scenario.steps) {
            if (!nap(static_cast<double>(roundMs + step.atMs - m_clock.monotonicMs()), stop))
                return;
            turnOn(step);
        }
        roundMs += m_scenario.everyMs;
    } while (m_scenario.everyMs > 0);
}

void ScenarioPlayer::turnOn(const ScenarioStep& step)
{
    m_log.info("scenario", step.service + "/" + step.flag + " on for " + formatDuration(step.forMs));
    for (const auto& instance : m_fleet.instances()) {
        resilience::DegradationFlag* flag =
            instance->config().service == step.service ? instance->registry().flag(step.flag) : nullptr;
        if (flag && flag->snapshot().mode == resilience::FlagMode::Auto)
            flag->setMode(resilience::FlagMode::ForcedOn, resilience::Lease{.expiresMs = 0,
                                                                            .ttlS = step.forMs / 1000,
                                                                            .reason = "scenario " + m_scenario.name,
                                                                            .actor = "scenario",
                                                                            .requestId = {}});
    }
}

}  // namespace holdfast::fleet
