#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::control {

enum class Kind;

/// What a state means to traffic, whatever a system calls it. Ascending by how much it takes away.
enum class Meaning {
    Unknown,    ///< says nothing; never shown as normal
    Normal,     ///< passing, as the system decides
    Trying,     ///< half-open, warming up
    Reduced,    ///< part of the traffic or of the function is taken away: a flag on, 10 %, draining
    Rejecting,  ///< nothing passes
    Bypassed,   ///< protection is off
};
[[nodiscard]] const char* word(Meaning meaning);  ///< "unknown" "normal" "trying" "reduced" "rejecting" "bypassed"

/// One state that a control can be in.
struct StateInfo {
    std::string state;  ///< as in Reading::state
    std::string word;   ///< "OPEN – rejecting calls"
    Meaning meaning = Meaning::Unknown;
    bool forced = false;  ///< somebody's hand, not the system's own doing
};

/// One mode that can be asked for.
struct Option {
    std::string value;  ///< the mode to ask for
    std::string label;  ///< "Open breaker", "Release"
};

/// Any number in [least, most] can be asked for, as decimal text without exponent.
struct NumberRange {
    double least = 0;
    double most = 0;
    bool whole = true;
    std::string unit;  ///< "%", "connections", or empty
};

/// What can be asked of a control and how long it stays so; shared by all controls that are alike. Immutable.
struct ControlShape {
    std::vector<StateInfo> states;      ///< ascending: the worst of mixed instances is the one further down
    std::vector<Option> options;        ///< the way back last
    std::optional<NumberRange> number;  ///< besides the options
    std::size_t mostText = 0;           ///< > 0: also any text up to so many bytes
    /// The mode that lets the system decide ("auto", "ready"); it needs no hold. Empty: there is none, and what is put
    /// back is the mode that was read right before.
    std::string resting;
    bool nativeHold = false;       ///< the system itself ends a hold, so that it ends without Holdfast too
    bool lostOnRestart = false;    ///< a restart of the system forgets what was asked for
    std::int64_t fadesAfterS = 0;  ///< > 0: the system takes it back by itself after so long; the hold does not hold
    std::string countsNothing;     ///< which counters stand still while it is forced, in words; else empty
    std::string readOnly;          ///< why nothing can be asked for, in words; empty: it can

    [[nodiscard]] const StateInfo* find(std::string_view state) const;
    [[nodiscard]] bool accepts(std::string_view mode) const;  ///< an option, a number in range, or a text
};
using ControlShapePtr = std::shared_ptr<const ControlShape>;

/// The shape of the breakers and flags of app/resilience: "auto", native holds. For tests and adapters alike.
[[nodiscard]] ControlShapePtr protocolShape(Kind kind);

/// Decimal text without needless zeros ("100.0" → "100"), so that what is read back compares equal with what was asked
/// for. What is no number is unchanged.
[[nodiscard]] std::string plainNumber(std::string_view text);

}  // namespace holdfast::control
