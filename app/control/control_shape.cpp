#include "app/control/control_shape.h"

#include "app/control/control_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace holdfast::control {

namespace {

ControlShape breakerShape()
{
    ControlShape shape;
    shape.states = {{"closed", stateWord(Kind::Breaker, "closed"), Meaning::Normal, false},
                    {"half_open", stateWord(Kind::Breaker, "half_open"), Meaning::Trying, false},
                    {"open", stateWord(Kind::Breaker, "open"), Meaning::Rejecting, false},
                    {"forced_open", stateWord(Kind::Breaker, "forced_open"), Meaning::Rejecting, true},
                    {"forced_closed", stateWord(Kind::Breaker, "forced_closed"), Meaning::Bypassed, true},
                    {"disabled", stateWord(Kind::Breaker, "disabled"), Meaning::Bypassed, true}};
    for (const char* mode : {"forced_open", "forced_closed", "disabled", "auto"})
        shape.options.push_back({mode, modeVerb(Kind::Breaker, mode)});
    return shape;
}

ControlShape flagShape()
{
    ControlShape shape;
    shape.states = {{"off", stateWord(Kind::Flag, "off"), Meaning::Normal, false},
                    {"on", stateWord(Kind::Flag, "on"), Meaning::Reduced, false},
                    {"forced_off", stateWord(Kind::Flag, "forced_off"), Meaning::Normal, true},
                    {"forced_on", stateWord(Kind::Flag, "forced_on"), Meaning::Reduced, true}};
    for (const char* mode : {"forced_on", "forced_off", "auto"})
        shape.options.push_back({mode, modeVerb(Kind::Flag, mode)});
    return shape;
}

ControlShapePtr completed(ControlShape shape)
{
    shape.resting = "auto";
    shape.nativeHold = true;
    shape.lostOnRestart = true;
    return std::make_shared<const ControlShape>(std::move(shape));
}

}  // namespace

const char* word(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Unknown: return "unknown";
    case Meaning::Normal: return "normal";
    case Meaning::Trying: return "trying";
    case Meaning::Reduced: return "reduced";
    case Meaning::Rejecting: return "rejecting";
    case Meaning::Bypassed: return "bypassed";
    }
    return "unknown";
}

const StateInfo* ControlShape::find(std::string_view state) const
{
    const auto found = std::ranges::find(states, state, &StateInfo::state);
    return found == states.end() ? nullptr : &*found;
}

bool ControlShape::accepts(std::string_view mode) const
{
    if (std::ranges::find(options, mode, &Option::value) != options.end())
        return true;
    if (number) {
        double value = 0;
        const auto [end, error] = std::from_chars(mode.data(), mode.data() + mode.size(), value);
        if (error == std::errc() && end == mode.data() + mode.size() && std::isfinite(value))
            return value >= number->least && value <= number->most && (!number->whole || value == std::floor(value))
                   && plainNumber(mode) == mode;
    }
    return mostText > 0 && mode.size() <= mostText;
}

ControlShapePtr protocolShape(Kind kind)
{
    static const ControlShapePtr breaker = completed(breakerShape());
    static const ControlShapePtr flag = completed(flagShape());
    return kind == Kind::Flag ? flag : breaker;
}

std::string plainNumber(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::string(text);
    std::array<char, 400> out{};
    const auto written = std::to_chars(out.data(), out.data() + out.size(), value, std::chars_format::fixed);
    return {out.data(), written.ptr};
}

}  // namespace holdfast::control
