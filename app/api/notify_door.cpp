#include "app/api/notify_door.h"

#include "app/api/holdfast_answer.h"
#include "app/api/json_body.h"
#include "app/api/parameters.h"

#include <algorithm>
#include <optional>
#include <string>

namespace holdfast::api {

namespace {

constexpr std::int64_t kMostRows = 1000;

std::optional<std::int64_t> orNull(std::int64_t ms)
{
    return ms == 0 ? std::nullopt : std::optional(ms);
}

void writeReceiver(JsonWriter& json, const notify::ReceiverStatus& status)
{
    json.beginObject().text("name", status.name).text("kind", status.kind).text("breaker", status.breaker);
    json.integer("waiting", static_cast<std::int64_t>(status.waiting));
    json.integer("capacity", static_cast<std::int64_t>(status.capacity));
    json.integer("sent", static_cast<std::int64_t>(status.sent));
    json.integer("failed", static_cast<std::int64_t>(status.failed));
    json.integer("dropped", static_cast<std::int64_t>(status.dropped));
    json.integer("attempts", static_cast<std::int64_t>(status.attempts));
    json.integer("last_sent_ms", orNull(status.lastSentMs)).text("last_error", status.lastError);
    json.integer("last_error_ms", orNull(status.lastErrorMs)).endObject();
}

void writeDelivery(JsonWriter& json, const notify::Delivery& delivery)
{
    const notify::Situation& now = delivery.notice.now;
    json.beginObject().integer("id", delivery.id).text("receiver", delivery.receiver);
    json.text("state", deliveryWord(delivery.state)).text("change", changeWord(delivery.notice.change));
    json.text("kind", now.kind).text("subject", now.subject).integer("incident", orNull(now.incident));
    json.text("severity", "sev" + std::to_string(now.severity)).text("title", now.title).text("text", now.text);
    json.text("service", now.service).integer("at_ms", delivery.notice.atMs).integer("created_ms", delivery.createdMs);
    json.integer("updated_ms", delivery.updatedMs).integer("attempts", delivery.attempts);
    json.flag("repeated", delivery.repeated).text("error", delivery.error);
    json.integer("signals", static_cast<std::int64_t>(delivery.notice.alerts.size() + delivery.notice.alertsLeftOut));
    json.endObject();
}

}  // namespace

void NotifyDoor::addRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/notifications", Lane::Status,
                      [this](const Call& call) { return list(call); });
    router.addPrivate("POST", "/holdfast/v1/notifications/test", Lane::Change,
                      [this](const Call& call) { return test(call); });
}

HttpResponse NotifyDoor::list(const Call& call) const
{
    const auto limit = std::clamp<std::int64_t>(parseInteger(call.form.get("limit")).value_or(100), 1, kMostRows);
    const auto deliveries = m_service.deliveries(static_cast<std::size_t>(limit));
    if (!deliveries.ok())
        return errorReply(deliveries.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("receivers").beginArray();
        for (const notify::ReceiverStatus& status : m_service.receivers())
            writeReceiver(json, status);
        json.endArray().key("alertmanagers").beginArray();
        for (const notify::ReceiverStatus& status : m_alerts.status())
            writeReceiver(json, status);
        json.endArray().key("notifications").beginArray();
        for (const notify::Delivery& delivery : *deliveries)
            writeDelivery(json, delivery);
        json.endArray().endObject();
    });
}

HttpResponse NotifyDoor::test(const Call& call)
{
    JsonBody body(call.request.body);
    const std::string receiver = body.text("receiver");
    const std::string actor = body.text("actor");
    if (body.error())
        return errorReply(*body.error());
    const auto sent = m_service.test(receiver, actor);
    if (!sent.ok())
        return errorReply(sent.error());
    return jsonReply([&](JsonWriter& json) { writeDelivery(json, *sent); });
}

}  // namespace holdfast::api
