#include "app/api/overview_door.h"

#include "app/api/holdfast_answer.h"
#include "app/api/json_body.h"
#include "app/api/prometheus_answer.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace holdfast::api {

namespace {

using scrape::TargetHealth;
using scrape::TargetStatus;

constexpr std::size_t kIncidentsLookedAt = 1000;
constexpr std::int64_t kSkewedFromMs = 2000;     // beyond what a Date in whole seconds can tell
constexpr std::int64_t kGrowthFromMs = 600'000;  // guessed: a younger store says nothing of its growth

/// Where the store will be full: what is free on its disk, and when it is not any more if it grows on as it did.
struct DiskRoom {
    std::int64_t freeBytes = 0;
    std::int64_t capacityBytes = 0;
    std::optional<std::int64_t> fullInMs;
};

std::optional<DiskRoom> roomFor(const store::StoreStats& stats, const std::string& file)
{
    std::error_code problem;
    const auto space = std::filesystem::space(std::filesystem::absolute(file, problem).parent_path(), problem);
    if (problem || space.capacity == 0)
        return std::nullopt;
    DiskRoom room{static_cast<std::int64_t>(space.available), static_cast<std::int64_t>(space.capacity), {}};
    const std::int64_t age = stats.newestMs - stats.oldestMs;
    if (stats.oldestMs > 0 && age >= kGrowthFromMs && stats.fileBytes > 0)
        room.fullInMs = static_cast<std::int64_t>(static_cast<double>(room.freeBytes) * static_cast<double>(age)
                                                  / static_cast<double>(stats.fileBytes));
    return room;
}

void writeTargetCounts(JsonWriter& json, const scrape::TargetsSnapshot& snapshot)
{
    const auto count = [&](TargetHealth health) {
        return std::ranges::count(snapshot.active, health, &TargetStatus::health);
    };
    std::int64_t last = 0;
    std::int64_t interval = 0;
    for (const TargetStatus& target : snapshot.active) {
        last = std::max(last, target.lastScrapeMs);
        interval = interval == 0 ? target.intervalMs : std::min(interval, target.intervalMs);
    }
    json.key("targets").beginObject().integer("total", static_cast<std::int64_t>(snapshot.active.size()));
    json.integer("up", count(TargetHealth::Up)).integer("down", count(TargetHealth::Down));
    json.integer("unknown", count(TargetHealth::Unknown)).integer("last_scrape_ms", last);
    json.integer("interval_ms", interval).flag("offline_suspected", snapshot.offlineSuspected);
    json.texts("discovery_errors", snapshot.discoveryErrors).endObject();
}

/// The clock that is farthest from ours, and how many are more than two seconds off.
void writeClocks(JsonWriter& json, const scrape::TargetsSnapshot& snapshot)
{
    const TargetStatus* worst = nullptr;
    std::int64_t known = 0;
    std::int64_t off = 0;
    for (const TargetStatus& target : snapshot.active) {
        if (!target.skewMs)
            continue;
        ++known;
        off += std::abs(*target.skewMs) > kSkewedFromMs ? 1 : 0;
        if (!worst || std::abs(*target.skewMs) > std::abs(*worst->skewMs))
            worst = &target;
    }
    json.key("clocks").beginObject().integer("known", known).integer("off", off);
    json.integer("worst_ms", worst ? worst->skewMs : std::nullopt).text("worst", worst ? worst->instance : "");
    json.text("worst_job", worst ? worst->job : "").endObject();
}

void writeOverload(JsonWriter& json, const EngineFacts& facts)
{
    json.key("overload").beginObject().texts("steps", facts.degraded).text("why", facts.degradedWhy).endObject();
}

void writeRules(JsonWriter& json, const rules::RulesSnapshot& snapshot)
{
    static const rules::RulesStatus nothing;
    const rules::RulesStatus& status = snapshot ? *snapshot : nothing;
    json.key("rules").beginObject().integer("groups", static_cast<std::int64_t>(status.groups.size()));
    json.integer("rules", static_cast<std::int64_t>(status.rules)).integer("last_evaluation_ms", status.lastEvaluation);
    json.integer("late_ms", status.lateMs).integer("failing", static_cast<std::int64_t>(status.failing)).endObject();
}

void writeStore(JsonWriter& json, const store::StoreStats& stats, const std::string& file)
{
    json.key("store").beginObject().text("file", file).integer("bytes", static_cast<std::int64_t>(stats.fileBytes));
    json.integer("oldest_ms", stats.oldestMs).integer("newest_ms", stats.newestMs);
    json.integer("series", static_cast<std::int64_t>(stats.series));
    json.integer("queue_depth", static_cast<std::int64_t>(stats.queueDepth));
    json.integer("queue_capacity", static_cast<std::int64_t>(stats.queueCapacity));
    json.integer("refused_batches", static_cast<std::int64_t>(stats.refusedBatches));
    json.integer("corrupt_chunks", static_cast<std::int64_t>(stats.corruptChunks));
    json.integer("lost_commits", static_cast<std::int64_t>(stats.lostCommits));
    const std::optional<DiskRoom> room = roomFor(stats, file);
    json.integer("disk_free_bytes", room ? std::optional(room->freeBytes) : std::nullopt);
    json.integer("disk_bytes", room ? std::optional(room->capacityBytes) : std::nullopt);
    json.integer("full_in_ms", room ? room->fullInMs : std::nullopt);
    json.text("write_error", stats.lastWriteError).endObject();
}

void writeControls(JsonWriter& json, const control::ControlService& control)
{
    json.key("controls").beginObject().key("armed").beginArray();
    for (const control::ArmedGroup& group : control.armed())
        json.beginObject().text("group", group.group).integer("until_ms", group.untilMs).endObject();
    json.endArray().integer("total", static_cast<std::int64_t>(control.controls().size())).endObject();
    const control::HoldSummary holds = control.holds();
    json.key("holds").beginObject().integer("count", holds.count).integer("next_end_ms", holds.nextEndMs);
    json.integer("overdue", holds.overdue).integer("kept_by_engine", holds.keptByEngine).endObject();
}

void writeIncidents(JsonWriter& json, const incident::IncidentService& incidents)
{
    const auto isOpen = [](const incident::IncidentSummary& summary) {
        return summary.state != incident::IncidentState::Resolved && summary.state != incident::IncidentState::Closed;
    };
    std::int64_t open = 0;
    std::int64_t unacknowledged = 0;
    std::optional<std::int64_t> lastClosed;
    for (const incident::IncidentSummary& summary : incidents.list(false, kIncidentsLookedAt)) {
        open += isOpen(summary) ? 1 : 0;
        unacknowledged += summary.state == incident::IncidentState::New ? 1 : 0;
        const auto ended = summary.closedMs ? summary.closedMs : summary.resolvedMs;
        if (!isOpen(summary) && ended)
            lastClosed = std::max(lastClosed.value_or(0), *ended);
    }
    json.key("incidents").beginObject().integer("open", open).integer("unacknowledged", unacknowledged);
    json.integer("last_closed_ms", lastClosed).endObject();
}

void writeTarget(JsonWriter& json, const TargetStatus& target, std::int64_t now, const std::string& profile)
{
    json.beginObject().text("job", target.job).text("instance", target.instance).text("url", target.url).key("labels");
    writeLabels(json, target.labels);
    json.text("health", scrape::healthWord(target.health)).integer("last_scrape_ms", target.lastScrapeMs);
    json.integer("age_ms", target.lastScrapeMs == 0 ? std::nullopt : std::optional(now - target.lastScrapeMs));
    json.number("duration_ms", target.durationMs).integer("interval_ms", target.intervalMs);
    json.integer("timeout_ms", target.timeoutMs).integer("samples", static_cast<std::int64_t>(target.samples));
    json.integer("series_added", static_cast<std::int64_t>(target.seriesAdded)).text("error", target.lastError);
    json.text("error_words", target.lastErrorWords).key("history").beginArray();
    for (const scrape::ScrapeRecord& record : target.history)
        json.beginObject()
            .integer("at_ms", record.atMs)
            .number("duration_ms", record.durationMs)
            .integer("samples", static_cast<std::int64_t>(record.samples))
            .text("error", record.error)
            .endObject();
    json.endArray().text("breaker", target.breaker).text("profile", profile).integer("skew_ms", target.skewMs);
    json.key("discovered");
    writeLabels(json, target.discoveredLabels);
    json.key("disabled");
    if (target.pause.untilMs > now)
        json.beginObject()
            .integer("until_ms", target.pause.untilMs)
            .text("actor", target.pause.actor)
            .text("reason", target.pause.reason)
            .endObject();
    else
        json.null();
    json.endObject();
}

/// job and instance → name of the profile that reads it.
std::map<std::pair<std::string, std::string>, std::string> profiles(const signals::SignalService& signals)
{
    std::map<std::pair<std::string, std::string>, std::string> found;
    const auto model = signals.latest();
    if (!model)
        return found;
    for (const auto& [service, instances] : model->instances)
        if (const signals::ServiceRow* row = model->find(service))
            for (const signals::InstanceRow& instance : instances)
                found[{instance.job, instance.instance}] = row->profile;
    return found;
}

}  // namespace

