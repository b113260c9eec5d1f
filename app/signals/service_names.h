#pragma once

#include "app/config/config.h"

#include <map>
#include <string>
#include <string_view>

namespace holdfast::signals {

/// The one name of a service that labels and breakers may call by aliases. Immutable.
class ServiceNames {
public:
    explicit ServiceNames(const config::HoldfastConfig& config)
    {
        for (const auto& [name, service] : config.services)
            for (const std::string& alias : service.aliases)
                m_aliases[alias] = name;
    }

    [[nodiscard]] std::string canonical(std::string_view raw) const
    {
        const auto alias = m_aliases.find(raw);
        return alias == m_aliases.end() ? std::string(raw) : alias->second;
    }

private:
    std::map<std::string, std::string, std::less<>> m_aliases;
};

}  // namespace holdfast::signals
