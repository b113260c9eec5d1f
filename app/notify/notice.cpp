#include "app/notify/notice.h"

#include "app/notify/delivery.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace holdfast::notify {

namespace {

using nlohmann::json;

constexpr std::array kChanges{std::pair{Change::Opened, "opened"},     std::pair{Change::Worse, "worse"},
                              std::pair{Change::Reopened, "reopened"}, std::pair{Change::Resolved, "resolved"},
                              std::pair{Change::Reminder, "reminder"}, std::pair{Change::Test, "test"}};
constexpr std::array kStates{
    std::pair{DeliveryState::Waiting, "waiting"}, std::pair{DeliveryState::Sending, "sending"},
    std::pair{DeliveryState::Sent, "sent"},       std::pair{DeliveryState::Failed, "failed"},
    std::pair{DeliveryState::Dropped, "dropped"}, std::pair{DeliveryState::Superseded, "superseded"},
    std::pair{DeliveryState::Unsure, "unsure"}};

json labelsJson(const LabelSet& labels)
{
    json out = json::object();
    for (const Label& label : labels)
        out[label.name] = label.value;
    return out;
}

LabelSet labelsOf(const json& object)
{
    std::vector<Label> labels;
    if (object.is_object())
        for (const auto& [name, value] : object.items())
            if (value.is_string())
                labels.push_back({name, value.get<std::string>()});
    return LabelSet(std::move(labels));
}

json alertJson(const NoticeAlert& alert)
{
    return {{"labels", labelsJson(alert.labels)},
            {"annotations", labelsJson(alert.annotations)},
            {"firing", alert.firing},
            {"starts_ms", alert.startsMs},
            {"ends_ms", alert.endsMs}};
}

}  // namespace

const char* changeWord(Change change)
{
    return std::ranges::find(kChanges, change, &std::pair<Change, const char*>::first)->second;
}

Change changeOf(std::string_view word)
{
    const auto found =
        std::ranges::find_if(kChanges, [&](const auto& entry) { return std::string_view(entry.second) == word; });
    return found == kChanges.end() ? Change::Opened : found->first;
}

const char* deliveryWord(DeliveryState state)
{
    return std::ranges::find(kStates, state, &std::pair<DeliveryState, const char*>::first)->second;
}

DeliveryState deliveryStateOf(std::string_view word)
{
    const auto found =
        std::ranges::find_if(kStates, [&](const auto& entry) { return std::string_view(entry.second) == word; });
    return found == kStates.end() ? DeliveryState::Failed : found->first;
}

std::string noticeJson(const Notice& notice)
{
    const Situation& now = notice.now;
    json alerts = json::array();
    for (const NoticeAlert& alert : notice.alerts)
        alerts.push_back(alertJson(alert));
    const json out{{"subject", now.subject},
                   {"kind", now.kind},
                   {"over", now.over},
                   {"tell_end", now.tellEnd},
                   {"severity", now.severity},
                   {"incident", now.incident},
                   {"title", now.title},
                   {"text", now.text},
                   {"service", now.service},
                   {"started_ms", now.startedMs},
                   {"ended_ms", now.endedMs},
                   {"change", changeWord(notice.change)},
                   {"at_ms", notice.atMs},
                   {"worst_before", notice.worstBefore},
                   {"alerts", std::move(alerts)},
                   {"alerts_left_out", notice.alertsLeftOut}};
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

// What the journal holds we wrote; whatever is missing keeps its default.
Notice noticeFromJson(std::string_view text)
{
    Notice out;
    const json root = json::parse(text, nullptr, false);
    if (!root.is_object())
        return out;
    try {
        Situation& now = out.now;
        now.subject = root.value("subject", "");
        now.kind = root.value("kind", "");
        now.over = root.value("over", false);
        now.tellEnd = root.value("tell_end", true);
        now.severity = root.value("severity", 3);
        now.incident = root.value("incident", std::int64_t{0});
        now.title = root.value("title", "");
        now.text = root.value("text", "");
        now.service = root.value("service", "");
        now.startedMs = root.value("started_ms", std::int64_t{0});
        now.endedMs = root.value("ended_ms", std::int64_t{0});
        out.change = changeOf(root.value("change", ""));
        out.atMs = root.value("at_ms", std::int64_t{0});
        out.worstBefore = root.value("worst_before", 0);
        out.alertsLeftOut = root.value("alerts_left_out", std::size_t{0});
        for (const json& alert : root.value("alerts", json::array()))
            out.alerts.push_back({.labels = labelsOf(alert.value("labels", json::object())),
                                  .annotations = labelsOf(alert.value("annotations", json::object())),
                                  .firing = alert.value("firing", true),
                                  .startsMs = alert.value("starts_ms", std::int64_t{0}),
                                  .endsMs = alert.value("ends_ms", std::int64_t{0})});
    } catch (const json::exception&) {
        return out;
    }
    return out;
}

}  // namespace holdfast::notify
