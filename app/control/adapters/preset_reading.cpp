#include "app/control/adapters/preset_reading.h"

#include "app/base/number_text.h"
#include "app/base/time_text.h"
#include "app/control/adapters/preset_shape.h"

#include <algorithm>
#include <utility>

namespace holdfast::control {

namespace {

using nlohmann::json;

/// "-1.0%" is "not enough calls yet"; "12.5%" and 12.5 are percent.
std::optional<double> failureRatio(std::string text)
{
    if (text.ends_with('%'))
        text.pop_back();
    const auto percent = parseDouble(text);
    if (!percent || !(*percent >= 0 && *percent <= 100))
        return std::nullopt;
    return *percent / 100;
}

void interpret(const PresetContext& context, Reading& reading, const std::optional<std::string>& raw,
               const PresetReply& reply, const json& here, const std::string& key)
{
    PresetValues values = context.named(reading.key.name);
    for (const PresetState& state : context.preset.states) {
        const bool fits = state.values.empty() || std::ranges::any_of(state.values, [&](const PresetTemplate& text) {
                              const auto wanted = text.expand(values, Escape::None);
                              return wanted.ok() && raw && *wanted == *raw;
                          });
        if (!fits || !allHold(state.when, reply, here, key, values))
            continue;
        reading.state = state.state;
        reading.mode = state.mode.empty() ? raw.value_or("") : state.mode;
        reading.locked = state.locked;
        if (!context.preset.metric.empty()) {
            values.texts["value"] = raw.value_or("");
            if (const auto metric = PresetTemplate::parse(context.preset.metric); metric.ok())
                if (auto expression = metric->expand(values, Escape::Promql); expression.ok())
                    reading.metricExpr = std::move(*expression);
        }
        return;
    }
    if (!raw) {
        reading.locked = "The system does not tell its value.";
        return;
    }
    if (context.preset.number && parseDouble(*raw)) {
        reading.state = reading.mode = plainNumber(*raw);
    } else if (context.preset.text && raw->size() <= context.preset.mostText) {
        reading.state = reading.mode = *raw;
    } else {
        reading.locked =
            "It says \"" + context.clean(*raw) + "\", which preset " + context.preset.name + " does not know.";
        return;
    }
    if (actFor(context.preset, context.shape, reading.mode) == nullptr)
        reading.locked = "It is \"" + context.clean(*raw) + "\", which could not be put back.";
}

}  // namespace

Reading readingOf(const PresetContext& context, const PresetItem& item, const std::string& name,
                  const PresetReply& reply, const json& here, const std::string& key,
                  const std::optional<std::string>& raw)
{
    const PresetValues values = context.named(name);
    const auto text = [&](const std::optional<PresetField>& field) {
        return field ? fieldText(*field, reply, here, key, values).value_or("") : std::string();
    };
    Reading reading;
    reading.key = {context.preset.kind, name};
    reading.callee = text(item.callee);
    reading.flagKind = context.preset.flagKind;
    reading.effect = oneLine(text(item.about));
    reading.computed = text(item.computed);
    reading.revision = text(item.revision);
    reading.keep = text(item.keep);
    reading.holdRequest = text(item.request);
    reading.holdActor = text(item.actor);
    if (const std::string ends = text(item.ends); !ends.empty())
        reading.holdEndsMs = parseRfc3339(ends).value_or(0);
    if (const std::string failure = text(item.failure); !failure.empty())
        reading.failureRatio = failureRatio(failure);
    interpret(context, reading, raw, reply, here, key);
    return reading;
}

}  // namespace holdfast::control
