#include "app/engine/overload.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::engine {

namespace {

resilience::FlagConfig step(const char* name, const char* effect, double onAt, double offAt)
{
    resilience::FlagConfig config;
    config.name = name;
    config.effect = effect;
    config.onAt = onAt;
    config.offAt = offAt;
    return config;
}

struct Share {
    const char* name;
    const char* words;
    double value;
};

std::array<Share, 4> sharesOf(const EnginePressure& pressure)
{
    return {{{"store_queue", "of the store's queue is taken", pressure.storeQueue},
             {"evaluation", "of the time between two readings is needed for one", pressure.evaluation},
             {"late_scrapes", "of the scrapes begin late", pressure.lateScrapes},
             {"processor", "of the processors is used by Holdfast", pressure.processor}}};
}

Share worstOf(const EnginePressure& pressure)
{
    const auto shares = sharesOf(pressure);
    return *std::ranges::max_element(shares, {}, &Share::value);
}

}  // namespace

Overload::Overload(const Clock& clock)
    : m_steps{resilience::DegradationFlag(step("slower-repaint", "charts move once a second", 0.6, 0.4), clock),
              resilience::DegradationFlag(step("wider-step", "charts show half as many points", 0.75, 0.5), clock),
              resilience::DegradationFlag(
                  step("slower-scrape", "services of tier 3 are read every second time", 0.9, 0.6), clock)}
{
}

void Overload::observe(const EnginePressure& pressure)
{
    const double worst = worstOf(pressure).value;
    for (resilience::DegradationFlag& flag : m_steps)
        flag.setPressure(worst);
    const MutexLock lock(m_mutex);
    m_pressure = pressure;
}

int Overload::level() const
{
    return static_cast<int>(std::ranges::count_if(m_steps, &resilience::DegradationFlag::on));
}

std::vector<std::string> Overload::steps() const
{
    std::vector<std::string> names;
    for (const resilience::DegradationFlag& flag : m_steps)
        if (flag.on())
            names.push_back(flag.name());
    return names;
}

std::string Overload::reason() const
{
    if (level() == 0)
        return {};
    const MutexLock lock(m_mutex);
    const Share worst = worstOf(m_pressure);
    return std::to_string(std::lround(worst.value * 100)) + " % " + worst.words;
}

std::vector<api::OwnMetrics::Reading> Overload::readings() const
{
    std::vector<api::OwnMetrics::Reading> out;
    for (const resilience::DegradationFlag& flag : m_steps)
        out.push_back({.name = "holdfast_degraded",
                       .help = "1 while this part of the work is left out because of overload.",
                       .value = flag.on() ? 1.0 : 0.0,
                       .labels = {{"name", flag.name()}}});
    const MutexLock lock(m_mutex);
    for (const Share& share : sharesOf(m_pressure))
        out.push_back({.name = "holdfast_pressure_ratio",
                       .help = "How near the engine is to what it can bear, 0 to 1, by what presses.",
                       .value = share.value,
                       .labels = {{"of", share.name}}});
    return out;
}

}  // namespace holdfast::engine
