#pragma once

#include "app/model/label_set.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::scrape {

enum class TargetHealth { Unknown, Up, Down };

/// "unknown", "up", "down", as the API says it.
[[nodiscard]] const char* healthWord(TargetHealth health);

/// One scrape that is over.
struct ScrapeRecord {
    std::int64_t atMs = 0;
    double durationMs = 0;
    std::uint64_t samples = 0;
    std::string error;  ///< empty: it went well
};

/// A person wants a target left alone for a while: it is not scraped, and its series end as if it had gone.
struct TargetPause {
    std::int64_t untilMs = 0;  ///< wall clock; 0: it is scraped
    std::string actor;
    std::string reason;
};

/// What was observed of one target. Value type, a copy of the moment.
struct TargetStatus {
    std::string job;
    std::string instance;
    std::string scrapePool;     ///< job_name of the section it comes from
    std::string url;            ///< without credentials
    LabelSet labels;            ///< what its series carry
    LabelSet discoveredLabels;  ///< before relabeling
    TargetHealth health = TargetHealth::Unknown;
    std::string lastError;          ///< in the words of libcurl, libc or the parser; empty when up
    std::string lastErrorWords;     ///< one sentence for a person: what happened and what to look at
    std::int64_t lastScrapeMs = 0;  ///< wall clock; 0: never yet
    double durationMs = 0;
    std::int64_t intervalMs = 0;
    std::int64_t timeoutMs = 0;
    std::uint64_t samples = 0;
    std::uint64_t seriesAdded = 0;
    std::vector<ScrapeRecord> history;  ///< the last ten, oldest first
    std::string breaker = "closed";     ///< closed, open, half_open
    /// Its clock ahead of ours by its Date header, which has whole seconds: true to ± 0.5 s and half the way there.
    std::optional<std::int64_t> skewMs;
    TargetPause pause;
};

/// A discovered target that relabeling dropped, with what it looked like.
struct DroppedTarget {
    std::string scrapePool;
    LabelSet discoveredLabels;
};

struct TargetsSnapshot {
    std::vector<TargetStatus> active;  ///< by scrape pool, then URL
    std::vector<DroppedTarget> dropped;
    std::vector<std::string> discoveryErrors;  ///< "file_sd targets.json: …": the old targets stay in force
    bool offlineSuspected = false;             ///< more than half became unreachable within one interval
};

}  // namespace holdfast::scrape
