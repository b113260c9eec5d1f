#include "widgets/targets/target_rows.h"

#include "widgets/client/severity.h"
#include "widgets/export/table_text.h"
#include "widgets/targets/scrape_spark.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Targets", text);
}

Severity severityOf(const Target& target, std::int64_t now)
{
    if (target.health == QLatin1String("down"))
        return Severity::Critical;
    return target.health != QLatin1String("up") || isStale(target, now) ? Severity::Unknown : Severity::Normal;
}

QString stateWord(const Target& target, std::int64_t now)
{
    if (target.lastScrapeMs == 0)
        return words("not yet scraped");
    if (target.health == QLatin1String("down"))
        return words("DOWN");
    return isStale(target, now) ? words("stale") : words("up");
}

}  // namespace

QString targetKey(const Target& target)
{
    return target.job + QLatin1Char('\n') + target.url;
}

bool isStale(const Target& target, std::int64_t nowMs)
{
    return target.lastScrapeMs > 0 && target.intervalMs > 0 && nowMs - target.lastScrapeMs > 3 * target.intervalMs;
}

TargetModel* makeTargetModel(std::function<std::int64_t()> now, QObject* parent)
{
    const auto column = [](auto text, bool right = false) {
        return [text, right](const Target& target, int role) -> QVariant {
            if (role == Qt::DisplayRole)
                return text(target);
            if (role == Qt::TextAlignmentRole && right)
                return int(Qt::AlignRight | Qt::AlignVCenter);
            return {};
        };
    };
    const auto took = [](const Target& target, int role) -> QVariant {
        switch (role) {
        case Qt::DisplayRole: return latencyText(target.durationMs / 1'000);
        case plainTextRole: return plainNumber(target.durationMs / 1'000);
        case Qt::ToolTipRole:
            return words("The last %1 scrapes; a full bar is the timeout of %2")
                .arg(QString::number(target.history.size()), durationText(target.timeoutMs));
        case timeoutRole: return QVariant::fromValue<qint64>(target.timeoutMs);
        case durationsRole: {
            QVariantList durations;
            for (const ScrapeRecord& record : target.history)
                durations << (record.error.isEmpty() ? record.durationMs : -1.0);
            return durations;
        }
        default: return {};
        }
    };
    return new TargetModel(
        {{QString(),
          [now](const Target& t, int role) -> QVariant {
              return role == RowRole::severity ? QVariant(static_cast<int>(severityOf(t, now()))) : QVariant();
          }},
         {words("State"),
          [now](const Target& t, int role) -> QVariant {
              if (role == Qt::DisplayRole)
                  return stateWord(t, now());
              return role == RowRole::severity ? QVariant(static_cast<int>(severityOf(t, now()))) : QVariant();
          }},
         {words("Job"), column([](const Target& t) { return t.job; })},
         {words("Endpoint"), column([](const Target& t) { return t.url; })},
         {words("Last scrape"), column([now](const Target& t) {
              return t.lastScrapeMs == 0 ? QStringLiteral("–") : words("%1 ago").arg(ageText(now() - t.lastScrapeMs));
          })},
         {words("Took"), took},
         {words("Every"), column([](const Target& t) { return durationText(t.intervalMs); }, true)},
         {words("Samples"), column([](const Target& t) { return QString::number(t.samples); }, true)},
         {words("New series"), column([](const Target& t) { return QString::number(t.seriesAdded); }, true)},
         {words("Profile"),
          column([](const Target& t) { return t.profile.isEmpty() ? QStringLiteral("–") : t.profile; })},
         {words("Why"), column([](const Target& t) { return t.errorWords.isEmpty() ? t.error : t.errorWords; })}},
        targetKey, parent);
}

}  // namespace holdfast::widgets
