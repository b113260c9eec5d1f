#include "app/control/effect_words.h"

#include "app/base/readable_number.h"

namespace holdfast::control {

namespace {

std::string valueText(const std::string& signal, double value)
{
    if (signal.ends_with("errors") || signal.ends_with("headroom"))
        return readableRatio(value);
    if (signal.ends_with("p99"))
        return readableSeconds(value);
    return readableNumber(value) + "/s";
}

std::string verdictText(const std::string& verdict)
{
    if (verdict == "improved")
        return "better";
    if (verdict == "worse")
        return "worse";
    return verdict == "no_clear_change" ? "no clear change" : "too early to tell";
}

}  // namespace

std::string effectText(const Effect& effect)
{
    std::string out;
    for (const EffectLine& line : effect.lines) {
        out += (out.empty() ? "" : "; ") + line.signal;
        if (line.before && line.now)
            out += " " + valueText(line.signal, *line.before) + " → " + valueText(line.signal, *line.now);
        out += ", " + verdictText(line.verdict);
    }
    if (out.empty())
        out = "too few measurements to tell";
    if (effect.state == "confounded")
        out += "; something else changed at the same time";
    return out;
}

}  // namespace holdfast::control
