#include "app/fleet/edge.h"
#include "app/fleet/services/services.h"
#include "app/fleet/services/work.h"
#include "app/resilience/work_queue.h"

#include <chrono>
#include <thread>

namespace holdfast::fleet {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t lettersAtMost = 500;
constexpr std::int64_t lettersForMs = 4LL * 3'600'000;  // as long as a flag may be held

/// Takes orders: reserves goods, has them paid, has a mail sent. A mail that cannot be sent now never fails an order:
/// it waits in a queue of this instance.
class Checkout final : public Service {
public:
    explicit Checkout(Parts& parts)
        : m_parts(parts),
          m_inventory({.callee = "inventory", .timeoutMs = 600}, parts),
          m_payments({.callee = "payments",
                      .timeoutMs = 2'000,
                      .retry = {.attempts = 2, .baseMs = 50},
                      .breaker = {.windowSize = 15,
                                  .minimumCalls = 20,
                                  .slowRate = 0.6,
                                  .slowCallMs = 1'000,
                                  .openMs = 5'000,
                                  .probes = 5}},
                     parts),
          m_mail({.callee = "mail", .timeoutMs = parts.practices.handOver ? 250 : 2'000, .retry = {.attempts = 1}},
                 parts),
          m_mailLater(parts, "mail-later", "Order mails are sent later; orders are taken faster", 0.85, 0.5),
          m_payLater(parts, "pay-later", "Orders are taken without payment and billed by invoice afterwards"),
          m_letters("letters", lettersAtMost, lettersForMs, parts.clock),
          m_postman([this] { carryLetters(); })
    {
        parts.registry.addQueue([this] { return m_letters.snapshot(); });
    }
    ~Checkout() override { m_letters.close(); }

    std::vector<Route> routes() override
    {
        return {{"POST", "/orders", [this](const Visit& visit) { return order(visit); }}};
    }

    void tick(double pressure) override { m_mailLater.setPressure(pressure); }

private:
    HttpAnswer order(const Visit& visit)
    {
        work(m_parts, 8);
        const auto reserved = m_inventory.call({.method = "PUT", .path = "/reserve", .body = visit.request.body},
                                               Repeat::Safe, visit.deadline);
        if (!reserved)
            return dependencyFailed("inventory", reserved.error());
        if (!m_payLater.on()) {
            // Safe to repeat: the order's number is the idempotency key.
            const auto paid = m_payments.call({.method = "POST", .path = "/charge", .body = visit.request.body},
                                              Repeat::Safe, visit.deadline);
            if (!paid)
                return dependencyFailed("payments", paid.error());
        }
        if (!m_parts.practices.degradation && !sendLetter(visit.request.body, visit.deadline))
            return dependencyFailed("mail", {"it took no letter", ErrorKind::Unavailable});
        if (m_parts.practices.degradation && (m_mailLater.on() || !sendLetter(visit.request.body, visit.deadline)))
            if (std::string letter = visit.request.body; !m_letters.push(std::move(letter)))
                return json(201, R"({"order":"taken","mail":"none"})");
        return json(201, R"({"order":"taken"})");
    }

    bool sendLetter(const std::string& letter, resilience::Deadline deadline)
    {
        const auto sent = m_mail.call({.method = "POST", .path = "/mail", .body = letter}, Repeat::Never, deadline);
        return sent && sent->status == 202;
    }

    /// Thread: postman. Ten letters a second at most, so that a full queue is no spike for the mail service.
    void carryLetters()
    {
        while (nap(100, m_parts.stop)) {
            if (m_mailLater.on())
                continue;
            auto letter = m_letters.pop(1s, m_parts.stop);
            if (letter && !sendLetter(letter->item, resilience::Deadline::after(2'000, m_parts.clock))) {
                if (!m_letters.push(std::move(letter->item)))
                    continue;  // counted by the queue as shed
                nap(1'000, m_parts.stop);
            }
        }
    }

    Parts& m_parts;
    Edge m_inventory;
    Edge m_payments;
    Edge m_mail;
    Degradation m_mailLater;
    Degradation m_payLater;
    resilience::WorkQueue<std::string> m_letters;
    std::jthread m_postman;
};

}  // namespace

std::unique_ptr<Service> makeCheckout(Parts& parts)
{
    return std::make_unique<Checkout>(parts);
}

}  // namespace holdfast::fleet
