#pragma once

#include "app/base/clock.h"
#include "app/fleet/address_book.h"
#include "app/fleet/golden_signals.h"
#include "app/fleet/http.h"
#include "app/fleet/http_client.h"
#include "app/fleet/practices.h"
#include "app/fleet/random.h"
#include "app/resilience/deadline.h"
#include "app/resilience/registry.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// What an instance lends to the service it runs. Outlives the service.
struct Parts {
    const Clock& clock;
    const AddressBook& addresses;
    resilience::Registry& registry;
    GoldenSignals& golden;
    HttpClient& client;
    Random& random;
    std::stop_token stop;
    Practices practices{};
};

/// One request while a worker has it.
struct Visit {
    const HttpRequest& request;
    resilience::Deadline deadline;
};

struct Route {
    std::string method;
    std::string path;  ///< as a whole; it is the metric label too
    std::function<HttpAnswer(const Visit&)> serve;
};

/// What a kind of service does; how it is reached, bounded and measured is the instance's business.
/// Made before the first request; routes are served by several workers at once.
class Service {
public:
    Service() = default;
    virtual ~Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    [[nodiscard]] virtual std::vector<Route> routes() = 0;
    /// Once a second. pressure: used share of the workers over the last seconds, [0, 1]. Must not wait.
    virtual void tick(double pressure) { (void)pressure; }
};

using MakeService = std::function<std::unique_ptr<Service>(Parts&)>;

[[nodiscard]] HttpAnswer json(int status, std::string body);
/// 503 or 504 for a request that failed because `callee` did: the caller need not try again, nor stop calling.
[[nodiscard]] HttpAnswer dependencyFailed(const std::string& callee, const Error& why);

}  // namespace holdfast::fleet
