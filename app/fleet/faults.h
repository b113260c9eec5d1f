#pragma once

#include "app/fleet/service.h"
#include "app/resilience/degradation_flag.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace holdfast::fleet {

enum class FaultKind {
    Slow,       ///< every request takes `amount` ms longer
    Errors,     ///< a share `amount` of the requests is answered 500
    Down,       ///< every request is answered 500 at once
    Stall,      ///< every request is held until its caller gives up, as when packets are lost
    Refuse,     ///< the port does not answer at all
    Flap,       ///< down for `amount` seconds, well for as long, and again; begins down
    Memory,     ///< `amount` KiB a second are allocated, written to and kept, until mostGrownBytes or its end
    Pause,      ///< every second stands still for `amount` ms, as a runtime that collects garbage does
    Restart,    ///< the process ends and starts anew, once; its counters begin at zero
    BadDeploy,  ///< a new version is rolled out that fails `amount` of the requests and is slower; its end rolls back
};

struct FaultConfig {
    FaultKind kind = FaultKind::Slow;
    double amount = 0;
    std::string effect;
};

[[nodiscard]] const char* nameOf(FaultKind kind);

/// The bound of a leak, a little below the limit an instance is given (memoryLimitBytes).
inline constexpr std::size_t mostGrownBytes = 42ULL << 20;

/// What can be broken in one instance, each a flag of kind "fault" named fault-slow, fault-errors …: switched over the
/// control protocol, with a lease like any other, so that nothing stays broken by accident. Thread-safe.
class Faults {
public:
    Faults(const std::vector<FaultConfig>& configs, Parts& parts);

    /// Nothing: go on with the request, perhaps later than it came. Otherwise the answer. Waits.
    [[nodiscard]] std::optional<HttpAnswer> meet(const Visit& visit);
    [[nodiscard]] bool on(FaultKind kind) const;
    /// Of a fault that is on; 0 otherwise.
    [[nodiscard]] double amount(FaultKind kind) const;
    /// Once a second: grows or frees. Thread: tick.
    void tick();
    [[nodiscard]] std::size_t grownBytes() const { return m_grownBytes; }

private:
    struct Fault {
        FaultConfig config;
        std::unique_ptr<resilience::DegradationFlag> flag;
    };
    [[nodiscard]] bool isDownNow(const Fault& flapping) const;

    Parts& m_parts;
    std::vector<Fault> m_faults;
    std::vector<std::vector<char>> m_grown;  ///< Thread: tick
    std::atomic<std::size_t> m_grownBytes{0};
};

}  // namespace holdfast::fleet
