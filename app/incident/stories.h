#pragma once

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/control/action.h"
#include "app/incident/effect_history.h"
#include "app/incident/handover.h"
#include "app/incident/incident_service.h"
#include "app/incident/redaction.h"
#include "app/incident/review.h"
#include "app/incident/similar.h"
#include "app/incident/then.h"
#include "app/signals/signal_service.h"
#include "app/store/querier.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::incident {

/// What stories are read from; all outlive them.
struct StoryParts {
    const store::Querier& samples;
    const store::Journal& journal;
    const promql::Engine& engine;
    const signals::SignalService& signals;
    const IncidentService& incidents;
    const Clock& clock;
    Log& log;
    std::function<std::vector<OverrideInForce>()> overrides;
    std::function<std::string()> configYaml;  ///< without secrets
    std::string version;
    std::string scratchFolder;  ///< for bundles in the making
};

/// A file to hand on.
struct StoryFile {
    std::string bytes;
    std::string contentType;
    std::string name;
    std::vector<Redactor::Replacement> replacements;
};

/// Everything that is told about incidents after the fact, and as it was known at an instant. Writes nothing but files
/// in the scratch folder. Times: milliseconds since the epoch. Thread-safe.
class IncidentStories {
public:
    explicit IncidentStories(StoryParts parts) : m_parts(std::move(parts)) {}

    [[nodiscard]] Result<std::vector<IncidentSummary>> listAt(const IncidentFilter& filter, std::int64_t t) const;
    [[nodiscard]] Result<IncidentDetail> detailAt(std::int64_t id, std::int64_t t) const;
    struct AlertsThen {
        std::int64_t atMs = 0;
        std::vector<AlertThen> alerts;
        std::vector<bool> shelved;  ///< as many
    };
    [[nodiscard]] Result<AlertsThen> alerts(std::optional<std::int64_t> t) const;
    [[nodiscard]] Result<std::vector<TargetThen>> targets(std::int64_t t) const;
    [[nodiscard]] Result<std::vector<LeaseThen>> leases(std::int64_t t) const;
    [[nodiscard]] Result<std::vector<ControlThen>> controls(std::int64_t t) const;

    /// One action as it stood; NotFound where it was not asked for yet.
    [[nodiscard]] Result<std::vector<control::Action>> actions(std::int64_t t, int limit,
                                                               std::string_view control) const;
    [[nodiscard]] Result<control::Action> action(std::int64_t id, std::int64_t t) const;
    /// In force then, or also those that had ended by then; newest first.
    [[nodiscard]] Result<std::vector<Shelf>> shelves(std::int64_t t, bool ended) const;
    /// Alerts that had fired for more than 24 h then, the oldest first.
    [[nodiscard]] Result<std::vector<IncidentSignal>> standing(std::int64_t t) const;

    // With t: as it was known then.
    using Moment = std::optional<std::int64_t>;
    [[nodiscard]] Result<std::vector<SimilarIncident>> similar(std::int64_t id, Moment t = {}) const;
    [[nodiscard]] Result<std::vector<ChangeEffect>> effects(const EffectQuery& query) const;
    [[nodiscard]] Result<Review> reviewOf(TimeRange span, std::int64_t shiftMs, Moment t = {}) const;
    [[nodiscard]] Result<Handover> handover(TimeRange span, Moment t = {}) const;

    /// format: md, html, holdfast. A bundle is always the whole recording: it is replayed at any instant.
    [[nodiscard]] Result<StoryFile> exportAs(std::int64_t id, std::string_view format,
                                             const RedactionRequest& redaction, Moment t = {}) const;

private:
    [[nodiscard]] Result<std::string> bundleOf(const IncidentDetail& incident, const RedactionRequest& redaction,
                                               Redactor& redactor) const;
    const StoryParts m_parts;
};

}  // namespace holdfast::incident
