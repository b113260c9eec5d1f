#pragma once

#include "app/base/result.h"
#include "app/config/config.h"
#include "app/control/control_point.h"
#include "app/control/control_shape.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

/// One instance (or server of a cluster) that can be steered, and how it is reached. Tokens are in memory only.
struct Endpoint {
    std::string group;
    std::string job;
    std::string instance;  ///< as in the target's label, or the fixed endpoint as configured
    std::string address;   ///< raw: the fixed endpoint as configured ("unix:/run/haproxy.sock", "host:port"), or the
                           ///< metrics URL of the scraped target
    std::string url;       ///< made by Adapter::urlFor(): base, without slash at the end
    std::string readToken;
    std::string actToken;
    std::int64_t timeoutMs = 5'000;
    std::int64_t intervalMs = 0;  ///< between two scrapes of the instance; 0: not scraped
};

/// Names a control on one instance, exactly as the system listed it.
struct ControlKey {
    Kind kind = Kind::Breaker;
    std::string name;
    auto operator<=>(const ControlKey&) const = default;
};

/// What a system says of one control.
struct Reading {
    ControlKey key;
    std::string service;   ///< where one system steers several services; empty: Listing::service
    std::string callee;    ///< breakers: whom it guards
    std::string flagKind;  ///< flags: degradation, feature, fault
    std::string effect;    ///< what users notice, in words
    /// What was asked for, as the value that asking for again would put back. Comparable: equal text is equal meaning.
    std::string mode;
    std::string state;            ///< what it does: a state of its shape, or a number, or a text; empty: unknown
    std::string computed;         ///< what the system would do by itself, where it tells; else empty
    std::string revision;         ///< changes with every change of mode; empty where the system has none
    std::string keep;             ///< what putting this back needs beyond the mode; stored, so no secrets
    std::int64_t holdEndsMs = 0;  ///< native hold, ms since the epoch; 0: none
    std::string holdRequest;      ///< request id of that hold
    std::string holdActor;
    std::optional<double> failureRatio;  ///< [0, 1]
    std::string locked;                  ///< why this one cannot be acted on, in words; empty: it can
    /// PromQL that is 1 where the metrics agree with `state`, 0 where they do not, and empty where they say nothing:
    /// the second path. Empty: MetricView is asked by service, name and instance.
    std::string metricExpr;
};

/// What a probe with a list finds on one instance. The only source of ids: what is not in it is never acted on.
struct Listing {
    std::string service;  ///< empty: the job of the endpoint
    std::string version;
    std::int64_t startedMs = 0;  ///< of the system, where it tells; a later one is a restart
    std::vector<Reading> readings;
    std::vector<std::string> warnings;
};

/// One change on one instance.
struct Change {
    ControlKey key;
    std::string mode;
    std::int64_t ttlS = 0;  ///< hold, for systems that keep it; 0: without end or the resting mode
    std::string reason;
    std::string actor;
    std::string requestId;          ///< the same for the same intent
    std::string ifRevision;         ///< precondition; empty: unconditional
    std::optional<Reading> before;  ///< read right before on this instance, for read-modify-write and conditions
    bool putsBack = false;          ///< this is the way back of a hold of ours
    std::string keep;               ///< putsBack: Reading::keep of what is put back
};

/// What became of sending one change. It proves nothing but itself: the outcome is what a read shows afterwards.
struct Receipt {
    enum class Kind {
        Accepted,
        Rejected,     ///< said no, also in the body of a 2xx
        Conflict,     ///< the precondition did not hold; the message tells the other's value where it is known
        Denied,       ///< credentials or rights
        Unreachable,  ///< no byte left
        Ambiguous,    ///< sent, or perhaps sent, and no whole answer came
    };
    Kind kind = Kind::Unreachable;
    int status = 0;
    std::string message;  ///< in words, without secrets
    std::int64_t latencyMs = 0;
};

/// What another path than the one that was written to shows of a change.
struct Proof {
    enum class Kind {
        None,       ///< there is no other path
        Agrees,     ///< it is in force there too
        Disagrees,  ///< it is not, or not yet
        Silent,     ///< the path could not be asked, or tells nothing of this control
    };
    Kind kind = Kind::None;
    std::string words;  ///< "metrics: closed", "OFREP answers off"; without secrets
};

/// How one kind of system is listed, read and changed. Every call blocks at most the endpoint's timeout and throws
/// nothing. Thread-safe; keeps no state of instances, though it may keep connections.
///
/// The core relies on:
///  * read() of a control that the system does not list is NotFound, and creates nothing (ghost controls).
///  * apply() sends a change once at most, judges the whole answer (a 2xx whose body says no is Rejected), and says
///    Ambiguous whenever a byte may have left and no whole answer came.
///  * mode as read compares equal with mode as asked for (see plainNumber()).
///  * no secret is in any text that is handed out.
/// Never offered by any adapter: shutting a system down, irreversible drains, deleting what others made.
class Adapter {
public:
    virtual ~Adapter() = default;

    [[nodiscard]] virtual Result<Listing> list(const Endpoint& endpoint) const = 0;
    [[nodiscard]] virtual Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const = 0;
    /// The request (or command) as it would be sent, without secrets; one line, one that can be copied.
    [[nodiscard]] virtual std::string describe(const Endpoint& endpoint, const Change& change) const = 0;
    [[nodiscard]] virtual Receipt apply(const Endpoint& endpoint, const Change& change) const = 0;
    /// What can be asked of this control. Never null; cheap, the same pointer for controls that are alike.
    [[nodiscard]] virtual ControlShapePtr shape(const Reading& reading) const = 0;

    /// One made-up reading of each kind of control that the adapter knows, named NAME: `check control` shows what would
    /// be sent for each of its options.
    [[nodiscard]] virtual std::vector<Reading> examples() const = 0;

    /// Whether `after` shows that the change is in force. Default: the same mode, and for breakers and flags a state
    /// that goes with it.
    [[nodiscard]] virtual bool fulfils(const Change& change, const Reading& after) const;
    /// Another path's word on a change that was read back. Default: None.
    [[nodiscard]] virtual Proof prove(const Endpoint& endpoint, const Change& change) const;
    [[nodiscard]] virtual Scope scope() const { return Scope::Instance; }
    /// Endpoint::url of a raw address. Default: "http://host:port" (or the address's own scheme) and the group's path.
    [[nodiscard]] virtual std::string urlFor(const std::string& address, const std::string& path) const;
};
using AdapterPtr = std::shared_ptr<const Adapter>;

/// Another path that a group asks for (setting `verify`), e.g. OFREP. Thread-safe.
class Verifier {
public:
    virtual ~Verifier() = default;
    [[nodiscard]] virtual Proof prove(const Endpoint& endpoint, const Change& change) const = 0;
};
using VerifierPtr = std::shared_ptr<const Verifier>;

/// The adapter that a group names: a built-in one, else a preset (built-in name or a YAML file's path), with the
/// group's settings taken in. NotFound with the names there are; BadInput in words for settings that are wrong.
[[nodiscard]] Result<AdapterPtr> makeAdapter(const config::ControlGroupConfig& group);

/// The verifier that the group's setting `verify` names; null where it names none.
[[nodiscard]] Result<VerifierPtr> makeVerifier(const config::ControlGroupConfig& group);

}  // namespace holdfast::control
