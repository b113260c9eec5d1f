#include "widgets/controls/audit_rows.h"

#include "widgets/client/severity.h"
#include "widgets/controls/effect_rows.h"
#include "widgets/controls/outcome.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Audit", text);
}

QVariant shape(Severity severity)
{
    return static_cast<int>(severity);
}

/// The journal's words, with a moment in them as a clock time.
QString outcomeWords(const AuditRow& row, std::int64_t now)
{
    QString text = QString(row.outcome).replace(QLatin1Char('_'), QLatin1Char(' '));
    static const QRegularExpression moment(QStringLiteral("\\b(\\d{13})\\b"));
    if (const auto found = moment.match(text); found.hasMatch())
        text.replace(found.captured(1), timeText(found.captured(1).toLongLong(), now));
    return text;
}

Severity stepSeverity(const AuditRow& row)
{
    for (const char* bad : {"failed", "revert_failed", "contradicted", "denied"}) {
        if (row.outcome == QLatin1String(bad) || row.step == QLatin1String(bad))
            return Severity::Critical;
    }
    for (const char* unsure : {"partial", "ambiguous", "unverifiable", "drift"}) {
        if (row.outcome == QLatin1String(unsure) || row.step == QLatin1String(unsure))
            return Severity::Warning;
    }
    return Severity::Normal;
}

}  // namespace

HistoryModel* makeHistoryModel(Now now, QObject* parent)
{
    const auto column = [](auto text) {
        return [text](const Action& action, int role) -> QVariant {
            return role == Qt::DisplayRole ? QVariant(text(action)) : QVariant();
        };
    };
    const auto failed = [](const Action& action) {
        return action.state == QLatin1String("failed") || action.state == QLatin1String("revert_failed")
               || action.state == QLatin1String("contradicted");
    };
    const auto severity = [failed](const Action& action) {
        if (failed(action))
            return Severity::Critical;
        const bool unsure = action.state == QLatin1String("partial") || action.state == QLatin1String("ambiguous")
                            || action.state == QLatin1String("unverifiable");
        return unsure ? Severity::Warning : Severity::Normal;
    };
    return new HistoryModel(
        {{QString(),
          [severity](const Action& a, int role) -> QVariant {
              return role == RowRole::severity ? shape(severity(a)) : QVariant();
          }},
         {words("When"), column([now](const Action& a) { return timeText(a.createdMs, now()); })},
         {words("Who"), column([](const Action& a) { return a.actor; })},
         {words("Control"), column([](const Action& a) { return a.control; })},
         {words("Change"), column([](const Action& a) {
              return QStringLiteral("%1 → %2").arg(QString(a.from).replace(QLatin1Char('_'), QLatin1Char(' ')),
                                                   QString(a.to).replace(QLatin1Char('_'), QLatin1Char(' ')));
          })},
         {words("Outcome"),
          [severity](const Action& a, int role) -> QVariant {
              if (role == Qt::DisplayRole)
                  return outcomeText(a);
              return role == RowRole::severity ? shape(severity(a)) : QVariant();
          }},
         {words("Effect"), column([](const Action& a) {
              QStringList parts;
              for (const EffectRow& row : effectRows(a))
                  parts << QStringLiteral("%1 %2 → %3 %4").arg(row.name(), row.before, row.now, row.verdict);
              return parts.isEmpty() ? QStringLiteral("–") : parts.join(QStringLiteral("; "));
          })},
         {words("Reason"), column([](const Action& a) { return a.reason; })}},
        [](const Action& action) { return QString::number(action.id); }, parent);
}

AuditModel* makeAuditModel(Now now, QObject* parent)
{
    const auto column = [](auto text) {
        return [text](const AuditRow& row, int role) -> QVariant {
            return role == Qt::DisplayRole ? QVariant(text(row)) : QVariant();
        };
    };
    return new AuditModel(
        {{QString(),
          [](const AuditRow& row, int role) -> QVariant {
              return role == RowRole::severity ? shape(stepSeverity(row)) : QVariant();
          }},
         {words("Row"), column([](const AuditRow& row) { return QString::number(row.id); })},
         {words("When"), column([now](const AuditRow& row) { return timeText(row.atMs, now()); })},
         {words("Action"), column([](const AuditRow& row) {
              return row.action > 0 ? QString::number(row.action) : QStringLiteral("–");
          })},
         {words("Step"),
          column([](const AuditRow& row) { return QString(row.step).replace(QLatin1Char('_'), QLatin1Char(' ')); })},
         {words("Who"), column([](const AuditRow& row) {
              const bool same = row.osUser.isEmpty() || row.osUser == row.actor;
              return same ? row.actor : QStringLiteral("%1 (%2)").arg(row.actor, row.osUser);
          })},
         {words("Control"), column([](const AuditRow& row) { return row.control; })},
         {words("Instance"), column([](const AuditRow& row) { return row.instance; })},
         {words("Outcome"), column([now](const AuditRow& row) { return outcomeWords(row, now()); })},
         {words("Reason"), column([](const AuditRow& row) { return row.reason; })},
         {words("Before → wanted → after"), column([](const AuditRow& row) {
              QStringList parts;
              for (const QString& part : {row.before, row.wanted, row.after})
                  parts << (part.isEmpty() ? QStringLiteral("–") : part);
              return row.before.isEmpty() && row.wanted.isEmpty() && row.after.isEmpty()
                         ? QString()
                         : parts.join(QStringLiteral(" → "));
          })},
         {words("Hash"), column([](const AuditRow& row) { return row.hash.left(12); })}},
        [](const AuditRow& row) { return QString::number(row.id); }, parent);
}

}  // namespace holdfast::widgets
