#include "app/engine/pressure_probe.h"

#include <algorithm>

namespace holdfast::engine {

namespace {

constexpr std::int64_t kSpanNs = 10'000'000'000;
constexpr std::int64_t kLeastSpanNs = 5'000'000'000;
constexpr std::uint64_t kFewScrapes = 20;

double share(double part, double whole)
{
    return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : 0.0;
}

}  // namespace

EnginePressure PressureProbe::read(const Counted& now, const store::StoreStats& store)
{
    m_past.push_back(now);
    while (m_past.size() > 2 && now.atNs - m_past[1].atNs >= kSpanNs)
        m_past.pop_front();
    const Counted& then = m_past.front();

    EnginePressure pressure;
    pressure.storeQueue = share(static_cast<double>(store.queueDepth), static_cast<double>(store.queueCapacity));
    const double seconds = static_cast<double>(now.atNs - then.atNs) / 1e9;
    if (now.atNs - then.atNs < kLeastSpanNs)
        return pressure;
    pressure.evaluation = share(now.signalsSeconds - then.signalsSeconds, seconds);
    pressure.processor = share(now.processorSeconds - then.processorSeconds, seconds * m_processors);
    const std::uint64_t scrapes = now.scrapes.scrapes - then.scrapes.scrapes;
    if (scrapes >= kFewScrapes)
        pressure.lateScrapes =
            share(static_cast<double>(now.scrapes.late - then.scrapes.late), static_cast<double>(scrapes));
    return pressure;
}

}  // namespace holdfast::engine
