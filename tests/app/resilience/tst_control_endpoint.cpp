#include "app/base/manual_clock.h"
#include "app/resilience/control_endpoint.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace holdfast;
using namespace holdfast::resilience;
using nlohmann::json;

namespace {

/// A service with one breaker and one flag.
struct Fixture {
    ManualClock clock{1'000'000};
    CircuitBreaker breaker{"payments", "payments", {}, clock};
    DegradationFlag flag{{.name = "mail-later", .kind = FlagKind::Degradation, .effect = "Mails are sent later"},
                         clock};
    Registry registry = filled();
    ControlEndpoint endpoint{registry, {"checkout", "checkout-1", "4.18.2", 999'000}, "secret", clock};

    Registry filled()
    {
        Registry made;
        made.add(breaker);
        made.add(flag);
        return made;
    }
    std::pair<int, json> get(const std::string& path)
    {
        const auto answer = endpoint.handle({"GET", path, "", ""});
        return {answer.status, json::parse(answer.body)};
    }
    std::pair<int, json> put(const std::string& path, const std::string& body,
                             const std::string& token = "Bearer secret")
    {
        const auto answer = endpoint.handle({"PUT", path, token, body});
        return {answer.status, json::parse(answer.body)};
    }
};

const std::string breakerPath = "/resilience/v1/breakers/payments";
const std::string flagPath = "/resilience/v1/flags/mail-later";
const std::string open = R"({"mode":"forced_open","ttl_s":60,"reason":"db","actor":"ana"})";

}  // namespace

class TestControlEndpoint : public QObject {
    Q_OBJECT
private slots:
    void listsWhatThereIsWithoutAToken()
    {
        Fixture f;
        const auto [status, body] = f.get("/resilience/v1");
        QCOMPARE(status, 200);
        QVERIFY(body["protocol"] == "holdfast-resilience/1");
        QVERIFY(body["service"] == "checkout");
        QVERIFY(body["started_ms"] == 999'000);
        QCOMPARE(body["breakers"].size(), 1U);
        QVERIFY(body["breakers"][0]["state"] == "closed");
        QVERIFY(body["flags"][0]["effect"] == "Mails are sent later");
    }

    void opensABreakerAndAnswersWithItAsItIsNow()
    {
        Fixture f;
        const auto [status, body] = f.put(breakerPath, open);
        QCOMPARE(status, 200);
        QVERIFY(body["mode"] == "forced_open");
        QVERIFY(body["state"] == "forced_open");
        QVERIFY(body["revision"] == 1);
        QVERIFY(body["lease"]["expires_ms"] == 1'060'000);
        QVERIFY(body["lease"]["actor"] == "ana");
        QVERIFY(f.breaker.state() == BreakerState::ForcedOpen);
    }

    void letsTheLeaseEndByItself()
    {
        Fixture f;
        f.put(flagPath, R"({"mode":"forced_on","ttl_s":60,"reason":"load","actor":"ana"})");
        QVERIFY(f.flag.on());
        f.clock.advanceMs(60'000);
        const auto [status, body] = f.get(flagPath);
        QVERIFY(body["mode"] == "auto");
        QVERIFY(body["lease"].is_null());
        QVERIFY(!f.flag.on());
    }

    void releasesWithoutATimeLimit()
    {
        Fixture f;
        f.put(breakerPath, open);
        const auto [status, body] = f.put(breakerPath, R"({"mode":"auto","reason":"over","actor":"ana"})");
        QCOMPARE(status, 200);
        QVERIFY(body["state"] == "closed");
    }

    void refusesChangesWithoutTheRightToken()
    {
        Fixture f;
        QCOMPARE(f.put(breakerPath, open, "").first, 401);
        QVERIFY(f.put(breakerPath, open, "").second["code"] == "token_missing");
        QVERIFY(f.put(breakerPath, open, "Bearer wrong").second["code"] == "token_wrong");
        QCOMPARE(f.put(breakerPath, open, "Bearer secretsecret").first, 401);
        QCOMPARE(f.put(breakerPath, open, "secret").first, 401);
        QVERIFY(f.breaker.state() == BreakerState::Closed);
    }

    void refusesEveryChangeWithAnEmptyToken()
    {
        Fixture f;
        ControlEndpoint open_(f.registry, {}, "", f.clock);
        QCOMPARE(open_.handle({"PUT", breakerPath, "Bearer ", open}).status, 401);
    }

    void refusesABodyThatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("named");
        const auto row = [](const char* body, const char* named) {
            QTest::newRow(body) << QByteArray(body) << QByteArray(named);
        };
        row("", "JSON object");
        row("[]", "JSON object");
        row(R"({"mode":"forced_open","ttl_s":60,"actor":"ana"})", "reason");
        row(R"({"mode":"forced_open","ttl_s":60,"reason":"r"})", "actor");
        row(R"({"mode":"forced_open","ttl_s":60,"reason":7,"actor":"ana"})", "reason");
        row(R"({"mode":"forced_open","reason":"r","actor":"ana"})", "ttl_s");
        row(R"({"mode":"forced_open","ttl_s":0,"reason":"r","actor":"ana"})", "ttl_s");
        row(R"({"mode":"forced_open","ttl_s":14401,"reason":"r","actor":"ana"})", "ttl_s");
        row(R"({"mode":"forced_open","ttl_s":1.5,"reason":"r","actor":"ana"})", "ttl_s");
        row(R"({"mode":"forced_on","ttl_s":60,"reason":"r","actor":"ana"})", "mode");
        row(R"({"mode":"forced_open","ttl_s":60,"reason":"r","actor":"ana","if_revision":-1})", "if_revision");
    }
    void refusesABodyThatIsWrong()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, named);
        Fixture f;
        const auto [status, answer] = f.put(breakerPath, body.toStdString());
        QCOMPARE(status, 400);
        QVERIFY(answer["code"] == "invalid");
        QVERIFY2(QByteArray::fromStdString(answer["error"].get<std::string>()).contains(named), answer.dump().c_str());
    }

