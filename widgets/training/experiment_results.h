#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace holdfast::widgets {

/// One run of an experiment, as `holdfast demo --experiment` wrote it. Shares are in [0, 1]; NaN where nothing was
/// measured. Units and meaning: app/fleet/experiments/RESULTS.md. Value type.
struct ExperimentRun {
    QString label;
    bool practice = false;
    bool disturbed = false;  ///< the computer was busy: bad before the fault already
    double goodputBefore = 0;
    double goodputDuring = 0;
    double goodputAfter = 0;
    double errors = 0;
    double p99Ms = 0;
    double peakQueue = 0;
    std::optional<double> recoveryMs;  ///< none: not before the run ended
    struct Extra {
        QString name;
        double value = 0;
        QString unit;
    };
    std::vector<Extra> more;
    std::vector<double> goodput;  ///< a value a step
    std::vector<double> pane;     ///< what the experiment explains itself by
};

struct ExperimentRecord {
    QString name;
    QString practice;
    QString question;
    QString setup;
    QString judged;
    QString paneTitle;
    QString finding;
    QStringList services;
    double goodWithinMs = 0;
    double lengthS = 0;
    double stepS = 0.5;
    double faultFromS = 0;
    double faultUntilS = 0;
    std::vector<ExperimentRun> runs;
};

struct ExperimentBook {
    QString date;
    qint64 seed = 0;
    std::vector<ExperimentRecord> experiments;

    /// Null when there is none of that name.
    [[nodiscard]] const ExperimentRecord* find(const QString& name) const;
};

/// Reads results.json. Errors: BadInput, saying what was expected.
[[nodiscard]] Result<ExperimentBook> parseExperimentBook(const QByteArray& json);
[[nodiscard]] Result<ExperimentBook> readExperimentBook(const QString& file);

}  // namespace holdfast::widgets
