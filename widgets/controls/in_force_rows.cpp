#include "widgets/controls/in_force_rows.h"

#include "widgets/client/severity.h"
#include "widgets/controls/control_card.h"
#include "widgets/controls/effect_rows.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace holdfast::widgets {

namespace {

using Kind = InForceRow::Kind;

QString words(const char* text)
{
    return QCoreApplication::translate("InForce", text);
}

QString titleOf(const InForceRow& row)
{
    if (row.control)
        return controlTitle(*row.control);
    return row.kind == Kind::Hold ? row.lease.control : row.action.control;
}

QString stateOf(const InForceRow& row)
{
    switch (row.kind) {
    case Kind::Waiting:
        return (row.action.state == QLatin1String("scheduled") ? words("SCHEDULED – %1")
                                                               : words("WAITING for a yes – %1"))
            .arg(effectOf(row.action));
    case Kind::Hold: return row.lease.word;
    case Kind::Foreign: break;
    }
    return words("%1 (not from here)").arg(row.control->word);
}

QString verifiedOf(const InForceRow& row, std::int64_t now)
{
    if (row.kind == Kind::Waiting)
        return words("nothing sent yet");
    if (row.kind == Kind::Foreign)
        return QStringLiteral("%1, %2").arg(instancesText(*row.control), ageText(now - row.control->observedMs));
    if (row.lease.verifiedMs == 0)
        return QStringLiteral("%1/%2").arg(row.lease.k).arg(row.lease.n);
    QString text = words("%1/%2, %3 ago").arg(row.lease.k).arg(row.lease.n).arg(ageText(now - row.lease.verifiedMs));
    if (row.lease.drifted > 0)
        text += words(" · %1 drifted").arg(row.lease.drifted);
    return text;
}

QString endOf(const InForceRow& row, std::int64_t now)
{
    if (row.kind == Kind::Foreign)
        return words("not known here");
    if (row.kind == Kind::Waiting)
        return row.action.startMs > 0 ? words("starts in %1").arg(countdownText(row.action.startMs - now))
                                      : words("waits for %1").arg(ageText(now - row.action.createdMs));
    const QString left = countdownText(row.lease.untilMs - now);
    if (!row.lease.untilRecovered)
        return QStringLiteral("%1 (%2)").arg(left, timeText(row.lease.untilMs, now));
    return row.lease.calmSinceMs > 0 ? words("calm for %1, at most %2").arg(ageText(now - row.lease.calmSinceMs), left)
                                     : words("until it recovers, at most %1").arg(left);
}

Severity severityOf(const InForceRow& row, std::int64_t now)
{
    if (row.kind != Kind::Hold)
        return Severity::Normal;
    if (row.lease.untilMs <= now || row.lease.state == QLatin1String("revert_failed"))
        return Severity::Critical;
    return row.lease.drifted > 0 ? Severity::Warning : Severity::Normal;
}

QString labelOf(InForceAct act)
{
    switch (act) {
    case InForceAct::Approve: return words("Approve…");
    case InForceAct::Refuse: return words("Refuse");
    case InForceAct::CancelStart: return words("Cancel");
    case InForceAct::Revert: return words("Revert");
    case InForceAct::Extend: return words("+15");
    case InForceAct::Reapply: return words("Re-apply");
    case InForceAct::Release: break;
    }
    return words("Release…");
}

QString keyOf(const InForceRow& row)
{
    switch (row.kind) {
    case Kind::Waiting: return QStringLiteral("a%1").arg(row.action.id);
    case Kind::Hold: return QStringLiteral("l%1").arg(row.lease.id);
    case Kind::Foreign: break;
    }
    return row.control->id;
}

}  // namespace

