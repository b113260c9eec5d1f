#include "app/control/adapters/ofrep.h"
#include "tests/support/real_http.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::control;
using test::RealHttp;

// The answers are those of the protocol's openapi.yaml, version 0.3.0.
class TestOfrep : public QObject {
    Q_OBJECT

    RealHttp::Answer m_answer;
    std::string m_target, m_body;
    std::unique_ptr<RealHttp> m_server;

    [[nodiscard]] Result<VerifierPtr> verifier(std::map<std::string, std::string> more = {}) const
    {
        config::ControlGroupConfig group;
        group.settings = std::move(more);
        group.settings["verify"] = "ofrep";
        group.settings.emplace("verify_url", "http://127.0.0.1:" + std::to_string(m_server->port()) + "/");
        return makeVerifier(group);
    }
    static Change change(const std::string& mode)
    {
        Change made;
        made.key = {Kind::Flag, "lean pages"};
        made.mode = mode;
        return made;
    }

private slots:
    void init()
    {
        m_server = std::make_unique<RealHttp>([this](const auto&, const auto& target, const auto& body) {
            m_target = target;
            m_body = body;
            return m_answer;
        });
    }
    void cleanup() { m_server.reset(); }

    void saysWhatApplicationsAreTold_data()
    {
        QTest::addColumn<QString>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("kind");
        QTest::newRow("on") << R"({"key":"k","value":true,"reason":"STATIC","variant":"on"})" << 200 << "on"
                            << int(Proof::Kind::Agrees);
        QTest::newRow("not yet") << R"({"key":"k","value":false,"reason":"STATIC","variant":"off"})" << 200 << "on"
                                 << int(Proof::Kind::Disagrees);
        QTest::newRow("off") << R"({"key":"k","value":false,"reason":"STATIC"})" << 200 << "forced_off"
                             << int(Proof::Kind::Agrees);
        QTest::newRow("a variant") << R"({"key":"k","value":{"a":1},"reason":"SPLIT","variant":"blue"})" << 200
                                   << "blue" << int(Proof::Kind::Agrees);
        QTest::newRow("disabled is nobody's value")
            << R"({"key":"k","value":false,"reason":"DISABLED"})" << 200 << "off" << int(Proof::Kind::Silent);
        QTest::newRow("unknown there") << R"({"key":"k","errorCode":"FLAG_NOT_FOUND"})" << 404 << "on"
                                       << int(Proof::Kind::Silent);
        QTest::newRow("asked too often") << "" << 429 << "on" << int(Proof::Kind::Silent);
        QTest::newRow("no JSON") << "<html>" << 200 << "on" << int(Proof::Kind::Silent);
        QTest::newRow("decided by the system") << R"({"value":true})" << 200 << "auto" << int(Proof::Kind::None);
    }
    void saysWhatApplicationsAreTold()
    {
        QFETCH(QString, body);
        QFETCH(int, status);
        QFETCH(QString, mode);
        QFETCH(int, kind);
        m_answer = {.status = status, .body = body.toStdString(), .type = "application/json"};
        const auto by = verifier();
        QVERIFY2(by.ok(), by.ok() ? "" : by.error().message.c_str());
        const Proof proof = (*by)->prove({}, change(mode.toStdString()));
        QCOMPARE(int(proof.kind), kind);
        QCOMPARE(proof.words.empty(), proof.kind == Proof::Kind::None);
    }

    void asksForTheFlagAndTheContextThatAreConfigured()
    {
        m_answer = {.status = 200, .body = R"({"value":"big"})", .type = "application/json"};
        const auto by = verifier({{"verify_key", "shop.{name}"}, {"verify_context", "user-1"}, {"verify_on", "big"}});
        QCOMPARE((*by)->prove({}, change("on")).kind, Proof::Kind::Agrees);
        QCOMPARE(m_target, std::string("/ofrep/v1/evaluate/flags/shop.lean%20pages"));
        QCOMPARE(m_body, std::string(R"({"context":{"targetingKey":"user-1"}})"));
    }

    void refusesSettingsInWords()
    {
        QVERIFY(verifier({{"verify_url", "flagd:8016"}}).error().message.find("http://flagd:8016")
                != std::string::npos);
        QVERIFY(verifier({{"verify_name", "x"}}).error().message.find("verify_name") != std::string::npos);
    }

    void isSilentWhenNobodyAnswers()
    {
        const auto by = verifier();
        m_server.reset();
        const Proof proof = (*by)->prove({}, change("on"));
        QCOMPARE(proof.kind, Proof::Kind::Silent);
        QVERIFY(proof.words.starts_with("OFREP: "));
    }
};

QTEST_GUILESS_MAIN(TestOfrep)
#include "tst_ofrep.moc"
