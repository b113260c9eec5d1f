#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// What the engine says of itself (`GET /holdfast/v1/status`). Times in ms since the epoch. Immutable once shared.
struct Status {
    struct Targets {
        std::int64_t total = 0;
        std::int64_t up = 0;
        std::int64_t down = 0;
        std::int64_t unknown = 0;
        std::int64_t lastScrapeMs = 0;
        std::int64_t intervalMs = 0;
        QStringList discoveryErrors;
        bool offlineSuspected = false;  ///< more than half became unreachable within one interval
    };
    /// Of targets, against the engine's; positive: ahead.
    struct Clocks {
        std::int64_t known = 0;
        std::int64_t off = 0;  ///< by more than two seconds
        std::optional<std::int64_t> worstMs;
        QString worst;  ///< its instance
    };
    struct Rules {
        std::int64_t rules = 0;
        std::int64_t lastEvaluationMs = 0;
        std::int64_t lateMs = 0;
        std::int64_t failing = 0;
    };
    struct Store {
        QString file;
        std::int64_t bytes = 0;
        std::int64_t oldestMs = 0;
        std::int64_t newestMs = 0;
        std::int64_t series = 0;
        std::int64_t queueDepth = 0;
        std::int64_t queueCapacity = 0;
        std::int64_t refusedBatches = 0;
        std::int64_t corruptChunks = 0;
        std::int64_t lostCommits = 0;
        QString writeError;
        std::optional<std::int64_t> diskFree;  ///< bytes
        std::optional<std::int64_t> diskBytes;
        std::optional<std::int64_t> fullInMs;  ///< if it grows on as it did

        /// Less than 2 % of the disk is free.
        [[nodiscard]] bool nearlyFull() const { return diskFree && diskBytes && *diskFree * 50 < *diskBytes; }
    };
    struct Armed {
        QString group;
        std::int64_t untilMs = 0;
    };
    struct Holds {
        std::int64_t count = 0;
        std::optional<std::int64_t> nextEndMs;
        std::int64_t overdue = 0;
        std::int64_t keptByEngine = 0;  ///< of all; the others end in their services, without the engine
    };
    struct Incidents {
        std::int64_t open = 0;
        std::int64_t unacknowledged = 0;
        std::optional<std::int64_t> lastClosedMs;
    };

    struct Replayed {
        std::int64_t incident = 0;
        std::int64_t startMs = 0;
        std::int64_t endMs = 0;
    };

    struct Overload {
        QStringList steps;  ///< "slower-repaint", "wider-step", "slower-scrape", in this order
        QString why;
    };

    QString version;
    std::int64_t nowMs = 0;
    std::int64_t startedMs = 0;
    QString operatorName;  ///< who acts, where the configuration says so
    QString environment;   ///< "DEMO", "PROD", …; shown in words
    QString configFile;
    QString configError;
    Targets targets;
    Clocks clocks;
    Rules rules;
    Store store;
    std::vector<Armed> armed;
    std::int64_t controls = 0;
    std::optional<Replayed> replay;  ///< this engine replays a bundle; its clock stands at the end
    Holds holds;
    Overload overload;
    Incidents incidents;
};

[[nodiscard]] Result<Status> decodeStatus(const QByteArray& body);

}  // namespace holdfast::widgets
