#include "app/fleet/services/services.h"
#include "app/fleet/services/work.h"
#include "app/resilience/retry.h"
#include "app/resilience/work_queue.h"

#include <atomic>
#include <chrono>
#include <thread>

namespace holdfast::fleet {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t outboxHolds = 200;
constexpr std::int64_t outboxMs = 120'000;
constexpr std::size_t senders = 3;
constexpr std::size_t withoutBound = 100'000;  // Practices::boundedQueues

/// Accepts mails at once and sends them later, from a bounded outbox: what waits too long is not sent, and counted.
class Mail final : public Service {
public:
    explicit Mail(Parts& parts)
        : m_parts(parts),
          m_outbox("outbox", parts.practices.boundedQueues ? outboxHolds : withoutBound, outboxMs, parts.clock),
          m_relaySlow({.name = "fault-relay-slow",
                       .kind = resilience::FlagKind::Fault,
                       .effect = "The mail relay takes 1.5 s a mail: the outbox fills"},
                      parts.clock)
    {
        parts.registry.add(m_relaySlow);
        parts.registry.addQueue([this] { return m_outbox.snapshot(); });
        parts.registry.addPool([this] { return resilience::PoolSnapshot{"senders", m_sending.load(), senders}; });
        for (std::size_t i = 0; i < senders; ++i)
            m_senders.emplace_back([this] { sendMails(); });
    }
    ~Mail() override { m_outbox.close(); }

    std::vector<Route> routes() override
    {
        return {{"POST", "/mail", [this](const Visit& visit) { return accept(visit); }}};
    }

private:
    HttpAnswer accept(const Visit& visit)
    {
        work(m_parts, 2);
        if (!m_parts.practices.handOver) {
            work(m_parts, relayMs());
            return json(202, R"({"mail":"sent"})");
        }
        if (std::string mail = visit.request.body; m_outbox.push(std::move(mail)))
            return json(202, R"({"mail":"accepted"})");
        HttpAnswer full = json(503, R"({"error":"the outbox is full"})");
        full.headers = {{"Retry-After", std::to_string(m_outbox.retryAfterS())},
                        {std::string(resilience::doNotRetryHeader), "1"}};
        return full;
    }

    [[nodiscard]] double relayMs() const { return m_relaySlow.on() ? 1'500 : 120; }

    /// Thread: sender.
    void sendMails()
    {
        while (!m_parts.stop.stop_requested()) {
            const auto mail = m_outbox.pop(1h, m_parts.stop);
            if (!mail || mail->late)
                continue;
            ++m_sending;
            work(m_parts, relayMs());
            --m_sending;
        }
    }

    Parts& m_parts;
    resilience::WorkQueue<std::string> m_outbox;
    resilience::DegradationFlag m_relaySlow;
    std::atomic<std::size_t> m_sending{0};
    std::vector<std::jthread> m_senders;
};

}  // namespace

std::unique_ptr<Service> makeMail(Parts& parts)
{
    return std::make_unique<Mail>(parts);
}

}  // namespace holdfast::fleet
