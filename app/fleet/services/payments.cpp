#include "app/fleet/edge.h"
#include "app/fleet/services/services.h"
#include "app/fleet/services/work.h"
#include "app/resilience/bulkhead.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace holdfast::fleet {

namespace {

constexpr std::size_t connections = 3;
constexpr std::size_t mayWait = 32;
constexpr std::size_t withoutBound = 10'000;  // Practices::bulkheads

std::size_t connectionsOf(const Practices& practices)
{
    const auto scaled = std::lround(static_cast<double>(connections) * practices.capacity);
    return practices.bulkheads ? static_cast<std::size_t>(std::max(1L, scaled)) : withoutBound;
}

/// Charges cards: asks the card network, checks for fraud, then books in the database over one of few connections.
/// The breaker to the database looks at failures only, as many do: a database that is slow but answers exhausts the
/// connections instead, and the callers notice first.
class Payments final : public Service {
public:
    explicit Payments(Parts& parts)
        : m_parts(parts),
          m_db({.callee = "payments-db", .timeoutMs = 2'500, .retry = {.attempts = 2}}, parts),
          m_pool("db", connectionsOf(parts.practices), mayWait, parts.clock),
          m_leak({.name = "fault-leak-connections",
                  .kind = resilience::FlagKind::Fault,
                  .effect = "Every second a database connection is taken and not given back, until none is left"},
                 parts.clock),
          m_fraudCheckOff(parts, "fraud-check-off", "Cards are charged without the fraud check, about 40 ms sooner")
    {
        parts.registry.addPool(m_pool);
        parts.registry.addQueue([this] {
            const resilience::BulkheadSnapshot now = m_pool.snapshot();
            return resilience::WorkQueueSnapshot{
                .name = "db", .depth = now.waiting, .capacity = mayWait, .shedFull = now.refused};
        });
        parts.registry.add(m_leak);
    }

    std::vector<Route> routes() override
    {
        return {{"POST", "/charge", [this](const Visit& visit) { return charge(visit); }}};
    }

    void tick(double) override
    {
        if (!m_leak.on())
            m_leaked.clear();
        else if (auto taken = m_pool.tryAcquire())
            m_leaked.push_back(std::move(*taken));
    }

private:
    HttpAnswer charge(const Visit& visit)
    {
        work(m_parts, 50, 0.3);
        if (!m_fraudCheckOff.on())
            work(m_parts, 40, 0.3);
        const auto connection = m_pool.acquire(visit.deadline);
        if (!connection)
            return dependencyFailed("payments-db", {"no connection became free in time", ErrorKind::Unavailable});
        // Safe to repeat: bookings carry the order's number.
        const auto booked =
            m_db.call({.method = "POST", .path = "/tx", .body = visit.request.body}, Repeat::Safe, visit.deadline);
        return booked ? json(200, R"({"paid":true})") : dependencyFailed("payments-db", booked.error());
    }

    Parts& m_parts;
    Edge m_db;
    resilience::Bulkhead m_pool;
    resilience::DegradationFlag m_leak;
    std::vector<resilience::Bulkhead::Permit> m_leaked;  ///< Thread: tick
    Degradation m_fraudCheckOff;
};

/// The database behind payments, as far as its clients notice.
class PaymentsDb final : public Service {
public:
    explicit PaymentsDb(Parts& parts) : m_parts(parts) {}

    std::vector<Route> routes() override
    {
        return {{"POST", "/tx", [this](const Visit&) {
                     work(m_parts, 55, 0.35);
                     return json(200, R"({"committed":true})");
                 }}};
    }

private:
    Parts& m_parts;
};

}  // namespace

std::unique_ptr<Service> makePayments(Parts& parts)
{
    return std::make_unique<Payments>(parts);
}

std::unique_ptr<Service> makePaymentsDb(Parts& parts)
{
    return std::make_unique<PaymentsDb>(parts);
}

}  // namespace holdfast::fleet
