#include "widgets/map/depends_on.h"

#include <QMap>
#include <QStringList>

#include <algorithm>
#include <iterator>

namespace holdfast::widgets {

std::vector<FleetEdge> inferredCalls(const Fleet& fleet)
{
    std::vector<FleetEdge> calls;
    std::ranges::copy_if(fleet.edges, std::back_inserter(calls), [](const FleetEdge& edge) {
        return edge.source == QLatin1String("inferred") || edge.source == QLatin1String("breaker");
    });
    return calls;
}

QString dependsOnText(const std::vector<FleetEdge>& calls)
{
    QMap<QString, QStringList> callees;
    for (const FleetEdge& call : calls)
        callees[call.caller] << call.callee;
    QString text = QStringLiteral("holdfast:\n  services:\n");
    for (auto caller = callees.begin(); caller != callees.end(); ++caller) {
        caller->sort();
        caller->removeDuplicates();
        text += QStringLiteral("    %1:\n      depends_on: [\"%2\"]\n")
                    .arg(caller.key(), caller->join(QStringLiteral("\", \"")));
    }
    return text;
}

}  // namespace holdfast::widgets
