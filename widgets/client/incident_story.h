#pragma once

#include "widgets/client/incident.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// What a person said is not to be told for a while. Times in ms since the epoch.
struct Shelf {
    std::int64_t id = 0;
    QString alert;    ///< empty: any
    QString service;  ///< empty: any
    QString actor;
    QString reason;
    std::int64_t createdMs = 0;
    std::int64_t untilMs = 0;
    bool untilClear = false;
    std::int64_t firing = 0;
};

struct ShelfList {
    std::vector<Shelf> shelves;
};

struct StandingList {
    std::vector<IncidentSignal> alerts;
};

/// An earlier incident like this one, and what was done then.
struct SimilarIncident {
    struct Done {
        std::int64_t atMs = 0;
        QString text;
        QString effect;  ///< improved worse no_clear_change too_early confounded, or empty
    };
    std::int64_t id = 0;
    QString title;
    std::int64_t openedMs = 0;
    std::optional<std::int64_t> resolvedMs;
    QStringList why;
    std::vector<Done> done;
};

struct SimilarList {
    std::vector<SimilarIncident> similar;
};

/// Before and after an action, a deploy, a flag or a restart.
struct ChangeEffect {
    struct Line {
        QString signal;
        std::optional<double> before;
        std::optional<double> now;
        QString verdict;
    };
    std::int64_t ofMs = 0;
    QString of;
    QString service;
    QString actor;
    QString what;
    QString state;    ///< ready too_early confounded
    QString verdict;  ///< improved worse mixed no_clear_change too_early
    QString text;
    QString because;  ///< why it is confounded
    std::vector<Line> lines;
    std::optional<std::int64_t> incident;
};

struct EffectList {
    std::vector<ChangeEffect> effects;
};

/// Numbers of the last shift: how much the person on call was disturbed.
struct Review {
    std::int64_t incidents = 0;
    std::int64_t pages = 0;
    std::optional<double> alarmsPer10min;
    std::int64_t worst10min = 0;
    std::int64_t floods = 0;
    QString judgement;  ///< after EEMUA 191
    std::optional<double> acknowledgeMedianMs;
    std::optional<double> resolveMedianMs;
    std::optional<double> selfHealedRatio;
};

struct Replacement {
    QString kind;
    QString text;
    QString with;
    std::int64_t times = 0;
};

struct ReplacementList {
    std::vector<Replacement> replacements;
};

[[nodiscard]] Result<ShelfList> decodeShelves(const QByteArray& body);
[[nodiscard]] Result<StandingList> decodeStanding(const QByteArray& body);
[[nodiscard]] Result<SimilarList> decodeSimilar(const QByteArray& body);
[[nodiscard]] Result<EffectList> decodeEffects(const QByteArray& body);
[[nodiscard]] Result<Review> decodeReview(const QByteArray& body);
[[nodiscard]] Result<ReplacementList> decodeReplacements(const QByteArray& body);

}  // namespace holdfast::widgets
