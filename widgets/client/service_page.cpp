#include "widgets/client/service_page.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

namespace {

LineRole roleFromText(const QString& text)
{
    if (text == QLatin1String("second"))
        return LineRole::Second;
    if (text == QLatin1String("third"))
        return LineRole::Third;
    return LineRole::Main;
}

LaneQuery readQuery(const QJsonObject& object)
{
    return {textField(object, "name"), textField(object, "expr"), roleFromText(textField(object, "role"))};
}

LaneSpec readLane(const QJsonObject& object)
{
    LaneSpec lane;
    lane.id = textField(object, "id");
    lane.title = textField(object, "title");
    lane.unit = unitFromText(textField(object, "unit"));
    lane.queries = objectList<LaneQuery>(object, "queries", readQuery);
    lane.missing = textField(object, "missing");
    const QJsonObject limit = objectField(object, "limit");
    if (const auto value = numberField(limit, "value"))
        lane.limit = LaneLimit{*value, textField(limit, "text"), textField(limit, "bad") == QLatin1String("below")};
    const QJsonObject heatmap = objectField(object, "heatmap");
    lane.heatmapExpr = textField(heatmap, "expr");
    lane.heatmapSlo = numberField(heatmap, "slo");
    return lane;
}

BreakerLaneSpec readBreaker(const QJsonObject& object)
{
    return {.control = textField(object, "control"),
            .name = textField(object, "name"),
            .callee = textField(object, "callee"),
            .stateExpr = textField(object, "state_expr"),
            .openExpr = textField(object, "open_expr"),
            .instancesExpr = textField(object, "instances_expr")};
}

FlagLaneSpec readFlag(const QJsonObject& object)
{
    return {textField(object, "control"), textField(object, "name"), textField(object, "state_expr")};
}

InstanceInfo readInstance(const QJsonObject& object)
{
    return {textField(object, "instance"), boolField(object, "up"), textField(object, "version"),
            intField(object, "started_ms")};
}

}  // namespace

LaneUnit unitFromText(const QString& text)
{
    if (text == QLatin1String("seconds"))
        return LaneUnit::Seconds;
    if (text == QLatin1String("ratio"))
        return LaneUnit::Ratio;
    if (text == QLatin1String("per_second"))
        return LaneUnit::PerSecond;
    if (text == QLatin1String("multiple"))
        return LaneUnit::Multiple;
    return LaneUnit::Count;
}

Result<ServicePage> decodeServicePage(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    ServicePage page;
    page.now = readFleetService(root);
    page.lanes = objectList<LaneSpec>(root, "lanes", readLane);
    page.breakers = objectList<BreakerLaneSpec>(root, "breakers", readBreaker);
    page.flags = objectList<FlagLaneSpec>(root, "flags", readFlag);
    page.instances = objectList<InstanceInfo>(root, "instances", readInstance);
    page.callers = textList(root, "callers");
    page.callees = textList(root, "callees");
    return page;
}

}  // namespace holdfast::widgets
