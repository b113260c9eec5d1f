#include "app/fleet/edge.h"
#include "app/fleet/services/services.h"
#include "app/fleet/services/work.h"

namespace holdfast::fleet {

namespace {

/// Where shoppers arrive. Pages are put together from other services; recommendations may be missing, the rest may not.
class Gateway final : public Service {
public:
    explicit Gateway(Parts& parts)
        : m_parts(parts),
          m_catalog({.callee = "catalog", .timeoutMs = 800}, parts),
          m_recommendations({.callee = "recommendations", .timeoutMs = 300, .retry = {.attempts = 1}}, parts),
          m_search({.callee = "search", .timeoutMs = 1'000}, parts),
          m_checkout({.callee = "checkout",
                      .timeoutMs = 2'800,
                      .retry = {.attempts = 1},
                      .breaker = {.windowSize = 30, .minimumCalls = 20}},
                     parts),
          m_recommendationsOff(parts, "recommendations-off",
                               "Home and product pages show no recommendations; they load faster", 0.85, 0.5)
    {
    }

    std::vector<Route> routes() override
    {
        return {{"GET", "/", [this](const Visit& visit) { return page("/list", visit); }},
                {"GET", "/product", [this](const Visit& visit) { return page("/item", visit); }},
                {"GET", "/search", [this](const Visit& visit) { return search(visit); }},
                {"POST", "/checkout", [this](const Visit& visit) { return checkout(visit); }}};
    }

    void tick(double pressure) override { m_recommendationsOff.setPressure(pressure); }

private:
    HttpAnswer page(const std::string& what, const Visit& visit)
    {
        work(m_parts, 2);
        const auto goods = m_catalog.call({.path = what + "?q=" + visit.request.query}, Repeat::Safe, visit.deadline);
        if (!goods)
            return dependencyFailed("catalog", goods.error());
        std::string also = "[]";
        if (!m_recommendationsOff.on()) {
            const auto more = m_recommendations.call({.path = "/for"}, Repeat::Safe, visit.deadline);
            if (!more && !m_parts.practices.degradation)
                return dependencyFailed("recommendations", more.error());
            if (more && more->status == 200)
                also = more->body;
        }
        return json(200, R"({"goods":)" + goods->body + R"(,"also":)" + also + "}");
    }

    HttpAnswer search(const Visit& visit)
    {
        work(m_parts, 2);
        const auto found = m_search.call({.path = "/search?q=" + visit.request.query}, Repeat::Safe, visit.deadline);
        return found ? json(200, found->body) : dependencyFailed("search", found.error());
    }

    HttpAnswer checkout(const Visit& visit)
    {
        work(m_parts, 3);
        const auto order = m_checkout.call({.method = "POST", .path = "/orders", .body = visit.request.body},
                                           Repeat::Never, visit.deadline);
        return order ? json(order->status, order->body) : dependencyFailed("checkout", order.error());
    }

    Parts& m_parts;
    Edge m_catalog;
    Edge m_recommendations;
    Edge m_search;
    Edge m_checkout;
    Degradation m_recommendationsOff;
};

}  // namespace

std::unique_ptr<Service> makeGateway(Parts& parts)
{
    return std::make_unique<Gateway>(parts);
}

}  // namespace holdfast::fleet
