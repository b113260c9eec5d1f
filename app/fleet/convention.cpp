#include "app/fleet/convention.h"

#include <algorithm>
#include <array>
#include <utility>

namespace holdfast::fleet {

namespace {

constexpr std::array words{
    std::pair{Convention::Prometheus, std::string_view("prometheus")},
    std::pair{Convention::Micrometer, std::string_view("micrometer")},
    std::pair{Convention::OpenTelemetry, std::string_view("opentelemetry")},
    std::pair{Convention::Envoy, std::string_view("envoy")},
    std::pair{Convention::Opossum, std::string_view("opossum")},
    std::pair{Convention::HAProxy, std::string_view("haproxy")},
    std::pair{Convention::Mixed, std::string_view("mixed")},
};

}  // namespace

std::string_view word(Convention convention)
{
    return std::ranges::find(words, convention, &decltype(words)::value_type::first)->second;
}

std::optional<Convention> convention(std::string_view word)
{
    const auto found = std::ranges::find(words, word, &decltype(words)::value_type::second);
    return found == words.end() ? std::nullopt : std::optional(found->first);
}

const std::vector<Convention>& conventions()
{
    static const std::vector<Convention> all{Convention::Prometheus, Convention::Micrometer, Convention::OpenTelemetry,
                                             Convention::Envoy,      Convention::Opossum,    Convention::HAProxy};
    return all;
}

Convention mixedConvention(const std::string& service)
{
    if (service == "checkout" || service == "inventory")
        return Convention::Micrometer;
    if (service == "search" || service == "recommendations")
        return Convention::OpenTelemetry;
    if (service == "catalog" || service == "mail")
        return Convention::Opossum;
    return Convention::Prometheus;
}

}  // namespace holdfast::fleet
