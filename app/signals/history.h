#pragma once

#include "app/signals/fleet_model.h"
#include "app/signals/series_reader.h"

#include <cstdint>
#include <map>
#include <string>

namespace holdfast::signals {

/// How long each service's series go back; burn-rate rules must not speak of three days after three minutes. Asked once
/// a service, then only counted on. One thread at a time.
class History {
public:
    /// Seconds of history by service at reader.t(), at most three days; services without scraped instances are missing.
    [[nodiscard]] std::map<std::string, double> at(const SeriesReader& reader, const FleetModel& fleet);

private:
    std::map<std::string, std::int64_t> m_firstMs;
};

}  // namespace holdfast::signals
