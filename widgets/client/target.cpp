#include "widgets/client/target.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

namespace {

Target readTarget(const QJsonObject& object)
{
    Target target;
    target.job = textField(object, "job");
    target.instance = textField(object, "instance");
    target.url = textField(object, "url");
    const QJsonObject labels = objectField(object, "labels");
    for (auto label = labels.begin(); label != labels.end(); ++label)
        target.labels.insert(label.key(), label.value().toString());
    target.health = textField(object, "health");
    target.lastScrapeMs = intField(object, "last_scrape_ms");
    target.ageMs = intField(object, "age_ms");
    target.durationMs = numberField(object, "duration_ms").value_or(0);
    target.intervalMs = intField(object, "interval_ms");
    target.timeoutMs = intField(object, "timeout_ms");
    target.samples = intField(object, "samples");
    target.seriesAdded = intField(object, "series_added");
    target.error = textField(object, "error");
    target.errorWords = textField(object, "error_words");
    target.history = objectList<ScrapeRecord>(object, "history", [](const QJsonObject& scrape) {
        return ScrapeRecord{intField(scrape, "at_ms"), numberField(scrape, "duration_ms").value_or(0),
                            intField(scrape, "samples"), textField(scrape, "error")};
    });
    const QJsonObject discovered = objectField(object, "discovered");
    for (auto label = discovered.begin(); label != discovered.end(); ++label)
        target.discovered.insert(label.key(), label.value().toString());
    target.breaker = textField(object, "breaker");
    target.profile = textField(object, "profile");
    target.skewMs = optionalIntField(object, "skew_ms");
    const QJsonObject disabled = objectField(object, "disabled");
    target.disabledUntilMs = intField(disabled, "until_ms");
    target.disabledBy = textField(disabled, "actor");
    target.disabledReason = textField(disabled, "reason");
    return target;
}

}  // namespace

Result<TargetList> decodeTargets(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return TargetList{objectList<Target>(root, "targets", readTarget)};
}

}  // namespace holdfast::widgets
