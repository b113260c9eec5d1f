#pragma once

#include <cstdint>

namespace holdfast::scrape {

/// What the collecting side counts since start; for /metrics. Value type, a copy of the moment.
struct ScrapeCounters {
    std::uint64_t scrapes = 0;         ///< finished, whatever came out
    std::uint64_t failed = 0;          ///< of these with `up` 0
    std::uint64_t retries = 0;         ///< second attempts within one scrape
    std::uint64_t retriesRefused = 0;  ///< wanted, but the budget was empty
    std::uint64_t breakerSkipped = 0;  ///< scrapes not sent because the target's breaker was open
    std::uint64_t late = 0;            ///< started more than a tenth of the interval after their time
    std::uint64_t missed = 0;          ///< not started because the one before was still running
    std::uint64_t samples = 0;         ///< handed to the store
    std::uint64_t samplesDuplicate = 0;
    std::uint64_t samplesConflicting = 0;
    std::uint64_t samplesOutOfOrder = 0;
    std::uint64_t samplesOutOfBounds = 0;
    std::uint64_t batchesRefused = 0;  ///< by the store: a visible gap
    std::uint64_t bodyLimitHits = 0;
    std::uint64_t sampleLimitHits = 0;
    std::uint64_t labelLimitHits = 0;
    std::uint64_t bytesReceived = 0;  ///< bodies as they came over the wire
    std::uint64_t bytesParsed = 0;    ///< bodies after decompression
    std::uint64_t linesCached = 0;    ///< series lines recognised from the scrape before
    std::uint64_t linesParsed = 0;    ///< series lines read in full
    std::uint64_t targets = 0;        ///< now
    std::uint64_t targetsUp = 0;      ///< now
    std::uint64_t inFlight = 0;       ///< now
    double startDelaySeconds = 0;     ///< sum over scrapes: how much later than planned they started
};

}  // namespace holdfast::scrape
