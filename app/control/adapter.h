#pragma once

#include "app/base/result.h"
#include "app/control/control_point.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

/// One instance that can be steered, and how it is reached. Tokens are in memory only.
struct Endpoint {
    std::string group;
    std::string job;
    std::string instance;  ///< as in the target's label
    std::string url;       ///< base, without slash at the end
    std::string readToken;
    std::string actToken;
    std::int64_t timeoutMs = 5'000;
};

/// Names a control on one instance, exactly as the instance listed it.
struct ControlKey {
    Kind kind = Kind::Breaker;
    std::string name;
    auto operator<=>(const ControlKey&) const = default;
};

/// What a system says of one control.
struct Reading {
    ControlKey key;
    std::string callee;
    std::string flagKind;
    std::string effect;
    std::string mode;             ///< what was asked for
    std::string state;            ///< what it does
    std::string revision;         ///< changes with every change of mode; empty where the system has none
    std::int64_t holdEndsMs = 0;  ///< native hold, 0: none
    std::string holdRequest;      ///< request id of that hold
    std::string holdActor;
    std::optional<double> failureRatio;
};

/// What a probe with a list finds on one instance.
struct Listing {
    std::string service;
    std::string version;
    std::int64_t startedMs = 0;
    std::vector<Reading> readings;
};

/// One change on one instance.
struct Change {
    ControlKey key;
    std::string mode;
    std::int64_t ttlS = 0;  ///< for "auto": not used
    std::string reason;
    std::string actor;
    std::string requestId;   ///< the same for the same intent
    std::string ifRevision;  ///< empty: unconditional
};

/// What became of sending one change. It proves nothing but itself: the outcome is what a read shows afterwards.
struct Receipt {
    enum class Kind { Accepted, Rejected, Conflict, Denied, Unreachable, Ambiguous };
    Kind kind = Kind::Unreachable;
    int status = 0;
    std::string message;  ///< in words, without secrets
    std::int64_t latencyMs = 0;
};

/// How one kind of system is listed, read and changed. Every call blocks at most the endpoint's timeout, and sends a
/// change once at most. Thread-safe; keeps no state of instances.
class Adapter {
public:
    virtual ~Adapter() = default;

    [[nodiscard]] virtual Result<Listing> list(const Endpoint& endpoint) const = 0;
    [[nodiscard]] virtual Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const = 0;
    /// The request as it would be sent, without secrets.
    [[nodiscard]] virtual std::string describe(const Endpoint& endpoint, const Change& change) const = 0;
    [[nodiscard]] virtual Receipt apply(const Endpoint& endpoint, const Change& change) const = 0;

    /// Modes that can be asked for, the way back ("auto") last.
    [[nodiscard]] virtual std::vector<Option> options(Kind kind) const = 0;
    /// Whether the system itself ends a hold, so that it ends without Holdfast too.
    [[nodiscard]] virtual bool keepsHolds() const = 0;
};

/// The adapter of that name; NotFound with the names there are.
[[nodiscard]] Result<std::shared_ptr<const Adapter>> makeAdapter(std::string_view name);

}  // namespace holdfast::control
