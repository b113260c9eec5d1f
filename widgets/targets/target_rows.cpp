#include "widgets/targets/target_rows.h"

#include "widgets/client/severity.h"
#include "widgets/export/table_text.h"
#include "widgets/targets/scrape_spark.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>

#include <cstdlib>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Targets", text);
}

constexpr std::int64_t skewLimitMs = 2'000;  // a Date header tells whole seconds; and less does no harm to rates

bool isDisabled(const Target& target, std::int64_t now)
{
    return target.disabledUntilMs > now;
}

Severity severityOf(const Target& target, std::int64_t now)
{
    if (isDisabled(target, now))
        return Severity::Normal;
    if (target.health == QLatin1String("down"))
        return Severity::Critical;
    return target.health != QLatin1String("up") || isStale(target, now) ? Severity::Unknown : Severity::Normal;
}

QString stateWord(const Target& target, std::int64_t now)
{
    if (isDisabled(target, now))
        return words("disabled %1").arg(countdownText(target.disabledUntilMs - now));
    if (target.lastScrapeMs == 0)
        return words("not yet scraped");
    if (target.health == QLatin1String("down"))
        return words("DOWN");
    return isStale(target, now) ? words("stale") : words("up");
}

QString skewText(const Target& target)
{
    if (!target.skewMs)
        return QStringLiteral("–");
    const std::int64_t off = std::abs(*target.skewMs);
    if (off < skewLimitMs)
        return words("in step");
    return (*target.skewMs > 0 ? words("%1 ahead") : words("%1 behind")).arg(durationText(off / 1'000 * 1'000));
}

/// A replay knows the instance only.
QString endpointText(const Target& target)
{
    const QString& known = target.url.isEmpty() ? target.instance : target.url;
    return known.isEmpty() ? QStringLiteral("–") : known;
}

QString everyText(const Target& target)
{
    return target.intervalMs > 0 ? durationText(target.intervalMs) : QStringLiteral("–");
}

QString reasonText(const Target& target, std::int64_t now)
{
    if (isDisabled(target, now))
        return words("by %1: %2").arg(target.disabledBy, target.disabledReason);
    return target.errorWords.isEmpty() ? target.error : target.errorWords;
}

}  // namespace

QString targetKey(const Target& target)
{
    return target.job + QLatin1Char('\n') + (target.url.isEmpty() ? target.instance : target.url);
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
        case Qt::DisplayRole:
            return target.durationMs > 0 ? latencyText(target.durationMs / 1'000) : QStringLiteral("–");
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
    const auto clock = [](const Target& target, int role) -> QVariant {
        const bool off = target.skewMs && std::abs(*target.skewMs) >= skewLimitMs;
        switch (role) {
        case Qt::DisplayRole: return skewText(target);
        case RowRole::dim: return !off;
        case RowRole::severity: return off ? QVariant(static_cast<int>(Severity::Warning)) : QVariant();
        case plainTextRole: return target.skewMs ? plainNumber(double(*target.skewMs) / 1'000) : QString();
        case Qt::ToolTipRole:
            return words("Its clock beside the engine's, by the Date header of its answers: true to a second. Samples "
                         "carry the engine's time and are not touched by it.");
        default: return {};
        }
    };
    // A foreign Prometheus does not tell what a scrape brought.
    const auto whole = [](const Target& target, std::int64_t count) {
        return target.samples == 0 && target.health == QLatin1String("up") ? QStringLiteral("–")
                                                                           : QString::number(count);
    };
    return new TargetModel(
        {{QString(),
          [now](const Target& t, int role) -> QVariant {
              if (role == RowRole::held)
                  return isDisabled(t, now());
              return role == RowRole::severity ? QVariant(static_cast<int>(severityOf(t, now()))) : QVariant();
          }},
         {words("State"),
          [now](const Target& t, int role) -> QVariant {
              if (role == Qt::DisplayRole)
                  return stateWord(t, now());
              return role == RowRole::severity ? QVariant(static_cast<int>(severityOf(t, now()))) : QVariant();
          }},
         {words("Job"), column([](const Target& t) { return t.job; })},
         {words("Endpoint"), column(endpointText)},
         {words("Last scrape"), column([now](const Target& t) {
              return t.lastScrapeMs == 0 ? QStringLiteral("–") : words("%1 ago").arg(ageText(now() - t.lastScrapeMs));
          })},
         {words("Took"), took},
         {words("Every"), column(everyText, true)},
         {words("Samples"), column([whole](const Target& t) { return whole(t, t.samples); }, true)},
         {words("New series"), column([whole](const Target& t) { return whole(t, t.seriesAdded); }, true)},
         {words("Profile"),
          column([](const Target& t) { return t.profile.isEmpty() ? QStringLiteral("–") : t.profile; })},
         {words("Clock"), clock},
         {words("Why"), column([now](const Target& t) { return reasonText(t, now()); })}},
        targetKey, parent);
}

}  // namespace holdfast::widgets
