#pragma once

#include "app/control/adapter.h"
#include "app/control/adapters/preset_context.h"
#include "app/control/adapters/preset_request.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace holdfast::control {

/// One call on one endpoint: everything it asks is asked once, and all of it together has the endpoint's time, or the
/// preset's where that is shorter. Blocks; what `context` and `endpoint` refer to outlives it.
class PresetVisit {
public:
    PresetVisit(PresetContext context, const Endpoint& endpoint);

    [[nodiscard]] const PresetContext& context() const { return m_context; }
    /// Every control that is listed, with what is read of it.
    [[nodiscard]] Result<std::vector<Reading>> listAll();
    [[nodiscard]] Result<Reading> readOne(const std::string& name);
    /// One source on its own; `token` in the place of the reading token.
    [[nodiscard]] Result<Reading> readFrom(const PresetSource& source, const std::string& name,
                                           const std::string& token) const;
    /// Sends what comes before the change, captures what `values` lack, then sends the change.
    [[nodiscard]] Receipt perform(const PresetAct& act, PresetValues values) const;

private:
    using Answer = Result<PresetReply>;

    [[nodiscard]] HttpAnswer send(HttpRequest request) const;
    [[nodiscard]] Answer fetch(const PresetRequest& request, const std::string& token,
                               const PresetValues& values) const;
    [[nodiscard]] std::optional<Receipt> prepare(const PresetAct& act, const PresetStep& step,
                                                 PresetValues& values) const;
    [[nodiscard]] std::size_t takeNames(const PresetSource& source, const PresetReply& reply,
                                        std::set<std::string>& found, std::vector<Reading>* readings) const;
    [[nodiscard]] Result<std::set<std::string>> names(std::vector<Reading>* readings);

    PresetContext m_context;
    const Endpoint& m_endpoint;
    const std::chrono::steady_clock::time_point m_deadline;
    std::optional<Answer> m_sharedRead;  ///< of a read whose request is the same for all controls
};

}  // namespace holdfast::control
