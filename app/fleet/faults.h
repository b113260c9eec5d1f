#pragma once

#include "app/fleet/service.h"
#include "app/resilience/degradation_flag.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::fleet {

enum class FaultKind {
    Slow,    ///< every request takes `amount` ms longer
    Errors,  ///< a share `amount` of the requests is answered 500
    Down,    ///< every request is answered 500 at once
    Stall,   ///< every request is held until its caller gives up, as when packets are lost
    Refuse,  ///< the port does not answer at all
};

struct FaultConfig {
    FaultKind kind = FaultKind::Slow;
    double amount = 0;
    std::string effect;
};

/// What can be broken in one instance, each a flag of kind "fault" named fault-slow, fault-errors …: switched over the
/// control protocol, with a lease like any other, so that nothing stays broken by accident. Thread-safe.
class Faults {
public:
    Faults(const std::vector<FaultConfig>& configs, Parts& parts);

    /// Nothing: go on with the request, perhaps later than it came. Otherwise the answer. Waits.
    [[nodiscard]] std::optional<HttpAnswer> meet(const Visit& visit);
    [[nodiscard]] bool refuses() const;

private:
    struct Fault {
        FaultConfig config;
        std::unique_ptr<resilience::DegradationFlag> flag;
    };
    Parts& m_parts;
    std::vector<Fault> m_faults;
};

}  // namespace holdfast::fleet
