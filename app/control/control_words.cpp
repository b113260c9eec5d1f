#include "app/control/control_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace holdfast::control {

const char* word(Kind kind)
{
    switch (kind) {
    case Kind::Breaker: return "breaker";
    case Kind::Flag: return "flag";
    case Kind::Action: return "action";
    case Kind::Server: return "server";
    case Kind::Limit: return "limit";
    case Kind::Value: return "value";
    case Kind::Silence: return "silence";
    }
    return "action";
}

Kind kindOf(std::string_view text)
{
    for (const Kind kind : {Kind::Breaker, Kind::Flag, Kind::Server, Kind::Limit, Kind::Value, Kind::Silence})
        if (text == word(kind))
            return kind;
    return Kind::Action;
}

const char* word(Quality quality)
{
    switch (quality) {
    case Quality::Unknown: return "unknown";
    case Quality::Stale: return "stale";
    case Quality::Inferred: return "inferred";
    case Quality::Confirmed: return "confirmed";
    }
    return "unknown";
}

namespace {

struct StateName {
    std::string_view state;
    std::string_view text;
};

// Ascending by how much it matters to the person who looks.
constexpr std::array kBreakerStates{StateName{"closed", "CLOSED – passing calls"},
                                    StateName{"half_open", "HALF-OPEN – trying calls"},
                                    StateName{"open", "OPEN – rejecting calls"},
                                    StateName{"forced_open", "FORCED OPEN – rejecting calls"},
                                    StateName{"forced_closed", "FORCED CLOSED – passing calls"},
                                    StateName{"disabled", "BYPASSED – breaker disabled"}};
constexpr std::array kFlagStates{StateName{"off", "OFF"}, StateName{"on", "ON"}, StateName{"forced_off", "FORCED OFF"},
                                 StateName{"forced_on", "FORCED ON"}};

template <std::size_t N>
int rankIn(const std::array<StateName, N>& states, std::string_view state)
{
    const auto found = std::ranges::find(states, state, &StateName::state);
    return found == states.end() ? -1 : static_cast<int>(found - states.begin());
}

}  // namespace

int stateRank(Kind kind, std::string_view state)
{
    return kind == Kind::Flag ? rankIn(kFlagStates, state) : rankIn(kBreakerStates, state);
}

std::string stateWord(Kind kind, std::string_view state)
{
    const int rank = stateRank(kind, state);
    if (rank < 0)
        return "UNKNOWN";
    const auto index = static_cast<std::size_t>(rank);
    return std::string(kind == Kind::Flag ? kFlagStates[index].text : kBreakerStates[index].text);
}

std::string modeText(std::string_view mode)
{
    std::string text(mode);
    std::ranges::replace(text, '_', ' ');
    return text;
}

std::string modeVerb(Kind kind, std::string_view mode)
{
    if (mode == "auto")
        return "Release";
    if (kind == Kind::Flag)
        return mode == "forced_on" ? "Switch on" : mode == "forced_off" ? "Switch off" : "Set to " + modeText(mode);
    if (mode == "forced_open")
        return "Open breaker";
    if (mode == "forced_closed")
        return "Force closed";
    if (mode == "disabled")
        return "Bypass breaker";
    return "Set to " + modeText(mode);
}

std::string actSentence(const ControlPoint& point, const std::string& mode, const std::string& where)
{
    if (point.kind == Kind::Flag && (mode == "forced_on" || mode == "forced_off"))
        return "Switch " + point.name + (mode == "forced_on" ? " on in " : " off in ") + where;
    const auto option = std::ranges::find(point.options, mode, &Option::value);
    if (option != point.options.end())
        return option->label + " on " + where;
    const std::string unit = point.shape && point.shape->number && !point.shape->number->unit.empty()
                                 ? " " + point.shape->number->unit
                                 : std::string();
    return "Set " + point.name + " to " + (mode.size() > 40 ? mode.substr(0, 40) + "…" : mode) + unit + " on " + where;
}

bool stateFulfils(std::string_view mode, std::string_view state)
{
    return mode == "auto" ? !state.starts_with("forced_") && state != "disabled" : state == mode;
}

std::string holdText(std::int64_t seconds)
{
    if (seconds < 60)
        return std::to_string(seconds) + " s";
    // A hold of two minutes has 119 s left when it is sent.
    constexpr std::int64_t kSlack = 5;
    if (const std::int64_t over = seconds % 60; over >= 60 - kSlack)
        seconds += 60 - over;
    std::string text;
    if (seconds >= 3600)
        text = std::to_string(seconds / 3600) + " h";
    if (const std::int64_t minutes = seconds % 3600 / 60; minutes > 0)
        text += (text.empty() ? "" : " ") + std::to_string(minutes) + " min";
    return text;
}

}  // namespace holdfast::control
