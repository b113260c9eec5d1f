#pragma once

#include "app/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace holdfast::config {

/// A scrape job as a person adds it: one endpoint.
struct NewJob {
    std::string name;
    std::string scheme = "http";
    std::string target;  ///< "host:port"
    std::string metricsPath = "/metrics";
    std::map<std::string, std::string> params;
    std::int64_t intervalMs = 5'000;
};

/// `yaml` with the job as the last of `scrape_configs`; where a job of that name is there and reads its endpoints in
/// the same way, with the target in its first list of targets. All else — comments, order, spacing — stays as it was;
/// an empty text becomes a whole file. Conflict for an endpoint that is scraped already, or a name that is taken by a
/// job that differs; BadInput for a text that is no YAML, or is written in a way that cannot be extended without being
/// written anew.
[[nodiscard]] Result<std::string> withJob(std::string_view yaml, const NewJob& job);

/// `yaml` with the relative paths in it (rule files, file_sd, certificates, secrets) resolved against `folder`, so that
/// it may stand elsewhere. Comments stay.
[[nodiscard]] Result<std::string> withAbsolutePaths(std::string_view yaml, const std::string& folder);

}  // namespace holdfast::config
