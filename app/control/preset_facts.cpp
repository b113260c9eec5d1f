#include "app/control/preset_facts.h"

#include "app/base/number_text.h"
#include "app/control/adapters/make_preset.h"
#include "app/control/adapters/preset.h"

#include <algorithm>

namespace holdfast::control {

namespace {

std::string holdWords(const Preset& preset)
{
    std::string text = preset.nativeHold ? "the system itself ends it" : "holds until it is put back";
    if (preset.fadesAfterS > 0)
        text = "fades by itself after " + std::to_string(preset.fadesAfterS) + " s";
    if (preset.lostOnRestart)
        text += ", and a restart forgets it";
    return text;
}

}  // namespace

Result<PresetFacts> presetFacts(const config::ControlGroupConfig& group, bool whole)
{
    HF_TRY(const PresetAdapterPtr adapter, makePreset(group, !whole));
    const Preset& preset = adapter->preset();
    PresetFacts facts{.name = preset.name,
                      .title = preset.title,
                      .about = preset.about,
                      .proven = preset.proven,
                      .kind = word(preset.kind),
                      .scope = preset.scope,
                      .auth = preset.auth,
                      .hold = holdWords(preset),
                      .readOnly = preset.readOnly,
                      .requests = {}};
    const std::string host = group.endpoints.empty() ? "HOST:PORT" : group.endpoints.front();
    Endpoint endpoint;
    endpoint.group = group.name;
    endpoint.instance = host;
    endpoint.address = host;
    endpoint.url = adapter->urlFor(host, group.path);
    endpoint.readToken = group.readToken.empty() ? "" : "set";
    endpoint.actToken = group.actToken.empty() ? "" : "set";
    facts.requests = adapter->readingRequests(endpoint);
    const auto add = [&](const std::string& what, const std::string& mode) {
        Change change{.key = {preset.kind, "NAME"},
                      .mode = mode,
                      .ttlS = 900,
                      .reason = "REASON",
                      .actor = "ACTOR",
                      .requestId = "ID",
                      .ifRevision = {},
                      .before = {},
                      .putsBack = false,
                      .keep = {}};
        facts.requests.push_back({what, adapter->describe(endpoint, change)});
    };
    const ControlShapePtr shape = adapter->shape({});
    for (const Option& option : shape->options)
        add(option.label + " (" + option.value + ")", option.value);
    if (shape->number)
        add("a number from " + numberText(shape->number->least) + " to " + numberText(shape->number->most)
                + (shape->number->unit.empty() ? "" : " " + shape->number->unit),
            numberText(shape->number->most));
    if (shape->mostText > 0)
        add("any text up to " + std::to_string(shape->mostText) + " bytes", "TEXT");
    return facts;
}

bool namesPreset(const std::string& adapter)
{
    const std::vector<BuiltinPreset> presets = builtinPresets();
    return adapter.ends_with(".yml") || adapter.ends_with(".yaml")
           || std::ranges::find(presets, adapter, &BuiltinPreset::name) != presets.end();
}

}  // namespace holdfast::control
