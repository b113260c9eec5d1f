#pragma once

#include "app/base/result.h"
#include "app/control/control_book.h"
#include "app/store/appender.h"

#include <cstdint>
#include <map>
#include <string>

namespace holdfast::control {

/// Keeps for replay what no metric of a service tells: the states of servers, limits, values, actions and silences, as
/// series holdfast_control_state{service,control,kind,name,instance,state} with the value 1 while an instance is in
/// that state. Written when it changes and once a minute, so that it is found at any instant; a staleness marker ends
/// it. Breakers and flags are in the services' own metrics. One thread at a time.
class StateSamples {
public:
    /// nowMs ascends from call to call.
    [[nodiscard]] Result<void> write(store::Appender& appender, const PointMap& points, std::int64_t nowMs);

private:
    struct Living {
        SeriesId series{};
        std::int64_t writtenMs = 0;
    };
    std::map<std::string, Living> m_living;  ///< by control, instance and state
};

}  // namespace holdfast::control