std::vector<InForceAct> actsOn(const InForceRow& row)
{
    switch (row.kind) {
    case Kind::Waiting:
        if (row.action.state == QLatin1String("scheduled"))
            return {InForceAct::CancelStart};
        return {InForceAct::Approve, InForceAct::Refuse};
    case Kind::Hold:
        if (row.lease.drifted > 0)
            return {InForceAct::Revert, InForceAct::Extend, InForceAct::Reapply};
        return {InForceAct::Revert, InForceAct::Extend};
    case Kind::Foreign: break;
    }
    const auto options = usefulOptions(*row.control);
    const bool releasable =
        std::ranges::any_of(options, [&](const ControlOption& option) { return row.control->rests(option.value); });
    return releasable ? std::vector{InForceAct::Release} : std::vector<InForceAct>{};
}

std::vector<InForceRow> inForceRows(const LeaseList* leases, const ActionList* actions,
                                    const std::vector<ControlRef>& controls)
{
    QHash<QString, ControlRef> byId;
    std::vector<InForceRow> foreign;
    for (const ControlRef& control : controls) {
        // Only what may be named below is looked up: thousands of controls stay cheap.
        if (control->forced() && !control->lease)
            foreign.push_back({Kind::Foreign, {}, {}, control, false});
    }
    if ((leases && !leases->leases.empty()) || (actions && !actions->actions.empty())) {
        for (const ControlRef& control : controls)
            byId.insert(control->id, control);
    }
    std::vector<InForceRow> rows;
    if (actions) {
        for (const Action& action : actions->actions) {
            if (action.waits())
                rows.push_back({Kind::Waiting, {}, action, byId.value(action.control), false});
        }
    }
    const auto waiting = static_cast<std::ptrdiff_t>(rows.size());
    if (leases) {
        for (const Lease& lease : leases->leases)
            rows.push_back({Kind::Hold, lease, {}, byId.value(lease.control), false});
    }
    std::sort(rows.begin() + waiting, rows.end(),
              [](const InForceRow& a, const InForceRow& b) { return a.lease.untilMs < b.lease.untilMs; });
    rows.insert(rows.end(), foreign.begin(), foreign.end());
    return rows;
}

InForceModel* makeInForceModel(Now now, QObject* parent)
{
    const auto column = [](auto text) {
        return [text](const InForceRow& row, int role) -> QVariant {
            if (role == RowRole::dim)
                return row.outside;
            return role == Qt::DisplayRole ? QVariant(text(row)) : QVariant();
        };
    };
    return new InForceModel(
        {{QString(),
          [now](const InForceRow& row, int role) -> QVariant {
              if (role == RowRole::held)
                  return row.kind != Kind::Waiting && severityOf(row, now()) != Severity::Critical;
              if (role == RowRole::severity)
                  return static_cast<int>(severityOf(row, now()));
              return {};
          }},
         {words("Control"), column(titleOf)},
         {words("State"), column(stateOf)},
         {words("Verified"), column([now](const InForceRow& row) { return verifiedOf(row, now()); })},
         {words("Ends"), column([now](const InForceRow& row) { return endOf(row, now()); })},
         {words("Kept by"), column([](const InForceRow& row) {
              if (row.kind != Kind::Hold)
                  return QStringLiteral("–");
              return row.lease.keeper == QLatin1String("service") ? words("the service") : words("this computer");
          })},
         {words("Who"), column([](const InForceRow& row) {
              return row.kind == Kind::Hold      ? row.lease.actor
                     : row.kind == Kind::Waiting ? row.action.actor
                                                 : QStringLiteral("?");
          })},
         {words("Reason"), column([](const InForceRow& row) {
              return row.kind == Kind::Hold      ? row.lease.reason
                     : row.kind == Kind::Waiting ? row.action.reason
                                                 : QString();
          })},
         {words("Action"),
          [](const InForceRow& row, int role) -> QVariant {
              if (role != RowRole::buttons)
                  return {};
              QStringList labels;
              for (const InForceAct act : actsOn(row))
                  labels << labelOf(act);
              return labels;
          }}},
        keyOf, parent);
}

}  // namespace holdfast::widgets
