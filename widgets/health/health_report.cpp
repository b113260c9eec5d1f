#include "widgets/health/health_report.h"

#include "app/base/duration.h"
#include "widgets/theme/number_format.h"

#include <QCoreApplication>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t lateRulesMs = 5'000;  // a group evaluates within a second when all is well
constexpr double fullSoonS = 24 * 3600;      // a person should know a day before
constexpr double nearlyFullQueue = 0.8;      // guessed
constexpr double leastGrowthPerS = 1;        // below it, the disk outlives the computer
constexpr std::size_t mostErrors = 20;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(HealthReport)
};

QString since(std::int64_t ms, std::int64_t nowMs)
{
    return Words::tr("since %1 (%2)").arg(timeText(ms, nowMs), durationText(nowMs - ms));
}

QString plain(double number)
{
    return countText(number);
}

HealthSection engineSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("Engine"), {}};
    const bool connected = f.link == LinkState::Connected;
    if (connected && f.status)
        section.rows.push_back({Words::tr("Runs"), since(f.status->startedMs, f.nowMs)});
    else
        section.rows.push_back({Words::tr("Not reachable"),
                                f.linkDetail.isEmpty() ? Words::tr("no answer yet") : f.linkDetail,
                                Severity::Critical});
    if (!f.status)
        return section;
    section.rows.push_back({Words::tr("Version"), f.status->version});
    section.rows.push_back({Words::tr("Environment"), f.status->environment});
    const QString file = f.status->configFile.isEmpty() ? Words::tr("none – built-in values") : f.status->configFile;
    section.rows.push_back({Words::tr("Configuration"), file, Severity::Normal, QStringLiteral("settings")});
    if (!f.status->configError.isEmpty())
        section.rows.push_back({Words::tr("Last reload refused"),
                                Words::tr("%1 – the configuration before stays in force").arg(f.status->configError),
                                Severity::Warning, QStringLiteral("settings")});
    return section;
}

HealthSection collectingSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("Collecting"), {}};
    const Status::Targets& targets = f.status->targets;
    const QString view = QStringLiteral("targets");
    if (f.status->replay) {
        section.rows.push_back({Words::tr("Targets"), Words::tr("a recording: nothing is collected")});
        return section;
    }
    section.rows.push_back({Words::tr("Targets"), Words::tr("%1 of %2 up").arg(targets.up).arg(targets.total),
                            targets.down > 0 ? Severity::Warning : Severity::Normal, view});
    if (targets.offlineSuspected)
        section.rows.push_back({Words::tr("Network"),
                                Words::tr("you may be offline: more than half became unreachable at once"),
                                Severity::Warning, view});
    if (targets.lastScrapeMs > 0)
        section.rows.push_back({Words::tr("Last scrape"),
                                Words::tr("%1 ago, the shortest interval is %2")
                                    .arg(ageText(f.nowMs - targets.lastScrapeMs), durationText(targets.intervalMs))});
    const Status::Clocks& clocks = f.status->clocks;
    if (clocks.worstMs)
        section.rows.push_back({Words::tr("Clocks"),
                                clocks.off == 0
                                    ? Words::tr("%1 targets tell their time, none is 2 s off").arg(clocks.known)
                                : *clocks.worstMs > 0 ? Words::tr("%1 of %2 are off, most %3: %4 ahead of the engine")
                                                            .arg(clocks.off)
                                                            .arg(clocks.known)
                                                            .arg(clocks.worst, durationText(*clocks.worstMs))
                                                      : Words::tr("%1 of %2 are off, most %3: %4 behind the engine")
                                                            .arg(clocks.off)
                                                            .arg(clocks.known)
                                                            .arg(clocks.worst, durationText(-*clocks.worstMs)),
                                clocks.off > 0 ? Severity::Warning : Severity::Normal, view});
    for (const QString& error : targets.discoveryErrors)
        section.rows.push_back({Words::tr("Discovery"), error, Severity::Warning, view});
    const double late = f.numbers.value(QStringLiteral("holdfast_scrapes_late_total"));
    const double missed = f.numbers.value(QStringLiteral("holdfast_scrapes_missed_total"));
    if (!f.numbers.isEmpty())
        section.rows.push_back({Words::tr("Late since the start"),
                                late + missed == 0
                                    ? Words::tr("none")
                                    : Words::tr("%1 begun late, %2 left out because the one before still ran")
                                          .arg(plain(late), plain(missed))});
    return section;
}