void OverviewDoor::addRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/status", Lane::Status, [this](const Call&) { return status(); });
    router.addPrivate("GET", "/holdfast/v1/targets", Lane::Status, [this](const Call&) { return targets(); });
    router.addPrivate("POST", "/holdfast/v1/targets/scrape", Lane::Change,
                      [this](const Call& call) { return scrapeNow(call); });
    router.addPrivate("POST", "/holdfast/v1/targets/pause", Lane::Change,
                      [this](const Call& call) { return pauseTarget(call); });
    router.addStream("/holdfast/v1/stream", [this](const Call&) { return m_parts.events.subscribe(); });
    router.addPrivate("POST", "/-/reload", Lane::Change, [this](const Call&) {
        const auto done = m_parts.reload();
        return done.ok() ? status() : errorReply(done.error());
    });
}

HttpResponse OverviewDoor::status() const
{
    const EngineFacts facts = m_parts.facts();
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().text("version", facts.version).integer("pid", ::getpid());
        json.integer("now_ms", m_parts.clock.wallMs()).integer("started_ms", facts.startedMs);
        json.text("environment", facts.environment)
            .text("operator", facts.operatorName)
            .text("config_file", facts.configFile);
        json.text("config_error", facts.configError);
        writeOverload(json, facts);
        json.key("replay");
        if (facts.replay)
            json.beginObject()
                .integer("incident", facts.replay->incident)
                .integer("at_ms", facts.replay->atMs)
                .integer("start_ms", facts.replay->startMs)
                .integer("end_ms", facts.replay->endMs)
                .endObject();
        else
            json.null();
        const scrape::TargetsSnapshot targets = m_parts.scrapes.targets();
        writeTargetCounts(json, targets);
        writeClocks(json, targets);
        writeRules(json, m_parts.rules());
        writeStore(json, m_parts.store.stats(), facts.databaseFile);
        writeControls(json, m_parts.control);
        writeIncidents(json, m_parts.incidents);
        json.endObject();
    });
}

