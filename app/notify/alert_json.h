#pragma once

#include "app/notify/transport.h"

#include <string>
#include <vector>

namespace holdfast::notify {

/// Alertmanager's webhook document, version 4, of one notice: one group, its incident; the group's alerts are the
/// signals of the incident. A member `holdfast` beside it says what Alertmanager has no word for.
/// Source: Alertmanager notify/webhook/webhook.go, Message; template/template.go, Data and Alert.
[[nodiscard]] std::string webhookJson(const Delivery& delivery, const Sender& sender);

/// `POST /api/v2/alerts` of one notice: one alert an incident, whose labels stay the same as long as it lasts. A
/// severity that changed is another alert: the old one is ended.
/// endsMs  until when Alertmanager keeps it if it hears no more, ms since the epoch
/// Source: Alertmanager api/v2/openapi.yaml, postableAlert.
[[nodiscard]] std::string alertmanagerJson(const Notice& notice, const Sender& sender, std::int64_t endsMs);

/// One alert as Prometheus sends it.
struct RawAlert {
    LabelSet labels;
    LabelSet annotations;
    std::int64_t startsMs = 0;
    std::int64_t resolvedMs = 0;  ///< 0: firing
    std::string expr;             ///< for the link back
};
/// `POST /api/v2/alerts` of many. validUntilMs: endsAt of those that fire.
[[nodiscard]] std::string rawAlertsJson(const std::vector<RawAlert>& alerts, const Sender& sender,
                                        std::int64_t validUntilMs);

/// "[SEV1 opened] payments-db failing → checkout": the line that people see first.
[[nodiscard]] std::string subjectLine(const Delivery& delivery);
/// The notice in some lines of plain text.
[[nodiscard]] std::string plainText(const Delivery& delivery, const Sender& sender);

}  // namespace holdfast::notify
