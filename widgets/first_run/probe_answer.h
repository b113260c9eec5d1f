#pragma once

#include "app/base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// One signal that a test scrape looked for.
struct ProbeSignal {
    QString id;  ///< requests errors latency headroom queue retries breakers flags
    bool found = false;
    QStringList metrics;
    QString gap;  ///< what is missing and what to do, in words
};

/// What one test scrape told (`POST /holdfast/v1/probe`).
struct ProbeAnswer {
    QString url;
    QString job;  ///< a name to suggest
    double durationMs = 0;
    std::int64_t samples = 0;
    std::int64_t metrics = 0;
    QString profile;
    QString profileTitle;
    QStringList services;
    QStringList breakers;
    std::vector<ProbeSignal> signalList;
    QString error;
    QString errorWords;

    [[nodiscard]] bool readable() const { return error.isEmpty(); }
};

[[nodiscard]] Result<ProbeAnswer> decodeProbe(const QByteArray& body);

/// "Found: Micrometer and Resilience4j, 3 services, 4 breakers · 812 samples in 4.2 ms".
[[nodiscard]] QString foundText(const ProbeAnswer& answer);
/// "Latency", "Circuit breakers": a signal's name for people.
[[nodiscard]] QString signalName(const QString& id);

}  // namespace holdfast::widgets
