// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "app/incident/handover.h"
#include "app/incident/html_report.h"
#include "app/incident/redaction.h"
#include "app/incident/review.h"
#include "app/incident/similar.h"
#include "tests/app/incident/incident_fixture.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <cmath>

using namespace holdfast;
using namespace holdfast::incident;

namespace {

constexpr std::int64_t kT = 1'700'000'000'000;

IncidentDetail story(std::size_t events = 12)
{
    IncidentDetail out;
    out.summary.id = 142;
    out.summary.title = "payments-db saturated → payments, checkout <script>alert(1)</script>";
    out.summary.severity = Severity::Sev1;
    out.summary.state = IncidentState::Resolved;
    out.summary.openedMs = kT;
    out.summary.ackedMs = kT + 400'000;
    out.summary.resolvedMs = kT + 1'800'000;
    out.summary.owner = "ana";
    out.summary.origin = "payments-db";
    out.summary.services = {"checkout", "payments", "payments-db"};
    out.evidence = {"at its limit: DB pool 100 %", "changed first, 45 s before payments"};
    for (const char* service : {"payments-db", "payments", "checkout"}) {
        IncidentSignal signal;
        signal.service = service;
        signal.alert = "ErrorBudgetFastBurn";
        signal.kind = "errors";
        signal.summary = std::string(service) + " burns its budget 62 times as fast";
        signal.onsetMs = kT - 45'000;
        signal.firedMs = kT;
        signal.clearedMs = kT + 1'000'000;
        out.signals.push_back(signal);
    }
    out.signals[0].transitions = 14;
    out.summary.signals = 3;
    for (std::size_t i = 0; i < events; ++i) {
        Event event;
        event.id = static_cast<std::int64_t>(i) + 1;
        event.atMs = event.knownMs = kT + static_cast<std::int64_t>(i) * 60'000;
        event.kind = i % 4 == 0 ? "alert_on" : i % 4 == 1 ? "action" : i % 4 == 2 ? "note" : "deploy";
        event.subject = i % 4 == 2 ? "impact" : "x";
        event.service = "payments";
        event.actor = i % 4 == 1 || i % 4 == 2 ? "ana" : "";
        event.text = "ana asked 10.1.2.3:5432, token=s3cr3tvalue, on db-1.prod.internal";
        out.timeline.push_back(event);
    }
    return out;
}

std::vector<LaneData> lanes()
{
    std::vector<LaneData> out;
    for (const auto& [title, unit, high] :
         {std::tuple{"payments errors", "ratio", 0.4}, std::tuple{"checkout p99", "seconds", 2.3},
          std::tuple{"payments-db headroom", "ratio", 0.6}}) {
        LaneData data{.lane = {.title = title, .unit = unit, .expr = "x"},
                      .stepMs = 10'000,
                      .series = {{.name = {}, .samples = {}}}};
        for (std::int64_t t = kT - 900'000; t <= kT + 2'400'000; t += 10'000) {
            const double bad = t > kT - 45'000 && t < kT + 900'000 ? 1 : 0.05;
            if (t < kT + 300'000 || t > kT + 400'000)
                data.series[0].samples.push_back(
                    {t, high * bad * (1 + 0.1 * std::sin(static_cast<double>(t) / 20'000))});
        }
        out.push_back(std::move(data));
    }
    return out;
}

std::vector<ChangeEffect> effects()
{
    ChangeEffect one;
    one.of = "action";
    one.atMs = kT + 1'000'000;
    one.ofMs = kT + 900'000;
    one.what = "checkout/breaker/payments forced_open";
    one.actor = "ana";
    one.state = "confounded";
    one.because = "payments 4.18.3 deployed";
    one.verdict = "improved";
    one.lines = {{.signal = "errors", .before = 0.062, .now = 0.009, .verdict = "improved", .z = 14.0}};
    return {one};
}

std::string html(const IncidentDetail& incident)
{
    return incidentHtml(incident, lanes(), {kT - 900'000, kT + 2'400'000}, effects(), kT + 3'000'000);
}

}  // namespace

class ReportsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theHtmlFileNeedsNoScriptAndNoNetwork()
    {
        const QString text = QString::fromStdString(html(story()));
        QVERIFY(!text.contains("<script", Qt::CaseInsensitive));
        QVERIFY(!text.contains(QRegularExpression("\\son[a-z]+=")));
        QVERIFY(!text.contains(QRegularExpression("(src|href|url)\\s*[=(]")));
        QVERIFY(!text.contains("style=\""));
        QVERIFY(text.contains("default-src 'none'; style-src 'sha256-"));
        QVERIFY(text.contains("@media print"));
        if (const QByteArray file = qgetenv("HOLDFAST_REPORT_OUT"); !file.isEmpty()) {
            QFile out(QString::fromUtf8(file));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(text.toUtf8());
        }
    }

    void theStyleIsTheOneThatIsAllowed()
    {
        const QString text = QString::fromStdString(html(story()));
        const auto style =
            QRegularExpression("<style>(.*)</style>", QRegularExpression::DotMatchesEverythingOption).match(text);
        const QByteArray hash =
            QCryptographicHash::hash(style.captured(1).toUtf8(), QCryptographicHash::Sha256).toBase64();
        QVERIFY(text.contains("'sha256-" + QString::fromLatin1(hash) + "'"));
    }

    void everyLaneIsAPictureWithWordsForWhoCannotSeeIt()
    {
        const QString text = QString::fromStdString(html(story()));
        auto svg =
            QRegularExpression("<svg.*?</svg>", QRegularExpression::DotMatchesEverythingOption).globalMatch(text);
        int pictures = 0;
        while (svg.hasNext()) {
            const QString one = svg.next().captured(0);
            QXmlStreamReader xml(one);
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
            QVERIFY(one.contains("role=\"img\"") && one.contains("<title>") && one.contains("<desc>"));
            ++pictures;
        }
        QCOMPARE(pictures, 4);
        QVERIFY(text.contains("highest 44 % at"));
    }

    void theDataIsInItOnceMore()
    {
        const QString text = QString::fromStdString(html(story()));
        const auto data = QRegularExpression("<template[^>]*>(.*)</template>").match(text);
        QVERIFY(data.hasMatch());
        QString json = data.captured(1);
        json.replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        const auto root = QJsonDocument::fromJson(json.toUtf8()).object();
        QCOMPARE(root["id"].toInt(), 142);
        QCOMPARE(root["series"].toArray().size(), 3);
        QCOMPARE(root["events"].toArray().size(), 12);
    }

    void aLongStoryStaysBelowTwoMegabytes()
    {
        auto incident = story(5000);
        for (auto& event : incident.timeline)
            event.text += std::string(400, 'x');
        const std::string text = html(incident);
        QVERIFY2(text.size() <= kMostHtmlBytes, qPrintable(QString::number(text.size())));
        QVERIFY(QString::fromStdString(text).contains("are left out"));
    }

    void whatIsHiddenIsHiddenEverywhereByTheSameWord()
    {
        auto redactor = Redactor::make({.people = true, .hosts = true, .tokens = true, .patterns = {}});
        QVERIFY(redactor.ok());
        auto incident = story();
        redactor->apply(incident);
        const QString text = QString::fromStdString(html(incident));
        for (const char* secret : {"10.1.2.3", "s3cr3tvalue", "db-1.prod.internal"})
            QVERIFY2(!text.contains(secret), secret);
        QCOMPARE(incident.timeline[1].actor, std::string("person-1"));
        QCOMPARE(incident.summary.owner, std::string("person-1"));
        QCOMPARE(QString::fromStdString(incident.timeline[0].text),
                 QString("person-1 asked host-1:5432, token=secret-1, on host-2"));
        QVERIFY(text.contains("payments-db"));
        const auto replaced = redactor->replacements();
        QCOMPARE(replaced.size(), std::size_t{4});
        QVERIFY(!QString::fromStdString(replaced.back().text).contains("value"));
    }

    void aPatternOfOnesOwnIsHiddenAndABadOneRefused()
    {
        auto redactor = Redactor::make({.people = false, .hosts = false, .tokens = false, .patterns = {"ORD-[0-9]+"}});
        QVERIFY(redactor.ok());
        QCOMPARE(redactor->text("order ORD-4711 and ORD-4711"), std::string("order redacted-1 and redacted-1"));
        QVERIFY(!Redactor::make({.people = false, .hosts = false, .tokens = false, .patterns = {"("}}).ok());
        QVERIFY(!parseRedaction("people,places", {}).ok());
    }

    void alarmsAreCountedAgainstEemua191()
    {
        std::vector<std::int64_t> alarms;
        for (int i = 0; i < 14; ++i)
            alarms.push_back(kT + i * 30'000);
        alarms.push_back(kT + 5'000'000);
        const auto rate = alarmRate(alarms, {kT - 3'600'000, kT + 6 * 3'600'000});
        QCOMPARE(rate.total, std::size_t{15});
        QCOMPARE(rate.worst10Min, std::size_t{14});
        QCOMPARE(rate.worstMs, kT);
        QCOMPARE(rate.judgement, std::string("very likely to be acceptable"));
        QCOMPARE(alarmRate(alarms, {kT, kT + 1'200'000}).judgement, std::string("very likely to be unacceptable"));
    }

    void theReviewCountsWhatHappened()
    {
        IncidentFixture f;
        const std::int64_t start = f.clock.wallMs();
        f.fire("mail", "errors");
        f.run(40);
        f.firing.clear();
        f.run(700);
        f.fire("payments", "latency");
        f.run(100);
        QVERIFY(f.service->acknowledge(2, "ana", 600'000).ok());
        std::vector<Record> records;
        const auto all = review(*f.store, records, {start, f.clock.wallMs()}, 12 * 3'600'000);
        QVERIFY(all.ok());
        QCOMPARE(all->incidents, std::size_t{0});
        QCOMPARE(all->alarms.total, std::size_t{2});
    }

    void anEarlierIncidentOfTheSameOriginIsSimilar()
    {
        Record now;
        now.id = 3;
        now.origin = "payments-db";
        Record before = now;
        before.id = 1;
        Record other;
        other.id = 2;
        other.origin = "mail";
        const auto found = similarIncidents(now, {before, other, now}, 5);
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].id, std::int64_t{1});
        QCOMPARE(found[0].why, std::vector<std::string>{"same origin payments-db"});
    }

    void aHandoverSaysEverythingThatIsOpen()
    {
        Handover handover;
        handover.span = {kT, kT + 3'600'000};
        handover.madeMs = kT + 3'600'000;
        handover.open = {story().summary};
        handover.inForce = {{"checkout", "checkout/breaker/payments", "forced open", kT + 3'900'000}};
        const QString text = QString::fromStdString(handoverMarkdown(handover));
        QVERIFY(text.contains("INC-142"));
        QVERIFY(text.contains("in 5m"));
        QVERIFY(text.contains("All targets answer."));
        QVERIFY(!QString::fromStdString(handoverHtml(handover)).contains("<script"));
    }
};

QTEST_GUILESS_MAIN(ReportsTest)
#include "tst_reports.moc"