    void refusesAReasonOfMoreThan500Bytes()
    {
        Fixture f;
        const json body{{"mode", "forced_open"}, {"ttl_s", 60}, {"reason", std::string(501, 'x')}, {"actor", "ana"}};
        QCOMPARE(f.put(breakerPath, body.dump()).first, 400);
    }

    void refusesABodyAbove16KiB()
    {
        Fixture f;
        const auto [status, answer] = f.put(breakerPath, std::string(16 * 1024 + 1, ' '));
        QCOMPARE(status, 413);
        QVERIFY(answer["code"] == "too_large");
    }

    void refusesWhatItDoesNotHave()
    {
        Fixture f;
        QCOMPARE(f.get("/resilience/v1/breakers/nobody").first, 404);
        QVERIFY(f.get("/resilience/v1/breakers/nobody").second["code"] == "unknown");
        QCOMPARE(f.put("/resilience/v1/flags/payments", open).first, 404);
    }

    void reportsAConflictWithTheCurrentObject()
    {
        Fixture f;
        f.put(breakerPath, open);
        const auto [status, body] = f.put(breakerPath, R"({"mode":"auto","reason":"r","actor":"ben","if_revision":0})");
        QCOMPARE(status, 409);
        QVERIFY(body["code"] == "conflict");
        QVERIFY(body["current"]["state"] == "forced_open");
        QVERIFY(f.breaker.state() == BreakerState::ForcedOpen);
    }

    void answersARepeatedRequestWithoutASecondEffect()
    {
        Fixture f;
        const std::string body = R"({"mode":"forced_open","ttl_s":60,"reason":"db","actor":"ana","request_id":"r1"})";
        const auto first = f.put(breakerPath, body);
        f.put(breakerPath, R"({"mode":"auto","reason":"r","actor":"ben"})");
        QVERIFY(f.put(breakerPath, body).second == first.second);
        QVERIFY(f.breaker.state() == BreakerState::Closed);
        f.clock.advanceMs(3'600'001);
        QVERIFY(f.put(breakerPath, body).second["revision"] == 3);
    }

    void takesTheSameRequestIdForAnotherPointAsAnotherRequest()
    {
        Fixture f;
        f.put(breakerPath, R"({"mode":"forced_open","ttl_s":60,"reason":"db","actor":"ana","request_id":"r1"})");
        f.put(flagPath, R"({"mode":"forced_on","ttl_s":60,"reason":"db","actor":"ana","request_id":"r1"})");
        QVERIFY(f.flag.on());
    }

    void survivesBytesThatAreNoUtf8()
    {
        Fixture f;
        QCOMPARE(f.get("/resilience/v1/breakers/\xff\xfe").first, 404);
    }

    void servesItsOwnPathsOnly()
    {
        QVERIFY(ControlEndpoint::serves("/resilience/v1"));
        QVERIFY(ControlEndpoint::serves("/resilience/v1/flags/x"));
        QVERIFY(!ControlEndpoint::serves("/resilience/v10"));
        QVERIFY(!ControlEndpoint::serves("/metrics"));
    }
};

QTEST_GUILESS_MAIN(TestControlEndpoint)
#include "tst_control_endpoint.moc"
