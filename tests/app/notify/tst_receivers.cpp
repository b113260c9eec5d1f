#include "app/notify/alert_json.h"
#include "app/notify/email.h"
#include "app/notify/transport.h"
#include "tests/support/loopback_server.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

using namespace holdfast;
using namespace holdfast::notify;
using nlohmann::json;
using Outcome = Attempt::Outcome;

namespace {

Delivery delivery()
{
    Delivery out;
    out.id = 5;
    out.receiver = "chat";
    out.notice.atMs = 1'700'000'060'000;
    Situation& now = out.notice.now;
    now.subject = "incident/142";
    now.kind = "incident";
    now.incident = 142;
    now.severity = 1;
    now.title = "payments-db failing → checkout";
    now.service = "payments-db";
    now.startedMs = 1'700'000'000'000;
    for (const char* service : {"payments-db", "checkout"})
        out.notice.alerts.push_back({.labels = {{"alertname", "ErrorsVeryHigh"}, {"service", service}},
                                     .annotations = {{"summary", "errors"}},
                                     .firing = true,
                                     .startsMs = now.startedMs,
                                     .endsMs = 0});
    return out;
}

config::ReceiverConfig with(decltype(config::ReceiverConfig::kind) kind)
{
    config::ReceiverConfig out;
    out.name = "chat";
    out.kind = std::move(kind);
    return out;
}

Attempt sent(const config::ReceiverConfig& receiver, std::int64_t timeoutMs = 20'000)
{
    const auto transport =
        makeTransport(receiver, {.environment = "DEMO", .externalUrl = "http://h", .externalLabels = {}});
    return transport->send(delivery(), timeoutMs, {});
}

config::WebhookReceiver webhook(const std::string& url)
{
    config::WebhookReceiver out;
    out.url.text = url;
    return out;
}

config::EmailReceiver mail(const std::string& smarthost)
{
    config::EmailReceiver out;
    out.smarthost = smarthost;
    out.from = "holdfast@example.org";
    out.to = {"oncall@example.org", "lead@example.org"};
    out.requireTls = false;
    return out;
}

}  // namespace

class ReceiversTest : public QObject {
    Q_OBJECT

private slots:
    void aWebhookGetsAlertmanagersDocument()
    {
        const test::WebhookServer server;
        QCOMPARE(sent(with(webhook(server.url()))).outcome, Outcome::Taken);
        QCOMPARE(server.requests().size(), std::size_t(1));
        const json root = json::parse(server.requests()[0].body, nullptr, false);
        QCOMPARE(root["version"].get<std::string>(), std::string("4"));
        QCOMPARE(root["status"].get<std::string>(), std::string("firing"));
        QCOMPARE(root["receiver"].get<std::string>(), std::string("chat"));
        QCOMPARE(root["groupLabels"]["incident"].get<std::string>(), std::string("142"));
        QCOMPARE(root["commonLabels"]["alertname"].get<std::string>(), std::string("ErrorsVeryHigh"));
        QVERIFY(!root["commonLabels"].contains("service"));
        QCOMPARE(root["commonAnnotations"]["summary"].get<std::string>(),
                 std::string("payments-db failing → checkout"));
        QCOMPARE(root["alerts"].size(), std::size_t(2));
        QCOMPARE(root["alerts"][0]["endsAt"].get<std::string>(), std::string("0001-01-01T00:00:00Z"));
        QCOMPARE(root["alerts"][0]["fingerprint"].get<std::string>().size(), std::size_t(16));
        QCOMPARE(root["truncatedAlerts"].get<int>(), 0);
        QCOMPARE(root["holdfast"]["severity"].get<std::string>(), std::string("sev1"));
    }
    void whatAWebhookAnswersDecides_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("outcome");
        QTest::newRow("204") << 204 << static_cast<int>(Outcome::Taken);
        QTest::newRow("400 is for good") << 400 << static_cast<int>(Outcome::Refused);
        QTest::newRow("429 comes again") << 429 << static_cast<int>(Outcome::NotTaken);
        QTest::newRow("503 comes again") << 503 << static_cast<int>(Outcome::NotTaken);
        QTest::newRow("no answer may have arrived") << 0 << static_cast<int>(Outcome::Ambiguous);
    }
    void whatAWebhookAnswersDecides()
    {
        QFETCH(int, status);
        QFETCH(int, outcome);
        const test::WebhookServer server(status);
        QCOMPARE(static_cast<int>(sent(with(webhook(server.url())), 300).outcome), outcome);
    }
    void nobodyListeningIsNotTakenAndSaysSo()
    {
        const Attempt came = sent(with(webhook("http://127.0.0.1:1/hook")));
        QCOMPARE(came.outcome, Outcome::NotTaken);
        QVERIFY(!came.error.empty());
    }
    void anAlertmanagerGetsOneAlertAnIncident()
    {
        const test::WebhookServer server;
        QCOMPARE(sent(with(config::AlertmanagerReceiver{.url = "http://" + server.address(), .http = {}})).outcome,
                 Outcome::Taken);
        QCOMPARE(server.requests()[0].path, std::string("/api/v2/alerts"));
        const json root = json::parse(server.requests()[0].body, nullptr, false);
        QCOMPARE(root.size(), std::size_t(1));
        QCOMPARE(root[0]["labels"]["incident"].get<std::string>(), std::string("142"));
        QCOMPARE(root[0]["labels"]["severity"].get<std::string>(), std::string("page"));
    }
    void aSeverityThatChangedEndsTheAlertOfTheOldOne()
    {
        Notice notice = delivery().notice;
        notice.change = Change::Worse;
        notice.worstBefore = 3;
        const json root = json::parse(alertmanagerJson(notice, {}, notice.atMs + 240'000), nullptr, false);
        QCOMPARE(root.size(), std::size_t(2));
        QCOMPARE(root[1]["labels"]["severity"].get<std::string>(), std::string("ticket"));
        QCOMPARE(root[1]["endsAt"].get<std::string>(), std::string("2023-11-14T22:14:20.000Z"));
    }
    void aCommandGetsTheDocumentAndItsWordsWithoutAShell()
    {
        const QTemporaryDir dir;
        const std::string file = dir.filePath("out").toStdString();
        QCOMPARE(sent(with(config::CommandReceiver{
                          .argv = {"/usr/bin/env", "python3", "-c",
                                   "import os,sys; open(sys.argv[1],'w').write(os.environ['HOLDFAST_SEVERITY']+"
                                   "os.environ['HOLDFAST_INCIDENT']+sys.argv[2]+sys.stdin.read())",
                                   file, "$(id);"}}))
                     .outcome,
                 Outcome::Taken);
        QFile out(QString::fromStdString(file));
        QVERIFY(out.open(QIODevice::ReadOnly));
        const QByteArray text = out.readAll();
        QVERIFY2(text.startsWith("sev1142$(id);{"), text.constData());
        QVERIFY(text.contains("\"version\":\"4\""));
    }
    void howACommandEndsDecides_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("outcome");
        QTest::newRow("3") << "echo no such team >&2; exit 3" << static_cast<int>(Outcome::Refused);
        QTest::newRow("75") << "exit 75" << static_cast<int>(Outcome::NotTaken);
        QTest::newRow("hangs, with a child") << "sleep 60 & sleep 60" << static_cast<int>(Outcome::Ambiguous);
    }
    void howACommandEndsDecides()
    {
        QFETCH(QString, code);
        QFETCH(int, outcome);
        QElapsedTimer timer;
        timer.start();
        const Attempt came = sent(with(config::CommandReceiver{.argv = {"/bin/sh", "-c", code.toStdString()}}),
                                  code.contains("sleep") ? 400 : 20'000);
        QCOMPARE(static_cast<int>(came.outcome), outcome);
        QVERIFY(timer.elapsed() < 30'000);
        if (code.contains("team"))
            QVERIFY2(came.error.find("no such team") != std::string::npos, came.error.c_str());
    }
    void mailGoesThroughTheRelay()
    {
        const test::MailServer server;
        const Attempt came = sent(with(mail(server.address())));
        QVERIFY2(came.outcome == Outcome::Taken, came.error.c_str());
        QCOMPARE(server.mails().size(), std::size_t(1));
        const QByteArray text = QByteArray::fromStdString(server.mails()[0]);
        QVERIFY2(text.contains("RCPT TO:<oncall@example.org>") && text.contains("RCPT TO:<lead@example.org>"), text);
        QVERIFY(text.contains("Subject: =?UTF-8?B?"));
        QVERIFY(text.contains("References: <holdfast-incident-142@example.org>"));
        const QByteArray body = QByteArray::fromBase64(text.mid(text.indexOf("\r\n\r\n") + 4));
        QVERIFY2(body.contains("payments-db failing → checkout"), body);
    }
    void aSecondCopyOfAMailHasTheSameNumberAndSaysSo()
    {
        const Email email(mail("127.0.0.1:25"), {});
        Delivery second = delivery();
        second.repeated = true;
        const auto number = [](const std::string& mailText) {
            return QString::fromStdString(mailText).split("\r\n").filter("Message-ID").value(0);
        };
        QCOMPARE(number(email.message(second)), number(email.message(delivery())));
        QVERIFY(plainText(second, {}).find("second copy") != std::string::npos);
    }
    void aRelayThatRefusesARecipientIsNotAskedAgain()
    {
        const test::MailServer server("lead@");
        const Attempt came = sent(with(mail(server.address())));
        QCOMPARE(came.outcome, Outcome::Refused);
        QVERIFY2(came.error.find("550") != std::string::npos, came.error.c_str());
    }
    void aTitleCannotForgeAHeader()
    {
        Delivery forged = delivery();
        forged.notice.now.title = "x\r\nBcc: all@example.org";
        const Email email(mail("127.0.0.1:25"), {});
        QVERIFY(email.message(forged).find("\r\nBcc:") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ReceiversTest)
#include "tst_receivers.moc"
