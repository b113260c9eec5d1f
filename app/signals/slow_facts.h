#pragma once

#include "app/base/result.h"
#include "app/model/sample.h"
#include "app/signals/profile.h"
#include "app/signals/series_reader.h"
#include "app/signals/service_names.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::signals {

using ServiceAndPart = std::pair<std::string, std::string>;  ///< service with instance, resource or queue
using JobAndInstance = std::pair<std::string, std::string>;

/// What changes slowly or costs much to ask, so that the engine asks it every ten seconds only. Value type.
struct SlowFacts {
    std::int64_t readMs = 0;
    std::vector<const Profile*> active;                         ///< by precedence; into the caller's list
    std::map<ServiceAndPart, std::string> version;              ///< of an instance
    std::map<ServiceAndPart, std::int64_t> startedMs;           ///< of an instance
    std::map<JobAndInstance, std::set<std::string>> owners;     ///< services an instance belongs to, where not its job
    std::map<ServiceAndPart, std::vector<Sample>> utilisation;  ///< last 30 minutes of holdfast:util
    std::map<ServiceAndPart, double> queueTrend;                ///< waiting per second, over 5 minutes
    std::map<std::string, double> errorsLastHour;               ///< ratio
};

/// Reads them at reader.t(). `profiles` is sorted by precedence and outlives the answer. Fails only when not even the
/// detection of profiles can be run.
[[nodiscard]] Result<SlowFacts> readSlowFacts(const SeriesReader& reader, std::span<const Profile> profiles,
                                              const ServiceNames& names);

/// The label that names the service, and its value: the first of the profile's labels that is not empty.
[[nodiscard]] std::pair<std::string, std::string> serviceLabel(const Profile& profile, const LabelSet& labels);

}  // namespace holdfast::signals