HealthSection rulesSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("Rules"), {}};
    const Status::Rules& rules = f.status->rules;
    if (f.status->replay) {
        section.rows.push_back({Words::tr("Rules"), Words::tr("a recording: nothing is judged anew")});
        return section;
    }
    if (rules.rules == 0) {
        section.rows.push_back({Words::tr("Rules"), Words::tr("none are loaded: nothing opens an incident"),
                                Severity::Warning, QStringLiteral("settings")});
        return section;
    }
    const bool late = rules.lateMs > lateRulesMs;
    section.rows.push_back(
        {Words::tr("Evaluated"),
         late ? Words::tr("%1 late").arg(durationText(rules.lateMs))
              : Words::tr("%1 rules, %2 ago").arg(rules.rules).arg(ageText(f.nowMs - rules.lastEvaluationMs)),
         late ? Severity::Warning : Severity::Normal});
    if (f.rules && !f.rules->slowestGroup.isEmpty())
        section.rows.push_back({Words::tr("Slowest group"),
                                QStringLiteral("%1, %2").arg(f.rules->slowestGroup, latencyText(f.rules->slowestS))});
    section.rows.push_back({Words::tr("Failing"), rules.failing == 0 ? Words::tr("none") : plain(double(rules.failing)),
                            rules.failing > 0 ? Severity::Warning : Severity::Normal});
    if (!f.rules)
        return section;
    for (std::size_t i = 0; i < std::min(f.rules->failing.size(), mostErrors); ++i) {
        const FailingRule& rule = f.rules->failing[i];
        section.rows.push_back({QStringLiteral("%1 / %2").arg(rule.group, rule.rule), rule.error, Severity::Warning});
    }
    return section;
}

/// The engine says "15d", "100GB" or "15d or 100GB".
QString retentionWords(const QString& retention)
{
    if (retention.isEmpty())
        return Words::tr("nothing is removed by age");
    const auto age = parseDuration(retention.section(QLatin1Char(' '), 0, 0).toStdString());
    if (!age)
        return Words::tr("at most %1 is kept").arg(retention);
    constexpr std::int64_t dayMs = 86'400'000;
    const std::int64_t days = *age / dayMs;
    const QString words = *age % dayMs != 0 ? durationText(*age)
                          : days == 1       ? Words::tr("1 day")
                                            : Words::tr("%1 days").arg(days);
    const QString size = retention.section(QStringLiteral(" or "), 1);
    return size.isEmpty() ? Words::tr("older than %1 is removed").arg(words)
                          : Words::tr("older than %1 is removed, and the oldest beyond %2").arg(words, size);
}

/// What presses, as the engine's metrics name it.
QString pressureWords(const QString& name)
{
    if (name == QLatin1String("store_queue"))
        return Words::tr("the store's queue");
    if (name == QLatin1String("evaluation"))
        return Words::tr("reading the fleet");
    if (name == QLatin1String("late_scrapes"))
        return Words::tr("late scrapes");
    if (name == QLatin1String("processor"))
        return Words::tr("the processors");
    return QString(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

/// "full in ≈ 3 h" where the disk ends before the retention does.
HealthRow roomRow(const HealthFacts& f)
{
    HealthRow row{Words::tr("Room"), {}};
    if (!f.growthPerS) {
        row.value = Words::tr("growth is known after some minutes");
        return row;
    }
    const double growth = std::max(0.0, *f.growthPerS);
    row.value = growth < leastGrowthPerS ? Words::tr("does not grow now")
                                         : Words::tr("grows %1 an hour").arg(bytesText(growth * 3600));
    if (!f.diskFreeBytes)
        return row;
    row.value += Words::tr(" · %1 free on its disk").arg(bytesText(*f.diskFreeBytes));
    if (growth < leastGrowthPerS)
        return row;
    const double seconds = *f.diskFreeBytes / growth;
    const bool soon = seconds < fullSoonS;
    row.severity = soon ? Severity::Warning : Severity::Normal;
    row.value += soon ? Words::tr(" · full in ≈ %1").arg(durationText(static_cast<std::int64_t>(seconds) * 1000))
                      : Words::tr(" · not full within a day");
    return row;
}

HealthSection storeSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("Store"), {}};
    const Status::Store& store = f.status->store;
    section.rows.push_back({Words::tr("File"), store.file});
    section.rows.push_back({Words::tr("Size"), Words::tr("%1, %2 series")
                                                   .arg(bytesText(static_cast<double>(store.bytes)))
                                                   .arg(plain(static_cast<double>(store.series)))});
    if (store.oldestMs > 0)
        section.rows.push_back(
            {Words::tr("Holds"), Words::tr("%1 to %2 (%3)")
                                     .arg(timeText(store.oldestMs, f.nowMs), timeText(store.newestMs, f.nowMs),
                                          durationText(store.newestMs - store.oldestMs))});
    if (f.retention)
        section.rows.push_back({Words::tr("Retention"), retentionWords(*f.retention)});
    section.rows.push_back(roomRow(f));
    if (store.queueCapacity > 0) {
        const double share = static_cast<double>(store.queueDepth) / static_cast<double>(store.queueCapacity);
        section.rows.push_back(
            {Words::tr("Queue"),
             Words::tr("%1 of %2 samples wait")
                 .arg(plain(static_cast<double>(store.queueDepth)), plain(static_cast<double>(store.queueCapacity))),
             share > nearlyFullQueue ? Severity::Warning : Severity::Normal});
    }
    section.rows.push_back({Words::tr("Refused batches"),
                            store.refusedBatches == 0
                                ? Words::tr("none")
                                : Words::tr("%1: gaps in the curves").arg(plain(double(store.refusedBatches))),
                            store.refusedBatches > 0 ? Severity::Warning : Severity::Normal});
    if (!store.writeError.isEmpty())
        section.rows.push_back({Words::tr("Cannot write"), store.writeError, Severity::Critical});
    if (store.corruptChunks > 0)
        section.rows.push_back({Words::tr("Damaged chunks"),
                                Words::tr("%1 are left out by their checksum").arg(store.corruptChunks),
                                Severity::Warning});
    if (store.lostCommits > 0)
        section.rows.push_back({Words::tr("Lost commits"),
                                Words::tr("%1 are missing after the last end").arg(store.lostCommits),
                                Severity::Warning});
    return section;
}