HttpResponse OverviewDoor::targets() const
{
    const scrape::TargetsSnapshot snapshot = m_parts.scrapes.targets();
    const auto profile = profiles(m_parts.signals);
    const std::int64_t now = m_parts.clock.wallMs();
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().key("targets").beginArray();
        for (const TargetStatus& target : snapshot.active) {
            const auto found = profile.find({target.job, target.instance});
            writeTarget(json, target, now, found == profile.end() ? std::string() : found->second);
        }
        json.endArray().endObject();
    });
}

HttpResponse OverviewDoor::scrapeNow(const Call& call) const
{
    JsonBody body(call.request.body);
    const std::string job = body.text("job");
    const std::string instance = body.text("instance");
    if (body.error())
        return errorReply(*body.error());
    const auto done = m_parts.scrapes.scrapeNow(job, instance);
    if (!done.ok())
        return errorReply(done.error());
    return jsonReply(
        [&](JsonWriter& json) { json.beginObject().text("job", job).text("instance", instance).endObject(); });
}

HttpResponse OverviewDoor::pauseTarget(const Call& call) const
{
    JsonBody body(call.request.body);
    const std::string job = body.text("job");
    const std::string instance = body.text("instance");
    const std::int64_t forS = body.integer("for_s");
    scrape::TargetPause pause{.untilMs = 0, .actor = body.optionalText("actor"), .reason = body.optionalText("reason")};
    if (body.error())
        return errorReply(*body.error());
    if (forS > 0 && (pause.actor.empty() || pause.reason.size() < 3))
        return errorReply(Error{"who disables a target says who and why (actor, reason)", ErrorKind::BadInput});
    pause.untilMs = forS > 0 ? m_parts.clock.wallMs() + forS * 1000 : 0;
    const std::int64_t until = pause.untilMs;
    const auto done = m_parts.scrapes.pause(job, instance, std::move(pause));
    if (!done.ok())
        return errorReply(done.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().text("job", job).text("instance", instance).integer("until_ms", until).endObject();
    });
}

}  // namespace holdfast::api
