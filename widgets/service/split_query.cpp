#include "widgets/service/split_query.h"

#include "app/promql/syntax/ast.h"
#include "app/promql/syntax/parser.h"
#include "app/promql/syntax/printer.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

using namespace promql;

// "$step" is no PromQL; this duration is nobody's and stands for it while the tree is worked on.
constexpr auto stepStandIn = "7s919ms";  // as the printer writes it

void addOnce(std::vector<std::string>& labels, const std::string& label)
{
    if (std::find(labels.begin(), labels.end(), label) == labels.end())
        labels.push_back(label);
}

template <typename Visit>
void walk(Expr& expr, const Visit& visit)
{
    visit(expr);
    switch (expr.kind) {
    case ExprKind::Subquery: walk(*as<Subquery>(expr).expr, visit); break;
    case ExprKind::Call:
        for (const ExprPtr& each : as<Call>(expr).args)
            walk(*each, visit);
        break;
    case ExprKind::Aggregate:
        walk(*as<Aggregate>(expr).expr, visit);
        if (as<Aggregate>(expr).param)
            walk(*as<Aggregate>(expr).param, visit);
        break;
    case ExprKind::Binary:
        walk(*as<Binary>(expr).lhs, visit);
        walk(*as<Binary>(expr).rhs, visit);
        break;
    case ExprKind::Unary: walk(*as<Unary>(expr).expr, visit); break;
    case ExprKind::Paren: walk(*as<Paren>(expr).expr, visit); break;
    case ExprKind::MatrixSelector: visit(*as<MatrixSelector>(expr).selector); break;
    case ExprKind::Number:
    case ExprKind::String:
    case ExprKind::VectorSelector: break;
    }
}

Result<ExprPtr> parsed(QString expr)
{
    expr.replace(QLatin1String("$step"), QLatin1String(stepStandIn));
    return parseExpression(expr.toStdString());
}

}  // namespace

Result<QString> splitBy(const QString& expr, const QString& label)
{
    HF_TRY(ExprPtr tree, parsed(expr));
    const std::string wanted = label.toStdString();
    walk(*tree, [&](Expr& node) {
        if (node.kind == ExprKind::Aggregate) {
            auto& aggregate = as<Aggregate>(node);
            if (aggregate.without)
                std::erase(aggregate.grouping, wanted);
            else
                addOnce(aggregate.grouping, wanted);
        } else if (node.kind == ExprKind::Binary) {
            auto& matching = as<Binary>(node).matching;
            if (matching && matching->on)
                addOnce(matching->labels, wanted);
        }
    });
    return QString::fromStdString(printExpression(*tree)).replace(QLatin1String(stepStandIn), QLatin1String("$step"));
}

Result<QString> onlyWhere(const QString& expr, const QString& label, const QString& value)
{
    HF_TRY(ExprPtr tree, parsed(expr));
    std::string recorded;
    walk(*tree, [&](Expr& node) {
        if (node.kind != ExprKind::VectorSelector)
            return;
        auto& selector = as<VectorSelector>(node);
        if (selector.name.find(':') != std::string::npos)  // a recording rule's name, by convention
            recorded = selector.name;
        // The name is the last of a selector's matchers, and is printed in front of them.
        selector.matchers.insert(selector.matchers.end() - (selector.name.empty() ? 0 : 1),
                                 {MatchType::Equal, label.toStdString(), value.toStdString()});
    });
    if (!recorded.empty())
        return Error{recorded + " is recorded for all instances together", ErrorKind::BadInput};
    return QString::fromStdString(printExpression(*tree)).replace(QLatin1String(stepStandIn), QLatin1String("$step"));
}

QStringList selectorsOf(const QString& expr)
{
    auto tree = parsed(expr);
    QStringList found;
    if (!tree)
        return found;
    walk(**tree, [&](Expr& node) {
        if (node.kind != ExprKind::VectorSelector)
            return;
        auto& selector = as<VectorSelector>(node);
        selector.shift = {};  // match[] takes none
        const QString text = QString::fromStdString(printExpression(selector));
        if (!found.contains(text))
            found << text;
    });
    return found;
}

std::vector<SplitChoice> splitChoices(const QStringList& labels)
{
    const auto say = [](const char* word) { return QCoreApplication::translate("ServiceView", word); };
    const std::array kinds{
        std::pair{QStringList{QStringLiteral("instance"), QStringLiteral("pod")}, say("instance")},
        std::pair{QStringList{QStringLiteral("route"), QStringLiteral("handler"), QStringLiteral("http_route"),
                              QStringLiteral("path"), QStringLiteral("uri"), QStringLiteral("endpoint")},
                  say("route")},
        std::pair{QStringList{QStringLiteral("code"), QStringLiteral("status"), QStringLiteral("status_code"),
                              QStringLiteral("http_response_status_code"), QStringLiteral("outcome")},
                  say("code")}};
    std::vector<SplitChoice> choices;
    for (const auto& [names, word] : kinds) {
        const auto name =
            std::find_if(names.begin(), names.end(), [&](const QString& each) { return labels.contains(each); });
        if (name != names.end())
            choices.push_back({*name, word});
    }
    return choices;
}

}  // namespace holdfast::widgets
