#include "widgets/client/status.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

Result<Status> decodeStatus(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    Status status;
    status.version = textField(root, "version");
    status.nowMs = intField(root, "now_ms");
    status.startedMs = intField(root, "started_ms");
    status.environment = textField(root, "environment");
    status.operatorName = textField(root, "operator");
    status.configFile = textField(root, "config_file");
    status.configError = textField(root, "config_error");

    const QJsonObject targets = objectField(root, "targets");
    status.targets = {.total = intField(targets, "total"),
                      .up = intField(targets, "up"),
                      .down = intField(targets, "down"),
                      .unknown = intField(targets, "unknown"),
                      .lastScrapeMs = intField(targets, "last_scrape_ms"),
                      .intervalMs = intField(targets, "interval_ms"),
                      .discoveryErrors = textList(targets, "discovery_errors"),
                      .offlineSuspected = boolField(targets, "offline_suspected")};
    const QJsonObject clocks = objectField(root, "clocks");
    status.clocks = {.known = intField(clocks, "known"),
                     .off = intField(clocks, "off"),
                     .worstMs = optionalIntField(clocks, "worst_ms"),
                     .worst = textField(clocks, "worst")};
    const QJsonObject rules = objectField(root, "rules");
    status.rules = {.rules = intField(rules, "rules"),
                    .lastEvaluationMs = intField(rules, "last_evaluation_ms"),
                    .lateMs = intField(rules, "late_ms"),
                    .failing = intField(rules, "failing")};
    const QJsonObject store = objectField(root, "store");
    status.store = {.file = textField(store, "file"),
                    .bytes = intField(store, "bytes"),
                    .oldestMs = intField(store, "oldest_ms"),
                    .newestMs = intField(store, "newest_ms"),
                    .series = intField(store, "series"),
                    .queueDepth = intField(store, "queue_depth"),
                    .queueCapacity = intField(store, "queue_capacity"),
                    .refusedBatches = intField(store, "refused_batches"),
                    .corruptChunks = intField(store, "corrupt_chunks"),
                    .lostCommits = intField(store, "lost_commits"),
                    .writeError = textField(store, "write_error"),
                    .diskFree = optionalIntField(store, "disk_free_bytes"),
                    .diskBytes = optionalIntField(store, "disk_bytes"),
                    .fullInMs = optionalIntField(store, "full_in_ms")};
    const QJsonObject controls = objectField(root, "controls");
    status.controls = intField(controls, "total");
    status.armed = objectList<Status::Armed>(controls, "armed", [](const QJsonObject& armed) {
        return Status::Armed{textField(armed, "group"), intField(armed, "until_ms")};
    });
    const QJsonObject holds = objectField(root, "holds");
    status.holds = {intField(holds, "count"), optionalIntField(holds, "next_end_ms"), intField(holds, "overdue"),
                    intField(holds, "kept_by_engine")};
    if (root.value(QLatin1String("replay")).isObject()) {
        const QJsonObject replay = objectField(root, "replay");
        status.replay =
            Status::Replayed{intField(replay, "incident"), intField(replay, "start_ms"), intField(replay, "end_ms")};
    }
    const QJsonObject overload = objectField(root, "overload");
    status.overload = {textList(overload, "steps"), textField(overload, "why")};
    const QJsonObject incidents = objectField(root, "incidents");
    status.incidents = {intField(incidents, "open"), intField(incidents, "unacknowledged"),
                        optionalIntField(incidents, "last_closed_ms")};
    return status;
}

}  // namespace holdfast::widgets
