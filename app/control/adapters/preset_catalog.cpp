#include "app/control/adapters/preset.h"

#include <fstream>
#include <iterator>

namespace holdfast::control {

Result<PresetText> findPreset(const std::string& name)
{
    if (name.ends_with(".yml") || name.ends_with(".yaml")) {
        std::ifstream in(name, std::ios::binary);
        if (!in)
            return Error{"the preset " + name + " cannot be read", ErrorKind::NotFound};
        return PresetText{name, std::string(std::istreambuf_iterator<char>(in), {})};
    }
    std::string names;
    for (const BuiltinPreset& preset : builtinPresets()) {
        if (preset.name == name)
            return PresetText{"preset " + name, std::string(preset.text)};
        names += (names.empty() ? "" : ", ") + std::string(preset.name);
    }
    return Error{"no preset is called \"" + name + "\"; there is: " + names + ", or the path of a .yml file",
                 ErrorKind::NotFound};
}

}  // namespace holdfast::control