HealthSection overloadSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("Overload"), {}};
    const QStringList& steps = f.status->overload.steps;
    if (steps.isEmpty()) {
        section.rows.push_back({Words::tr("Left out now"), Words::tr("nothing")});
    } else {
        section.rows.push_back({Words::tr("Because"), f.status->overload.why, Severity::Warning});
        const std::vector<std::pair<QString, QString>> words{
            {QStringLiteral("slower-repaint"), Words::tr("windows draw once a second instead of four times")},
            {QStringLiteral("wider-step"), Words::tr("windows ask for half as many points")},
            {QStringLiteral("slower-scrape"), Words::tr("services of tier 3 are scraped every second time")}};
        for (const auto& [step, text] : words) {
            if (steps.contains(step))
                section.rows.push_back({Words::tr("Left out"), text, Severity::Warning});
        }
    }
    for (auto number = f.numbers.begin(); number != f.numbers.end(); ++number) {
        if (!number.key().startsWith(QLatin1String("holdfast_pressure_ratio{")))
            continue;
        const QString what = number.key().section(QLatin1Char('"'), 1, 1);
        section.rows.push_back({Words::tr("Pressure: %1").arg(pressureWords(what)), ratioText(number.value()),
                                number.value() > nearlyFullQueue ? Severity::Warning : Severity::Normal});
    }
    section.rows.push_back({Words::tr("Never left out"), Words::tr("actions, their audit, reverts")});
    return section;
}

HealthSection breakerSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("Own breakers and queues"), {}};
    int breakers = 0;
    for (auto number = f.numbers.begin(); number != f.numbers.end(); ++number) {
        if (!number.key().startsWith(QLatin1String("holdfast_breaker_state{")))
            continue;
        ++breakers;
        if (number.value() <= 0 || number.key().contains(QLatin1String("state=\"closed\"")))
            continue;
        const bool open = number.key().contains(QLatin1String("state=\"open\""));
        section.rows.push_back({number.key().section(QLatin1Char('"'), 1, 1),
                                open ? Words::tr("OPEN: not asked until it may have recovered")
                                     : Words::tr("HALF OPEN: one attempt is let through"),
                                Severity::Warning, QStringLiteral("targets")});
    }
    if (section.rows.empty())
        section.rows.push_back({Words::tr("Breakers"), f.numbers.isEmpty() ? Words::tr("reading…")
                                                       : breakers == 0     ? Words::tr("none yet")
                                                                           : Words::tr("all closed")});
    if (f.numbers.isEmpty())
        return section;
    const auto number = [&f](const char* name) { return f.numbers.value(QLatin1String(name)); };
    section.rows.push_back({Words::tr("Scrapes running"), plain(number("holdfast_scrapes_in_flight"))});
    const double skipped = number("holdfast_scrapes_skipped_total");
    const double unpaid = number("holdfast_scrape_retries_refused_total");
    section.rows.push_back(
        {Words::tr("Scrapes not sent"), skipped + unpaid == 0
                                            ? Words::tr("none")
                                            : Words::tr("%1 because a breaker was open, %2 retries without budget")
                                                  .arg(plain(skipped), plain(unpaid))});
    const double refused = number("holdfast_http_requests_refused_total");
    section.rows.push_back(
        {Words::tr("Requests refused"),
         refused == 0 ? Words::tr("none") : Words::tr("%1 because too many waited").arg(plain(refused)),
         refused > 0 ? Severity::Warning : Severity::Normal});
    return section;
}

