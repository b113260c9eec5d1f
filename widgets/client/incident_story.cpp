#include "widgets/client/incident_story.h"

#include "widgets/client/json_fields.h"
#include "widgets/client/json_list.h"

namespace holdfast::widgets {

Result<ShelfList> decodeShelves(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return ShelfList{objectList<Shelf>(root, "shelves", [](const QJsonObject& object) {
        return Shelf{.id = intField(object, "id"),
                     .alert = textField(object, "alert"),
                     .service = textField(object, "service"),
                     .actor = textField(object, "actor"),
                     .reason = textField(object, "reason"),
                     .createdMs = intField(object, "created_ms"),
                     .untilMs = intField(object, "until_ms"),
                     .untilClear = boolField(object, "until_clear"),
                     .firing = intField(object, "firing")};
    })};
}

Result<StandingList> decodeStanding(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return StandingList{objectList<IncidentSignal>(root, "alerts", readIncidentSignal)};
}

Result<SimilarList> decodeSimilar(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return SimilarList{objectList<SimilarIncident>(root, "similar", [](const QJsonObject& object) {
        return SimilarIncident{.id = intField(object, "id"),
                               .title = textField(object, "title"),
                               .openedMs = intField(object, "opened_ms"),
                               .resolvedMs = optionalIntField(object, "resolved_ms"),
                               .why = textList(object, "why"),
                               .done = objectList<SimilarIncident::Done>(object, "done", [](const QJsonObject& done) {
                                   return SimilarIncident::Done{intField(done, "at_ms"), textField(done, "text"),
                                                                textField(done, "effect")};
                               })};
    })};
}

Result<EffectList> decodeEffects(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return EffectList{objectList<ChangeEffect>(root, "effects", [](const QJsonObject& object) {
        return ChangeEffect{.ofMs = intField(object, "of_ms"),
                            .of = textField(object, "of"),
                            .service = textField(object, "service"),
                            .actor = textField(object, "actor"),
                            .what = textField(object, "what"),
                            .state = textField(object, "state"),
                            .verdict = textField(object, "verdict"),
                            .text = textField(object, "text"),
                            .because = textField(object, "because"),
                            .lines = objectList<ChangeEffect::Line>(
                                object, "lines",
                                [](const QJsonObject& line) {
                                    return ChangeEffect::Line{textField(line, "signal"), numberField(line, "before"),
                                                              numberField(line, "now"), textField(line, "verdict")};
                                }),
                            .incident = optionalIntField(object, "incident")};
    })};
}

Result<Review> decodeReview(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    const QJsonObject alarms = objectField(root, "alarms");
    return Review{.incidents = intField(root, "incidents"),
                  .pages = intField(root, "pages"),
                  .alarmsPer10min = numberField(alarms, "per_10min"),
                  .worst10min = intField(alarms, "worst_10min"),
                  .floods = intField(alarms, "floods"),
                  .judgement = textField(alarms, "judgement"),
                  .acknowledgeMedianMs = numberField(objectField(root, "acknowledge_ms"), "median"),
                  .resolveMedianMs = numberField(objectField(root, "resolve_ms"), "median"),
                  .selfHealedRatio = numberField(root, "self_healed_ratio")};
}

Result<ReplacementList> decodeReplacements(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return ReplacementList{objectList<Replacement>(root, "replacements", [](const QJsonObject& object) {
        return Replacement{textField(object, "kind"), textField(object, "text"), textField(object, "with"),
                           intField(object, "times")};
    })};
}

}  // namespace holdfast::widgets
