#include "app/api/router.h"

#include <algorithm>
#include <optional>

namespace holdfast::api {

namespace {

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(separator);
        if (end != 0)
            parts.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return parts;
}

std::optional<std::vector<std::string>> match(const Route& route, const std::vector<std::string>& segments)
{
    if (route.segments.size() != segments.size())
        return std::nullopt;
    std::vector<std::string> path;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (route.segments[i] == "*")
            path.push_back(segments[i]);
        else if (route.segments[i] != segments[i])
            return std::nullopt;
    }
    return path;
}

}  // namespace

Route& Router::add(std::string_view methods, std::string_view pattern, Lane lane, Handler handler)
{
    auto route = std::make_unique<Route>();
    route->pattern = std::string(pattern);
    route->methods = split(methods, ' ');
    route->segments = split(pattern, '/');
    route->lane = lane;
    route->handler = std::move(handler);
    m_routes.push_back(std::move(route));
    return *m_routes.back();
}

Route& Router::addPrivate(std::string_view methods, std::string_view pattern, Lane lane, Handler handler)
{
    Route& route = add(methods, pattern, lane, std::move(handler));
    route.door = Door::Private;
    return route;
}

void Router::divert(std::string_view method, std::string_view pattern, std::string_view parameter, Handler other)
{
    for (const auto& route : m_routes) {
        if (route->pattern != pattern || std::ranges::find(route->methods, method) == route->methods.end())
            continue;
        route->handler = [usual = std::move(route->handler), other, name = std::string(parameter)](const Call& call) {
            return call.form.has(name) ? other(call) : usual(call);
        };
    }
}

void Router::share(std::string_view pattern)
{
    for (const auto& route : m_routes) {
        if (route->pattern == pattern && route->lane != Lane::Change
            && route->methods == std::vector<std::string>{"GET"})
            route->door = Door::Public;
    }
}

void Router::refuseChanges(const HttpResponse& answer)
{
    for (const auto& route : m_routes) {
        if (route->lane == Lane::Change)
            route->handler = [answer](const Call&) { return answer; };
    }
}

Route& Router::addStream(std::string_view pattern, StreamHandler handler)
{
    Route& route = addPrivate("GET", pattern, Lane::Status, {});
    route.stream = std::move(handler);
    return route;
}

Router::Match Router::find(std::string_view method, std::string_view path, Door door) const
{
    const std::vector<std::string> segments = split(path, '/');
    Match found;
    for (const auto& route : m_routes) {
        if (route->door == Door::Private && door == Door::Public)
            continue;
        auto parts = match(*route, segments);
        if (!parts)
            continue;
        const bool fits = std::ranges::find(route->methods, method) != route->methods.end()
                          || (method == "HEAD" && std::ranges::find(route->methods, "GET") != route->methods.end());
        if (fits)
            return {.route = route.get(), .path = std::move(*parts), .allowed = {}};
        for (const std::string& allowed : route->methods) {
            found.allowed += found.allowed.empty() ? "" : ", ";
            found.allowed += allowed;
        }
    }
    return found;
}

}  // namespace holdfast::api