HealthSection notificationSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("Notifications"), {}};
    if (!f.receivers)
        return section;
    if (f.receivers->receivers.empty())
        section.rows.push_back({Words::tr("Receivers"), Words::tr("none: only this window and the desktop are told"),
                                Severity::Normal, QStringLiteral("settings")});
    for (const ReceiverState& one : f.receivers->receivers) {
        QString value = Words::tr("%1 sent").arg(plain(static_cast<double>(one.sent)));
        if (one.lastSentMs)
            value += Words::tr(", last %1 ago").arg(ageText(f.nowMs - *one.lastSentMs));
        if (one.waiting > 0)
            value += Words::tr(" · %1 of %2 wait").arg(one.waiting).arg(one.capacity);
        if (one.failed + one.dropped > 0)
            value += Words::tr(" · %1 failed, %2 dropped").arg(one.failed).arg(one.dropped);
        if (one.breaker != QLatin1String("closed") && !one.breaker.isEmpty())
            value += Words::tr(" · breaker %1").arg(one.breaker);
        const bool failsNow = one.lastErrorMs && *one.lastErrorMs > one.lastSentMs.value_or(0);
        if (failsNow)
            value += QStringLiteral(" · ") + one.lastError;
        const bool bad = failsNow || one.breaker == QLatin1String("open");
        section.rows.push_back({one.name == one.kind ? one.name : QStringLiteral("%1 (%2)").arg(one.name, one.kind),
                                value, bad ? Severity::Warning : Severity::Normal});
    }
    return section;
}

HealthSection windowSection(const HealthFacts& f)
{
    HealthSection section{Words::tr("This window"), {}};
    section.rows.push_back(
        {Words::tr("Stalls over 50 ms"),
         f.stalls == 0 ? Words::tr("none") : Words::tr("%1, the longest %2 ms").arg(f.stalls).arg(f.longestStallMs)});
    if (!f.apiAddress.isEmpty())
        section.rows.push_back({Words::tr("API"), f.apiAddress});
    section.rows.push_back({Words::tr("Log"), f.logFile.isEmpty()
                                                  ? Words::tr("where the engine was started: its standard error")
                                                  : f.logFile});
    return section;
}

}  // namespace

Severity HealthSection::worst() const
{
    Severity worst = Severity::Normal;
    for (const HealthRow& row : rows) {
        if (row.severity == Severity::Critical)
            return Severity::Critical;
        if (row.severity == Severity::Warning)
            worst = Severity::Warning;
    }
    return worst;
}

std::vector<HealthSection> healthReport(const HealthFacts& facts)
{
    std::vector<HealthSection> sections{engineSection(facts)};
    if (facts.status) {
        for (const auto& make :
             {collectingSection, rulesSection, storeSection, overloadSection, breakerSection, notificationSection})
            sections.push_back(make(facts));
    }
    sections.push_back(windowSection(facts));
    std::erase_if(sections, [](const HealthSection& section) { return section.rows.empty(); });
    return sections;
}

QString healthSummary(const std::vector<HealthSection>& sections)
{
    int wrong = 0;
    const HealthRow* first = nullptr;
    for (const Severity severity : {Severity::Critical, Severity::Warning}) {
        for (const HealthSection& section : sections)
            for (const HealthRow& row : section.rows) {
                if (row.severity != severity)
                    continue;
                ++wrong;
                first = first ? first : &row;
            }
    }
    if (!first)
        return Words::tr("Holdfast itself is well");
    const QString text = QStringLiteral("%1: %2").arg(first->label, first->value);
    return wrong == 1 ? text : Words::tr("%1 – and %2 more").arg(text).arg(wrong - 1);
}

QString healthText(const std::vector<HealthSection>& sections)
{
    QStringList lines;
    for (const HealthSection& section : sections) {
        lines << QStringLiteral("## %1").arg(section.title);
        for (const HealthRow& row : section.rows)
            lines << QStringLiteral("%1%2: %3")
                         .arg(row.severity == Severity::Critical  ? QStringLiteral("!! ")
                              : row.severity == Severity::Warning ? QStringLiteral("! ")
                                                                  : QString(),
                              row.label, row.value);
        lines << QString();
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace holdfast::widgets
