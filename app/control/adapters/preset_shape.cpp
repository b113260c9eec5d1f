#include "app/control/adapters/preset_shape.h"

#include "app/base/number_text.h"

#include <algorithm>
#include <vector>

namespace holdfast::control {

ControlShape shapeOf(const Preset& preset)
{
    ControlShape shape;
    std::vector<const PresetState*> states;
    for (const PresetState& state : preset.states)
        if (std::ranges::find(states, state.state, [](const PresetState* one) { return one->state; }) == states.end())
            states.push_back(&state);
    std::ranges::stable_sort(states, {}, [](const PresetState* one) { return one->meaning; });
    for (const PresetState* state : states)
        shape.states.push_back({.state = state->state,
                                .word = state->word.empty() ? state->state : state->word,
                                .meaning = state->meaning,
                                .forced = state->forced});
    for (const PresetAct& option : preset.options)
        if (option.mode != preset.resting)
            shape.options.push_back({option.mode, option.label});
    for (const PresetAct& option : preset.options)
        if (option.mode == preset.resting)
            shape.options.push_back({option.mode, option.label});
    if (preset.number)
        shape.number = preset.range;
    shape.mostText = preset.text ? preset.mostText : 0;
    shape.resting = preset.resting;
    shape.nativeHold = preset.nativeHold;
    shape.lostOnRestart = preset.lostOnRestart;
    shape.fadesAfterS = preset.fadesAfterS;
    shape.countsNothing = preset.countsNothing;
    shape.readOnly = preset.readOnly;
    return shape;
}

const PresetAct* actFor(const Preset& preset, const ControlShape& shape, const std::string& mode)
{
    const auto option = std::ranges::find(preset.options, mode, &PresetAct::mode);
    if (option != preset.options.end())
        return &*option;
    if (!shape.accepts(mode))
        return nullptr;
    if (preset.number && parseDouble(mode))
        return &*preset.number;
    return preset.text ? &*preset.text : nullptr;
}

}  // namespace holdfast::control
