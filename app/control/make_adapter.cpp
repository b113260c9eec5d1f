// Which adapter a control group names. A new built-in adapter is one line in the table; all else is a preset.
#include "app/control/adapter.h"
#include "app/control/adapters/command.h"
#include "app/control/adapters/haproxy.h"
#include "app/control/adapters/holdfast.h"
#include "app/control/adapters/hystrix.h"
#include "app/control/adapters/make_preset.h"
#include "app/control/adapters/ofrep.h"
#include "app/control/adapters/redis.h"

#include <array>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

struct BuiltIn {
    std::string_view name;
    Result<AdapterPtr> (*make)(const config::ControlGroupConfig& group);
};

constexpr std::array kBuiltIn{
    BuiltIn{"holdfast", &makeHoldfastAdapter}, BuiltIn{"haproxy", &makeHaproxyAdapter},
    BuiltIn{"redis", &makeRedisAdapter},       BuiltIn{"command", &makeCommandAdapter},
    BuiltIn{"hystrix", &makeHystrixAdapter},
};

}  // namespace

Result<AdapterPtr> makeAdapter(const config::ControlGroupConfig& group)
{
    std::string names;
    for (const BuiltIn& adapter : kBuiltIn) {
        if (group.adapter == adapter.name)
            return adapter.make(group);
        names += (names.empty() ? "" : ", ") + std::string(adapter.name);
    }
    auto preset = makePreset(group, false);
    if (preset.ok())
        return AdapterPtr(std::move(*preset));
    if (preset.error().kind == ErrorKind::NotFound)
        return Error{"no control adapter is called \"" + group.adapter + "\"; there is: " + names + "; and "
                         + preset.error().message,
                     ErrorKind::NotFound};
    return std::move(preset).error();
}

Result<VerifierPtr> makeVerifier(const config::ControlGroupConfig& group)
{
    const auto named = group.settings.find("verify");
    if (named == group.settings.end() || named->second.empty())
        return VerifierPtr();
    if (named->second == "ofrep")
        return makeOfrepVerifier(group);
    return Error{"no verifier is called \"" + named->second + "\"; there is: ofrep", ErrorKind::NotFound};
}

}  // namespace holdfast::control
