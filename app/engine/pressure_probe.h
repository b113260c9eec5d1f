#pragma once

#include "app/engine/overload.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_counters.h"

#include <cstdint>
#include <deque>

namespace holdfast::engine {

/// Makes shares of what the parts count: over the last 10 s, so that one slow second is no overload.
/// One thread at a time.
class PressureProbe {
public:
    struct Counted {
        std::int64_t atNs = 0;  ///< monotonic
        double processorSeconds = 0;
        scrape::ScrapeCounters scrapes = {};
        double signalsSeconds = 0;  ///< spent on reading the signals, since the start
    };

    /// `processors`: how many this process may use.
    explicit PressureProbe(int processors) : m_processors(processors) {}

    [[nodiscard]] EnginePressure read(const Counted& now, const store::StoreStats& store);

private:
    const int m_processors;
    std::deque<Counted> m_past;
};

}  // namespace holdfast::engine
