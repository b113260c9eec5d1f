#pragma once

#include "widgets/client/api_client.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace holdfast::widgets {

struct ViewContext;

/// A range with a name that a person says: an incident, the shift, what was since the last deploy.
struct NamedRange {
    QString name;
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    bool live = false;  ///< goes on with now
};

/// Knows such ranges. Deploys are asked of the engine's events; the rest the window has at hand. Thread: gui.
class NamedRanges {
public:
    explicit NamedRanges(const ViewContext& context);

    /// The last incidents with a quarter of an hour around them, and the shift.
    [[nodiscard]] std::vector<NamedRange> known() const;
    /// "this shift", "INC-142", "this incident" (the newest); nothing where `typed` names none. In English and as the
    /// language of the window says it.
    [[nodiscard]] std::optional<NamedRange> named(const QString& typed) const;
    /// "since deploy", "since the last deploy".
    [[nodiscard]] static bool meansDeploy(const QString& typed);
    /// Since the last deploy of the service in view, else of all, within 7 days; nothing: none is known.
    /// `then` is called at once or later, at most once, and not after this is gone.
    void askDeploy(std::function<void(const std::optional<NamedRange>&)> then);

private:
    [[nodiscard]] NamedRange ofIncident(qsizetype index) const;
    [[nodiscard]] NamedRange ofShift() const;

    const ViewContext& m_context;
    RequestSlot m_slot;
};

}  // namespace holdfast::widgets
