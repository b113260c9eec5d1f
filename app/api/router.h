#pragma once

#include "app/api/event_source.h"
#include "app/api/form.h"
#include "app/api/http_message.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// A request that found its route.
struct Call {
    const HttpRequest& request;
    Form form;
    std::vector<std::string> path;  ///< what stood in place of each "*" of the pattern
    std::stop_token cancelled;
    std::int64_t queuedMs = 0;  ///< how long it waited for a thread

    [[nodiscard]] const std::string& at(std::size_t i) const { return path[i]; }
};

using Handler = std::function<HttpResponse(const Call&)>;
using StreamHandler = std::function<std::shared_ptr<EventSource>(const Call&)>;

/// Which threads answer. A slow query must not hold up the page that says what is slow.
enum class Lane { Query, Status, Change };

/// Which listeners have a route.
enum class Door { Public, Private };

struct Route {
    std::string pattern;
    std::vector<std::string> methods;
    std::vector<std::string> segments;
    Door door = Door::Public;
    Lane lane = Lane::Status;
    std::size_t maxBody = 1024 * 1024;
    Handler handler;
    StreamHandler stream;
};

/// Finds the route of a request by method and path. Filled before the first request, then immutable. Thread-safe.
class Router {
public:
    /// `methods` "GET POST"; `pattern` "/api/v1/label/*/values", "*" stands for one segment. GET answers HEAD too.
    Route& add(std::string_view methods, std::string_view pattern, Lane lane, Handler handler);
    Route& addPrivate(std::string_view methods, std::string_view pattern, Lane lane, Handler handler);
    /// A request of that route that has this parameter is answered by `other` instead. The route must be there.
    void divert(std::string_view method, std::string_view pattern, std::string_view parameter, Handler other);
    /// The public listener answers that reading route, too. The route must be there.
    void share(std::string_view pattern);
    /// Every route that changes something is answered by this instead.
    void refuseChanges(const HttpResponse& answer);
    Route& addStream(std::string_view pattern, StreamHandler handler);

    struct Match {
        const Route* route = nullptr;
        std::vector<std::string> path;
        std::string allowed;  ///< where only the method does not fit: "GET, POST"
    };
    [[nodiscard]] Match find(std::string_view method, std::string_view path, Door door) const;

private:
    std::vector<std::unique_ptr<Route>> m_routes;
};

}  // namespace holdfast::api
