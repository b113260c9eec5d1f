#pragma once

#include "app/base/result.h"

#include <QMap>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

struct ScrapeRecord {
    std::int64_t atMs = 0;
    double durationMs = 0;
    std::int64_t samples = 0;
    QString error;
};

/// One scraped endpoint (`GET /holdfast/v1/targets`).
struct Target {
    QString job;
    QString instance;
    QString url;
    QMap<QString, QString> labels;
    QMap<QString, QString> discovered;  ///< before relabelling; empty where it is not told
    QString health;                     ///< up down unknown disabled
    std::int64_t lastScrapeMs = 0;
    std::int64_t ageMs = 0;
    double durationMs = 0;
    std::int64_t intervalMs = 0;
    std::int64_t timeoutMs = 0;
    std::int64_t samples = 0;
    std::int64_t seriesAdded = 0;
    QString error;
    QString errorWords;
    std::vector<ScrapeRecord> history;
    QString breaker;
    QString profile;
    std::optional<std::int64_t> skewMs;  ///< its clock ahead of the engine's; not told by all
    std::int64_t disabledUntilMs = 0;    ///< 0: it is scraped
    QString disabledBy;
    QString disabledReason;
};

struct TargetList {
    std::vector<Target> targets;
};

[[nodiscard]] Result<TargetList> decodeTargets(const QByteArray& body);

}  // namespace holdfast::widgets
