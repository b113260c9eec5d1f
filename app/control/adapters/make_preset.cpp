#include "app/control/adapters/make_preset.h"

#include "app/config/load_config.h"

#include <map>
#include <string_view>
#include <utility>

namespace holdfast::control {

Result<PresetAdapterPtr> makePreset(const config::ControlGroupConfig& group, bool sketch)
{
    HF_TRY(const PresetText text, findPreset(group.adapter));
    std::map<std::string, std::string> given;
    for (const auto& [key, value] : group.settings) {
        constexpr std::string_view kFile = "_file";
        if (key.starts_with("verify"))
            continue;  // of another path: makeVerifier()
        if (!key.ends_with(kFile)) {
            given[key] = value;
            continue;
        }
        config::Secret secret;
        secret.file = value;
        auto content = config::secretText(secret);
        if (!content.ok() && !sketch)
            return std::move(content).error();
        given[key.substr(0, key.size() - kFile.size())] = content.ok() ? *content : "<" + key + ">";
    }
    HF_TRY(PresetPtr preset,
           sketch ? sketchPreset(text.text, text.file, given) : readPreset(text.text, text.file, given));
    PresetValues values;
    std::vector<std::string> secrets;
    std::string names = "service";
    for (const PresetSetting& setting : preset->settings) {
        names += ", " + setting.name;
        const auto value = given.find(setting.name);
        values.texts[setting.name] = value != given.end() ? value->second
                                     : setting.fallback   ? *setting.fallback
                                                          : "<" + setting.name + ">";
        if (setting.secret && !values.texts[setting.name].starts_with('<'))
            secrets.push_back(values.texts[setting.name]);
    }
    for (const auto& [key, value] : given) {
        if (key == "service")
            values.texts[key] = value;
        else if (!values.texts.contains(key))
            return Error{"preset " + preset->name + " has no setting \"" + key + "\"; there is: " + names,
                         ErrorKind::BadInput};
    }
    return std::make_shared<const HttpPresetAdapter>(std::move(preset), std::move(values), std::move(secrets));
}

}  // namespace holdfast::control
