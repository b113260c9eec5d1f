#include "app/notify/alert_json.h"
#include "app/notify/command_hook.h"
#include "app/notify/curl_call.h"
#include "app/notify/email.h"
#include "app/notify/transport.h"

#include <utility>

namespace holdfast::notify {

namespace {

constexpr std::int64_t kRefreshMs = 60'000;   // Prometheus's --rules.alert.resend-delay
constexpr std::int64_t kKeptMs = 4 * 60'000;  // four times that, as Prometheus does

class Webhook final : public Transport {
public:
    Webhook(config::WebhookReceiver receiver, Sender sender)
        : m_receiver(std::move(receiver)), m_sender(std::move(sender))
    {
    }
    Attempt send(const Delivery& delivery, std::int64_t timeoutMs, const std::stop_token& stop) override
    {
        const auto url = textOf(m_receiver.url);
        if (!url.ok())
            return {.outcome = Attempt::Outcome::NotTaken, .retryAfterMs = {}, .error = url.error().message};
        // The same number for a second copy: receivers that look at it take it once.
        return postJson({.url = *url,
                         .body = webhookJson(delivery, m_sender),
                         .headers = {"Idempotency-Key: holdfast-" + std::to_string(delivery.notice.atMs) + "-"
                                     + std::to_string(delivery.id)},
                         .timeoutMs = timeoutMs},
                        m_receiver.http, stop);
    }
    std::string kind() const override { return "webhook"; }

private:
    const config::WebhookReceiver m_receiver;
    const Sender m_sender;
};

class Alertmanager final : public Transport {
public:
    Alertmanager(config::AlertmanagerReceiver receiver, Sender sender)
        : m_receiver(std::move(receiver)), m_sender(std::move(sender))
    {
    }
    Attempt send(const Delivery& delivery, std::int64_t timeoutMs, const std::stop_token& stop) override
    {
        return postJson({.url = m_receiver.url + "/api/v2/alerts",
                         .body = alertmanagerJson(delivery.notice, m_sender, delivery.updatedMs + kKeptMs),
                         .headers = {},
                         .timeoutMs = timeoutMs},
                        m_receiver.http, stop);
    }
    std::int64_t refreshMs() const override { return kRefreshMs; }
    std::string kind() const override { return "alertmanager"; }

private:
    const config::AlertmanagerReceiver m_receiver;
    const Sender m_sender;
};

}  // namespace

std::unique_ptr<Transport> makeTransport(const config::ReceiverConfig& receiver, const Sender& sender)
{
    if (const auto* webhook = std::get_if<config::WebhookReceiver>(&receiver.kind))
        return std::make_unique<Webhook>(*webhook, sender);
    if (const auto* manager = std::get_if<config::AlertmanagerReceiver>(&receiver.kind))
        return std::make_unique<Alertmanager>(*manager, sender);
    if (const auto* command = std::get_if<config::CommandReceiver>(&receiver.kind))
        return std::make_unique<CommandHook>(*command, sender);
    if (const auto* mail = std::get_if<config::EmailReceiver>(&receiver.kind))
        return std::make_unique<Email>(*mail, sender);
    return nullptr;
}

}  // namespace holdfast::notify
