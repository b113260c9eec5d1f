#include "widgets/service/instance_filter.h"

#include "widgets/service/split_query.h"

namespace holdfast::widgets {

namespace {

const auto instanceLabel = QStringLiteral("instance");

}  // namespace

ServicePage forInstance(ServicePage page, const QString& instance)
{
    for (LaneSpec& lane : page.lanes) {
        std::vector<LaneQuery> narrowed = lane.queries;
        bool all = false;
        for (LaneQuery& query : narrowed) {
            const auto expr = onlyWhere(query.expr, instanceLabel, instance);
            all = all || !expr;
            if (expr)
                query.expr = *expr;
        }
        lane.allInstances = all;
        if (!all)
            lane.queries = std::move(narrowed);
        if (lane.heatmapExpr.isEmpty())
            continue;
        const auto heatmap = onlyWhere(lane.heatmapExpr, instanceLabel, instance);
        lane.allInstances = !heatmap;
        if (heatmap)
            lane.heatmapExpr = *heatmap;
    }
    return page;
}

}  // namespace holdfast::widgets
