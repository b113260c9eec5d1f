// Every preset whose system cannot run here, against a stand-in with that system's shapes and traps over real HTTP.
#include "app/control/adapter.h"
#include "tests/support/stand_in.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>

using namespace holdfast;
using namespace holdfast::control;
using holdfast::test::StandIn;
using Sent = Receipt::Kind;

namespace {

/// One preset, how a group of it is configured, and one control of its stand-in.
struct Case {
    std::string preset;
    std::map<std::string, std::string> settings;
    std::string token;
    std::string name;
    std::string mode, rest;
    std::string state;      ///< what it does in that mode
    std::string somewhere;  ///< path of the write
};

const std::vector<Case> kCases{
    {"resilience4j-actuator",
     {},
     "ops:s3cret-token",
     "payments",
     "forced_open",
     "auto",
     "forced_open",
     "/actuator/circuitbreakers/payments"},
    {"envoy-admin",
     {},
     "",
     "payments",
     "forced_open",
     "auto",
     "forced_open",
     "/runtime_modify?upstream.maintenance_mode.payments=100"},
    {"launchdarkly",
     {{"project", "shop"}},
     "api-s3cret-token",
     "search v2",
     "off",
     "on",
     "off",
     "/api/v2/flags/shop/search%20v2"},
    {"flipt",
     {},
     "s3cret-token",
     "lean",
     "on",
     "off",
     "on",
     "/api/v2/environments/default/namespaces/default/resources"},
    {"growthbook", {}, "s3cret-token", "lean", "on", "off", "on", "/api/v2/features/lean/toggle"},
    {"configcat",
     {{"config", "conf-1"}, {"sdk_key", "sdk-s3cret-key"}},
     "user:s3cret-token",
     "lean",
     "on",
     "off",
     "on",
     "/v1/settings/lean/value"},
    {"consul-kv", {{"prefix", "flags/"}}, "s3cret-token", "flags/lean", "on", "off", "on", "/v1/kv/flags/lean?cas=10"},
    {"sentinel", {}, "", "GET:/pay+now 100%", "forced_open", "auto", "forced_open", "/setRules"},
    {"own-service", {}, "s3cret-token", "payments", "forced_open", "auto", "open", "/breakers/payments/open"},
};

Kind kindOf(const Adapter& adapter)
{
    return adapter.examples().front().key.kind;
}

}  // namespace

class TestHttpPresets : public QObject {
    Q_OBJECT

private:
    struct Scene {
        StandIn& server;
        AdapterPtr adapter;
        Endpoint endpoint;
        ControlKey key;

        [[nodiscard]] std::string mode() const
        {
            const auto reading = adapter->read(endpoint, key);
            return reading.ok() ? reading->mode : "error: " + reading.error().message;
        }
        /// As the core does it: read, then ask on the condition of what was read.
        [[nodiscard]] Receipt ask(const std::string& wanted) const
        {
            Change change;
            change.key = key;
            change.mode = wanted;
            change.ttlS = 60;
            change.reason = "pool \"exhausted\"\n100 %";
            change.actor = "ana";
            change.requestId = "r-1";
            if (const auto before = adapter->read(endpoint, key); before.ok()) {
                change.before = *before;
                change.ifRevision = before->revision;
            }
            return adapter->apply(endpoint, change);
        }
    };

    Scene sceneOf(const Case& one)
    {
        auto& server = m_servers[one.preset];
        if (!server)
            server = std::make_unique<StandIn>(one.preset);
        server->reset();
        config::ControlGroupConfig group;
        group.name = "g";
        group.adapter = one.preset;
        group.settings = one.settings;
        const auto adapter = makeAdapter(group);
        if (!adapter.ok())
            qFatal("%s", adapter.error().message.c_str());
        Endpoint endpoint;
        endpoint.group = "g";
        endpoint.instance = endpoint.address = server->address();
        endpoint.url = (*adapter)->urlFor(server->address(), group.path);
        endpoint.readToken = endpoint.actToken = one.token;
        return {*server, *adapter, endpoint, {::kindOf(**adapter), one.name}};
    }
    Scene scene(const std::string& preset) { return sceneOf(*std::ranges::find(kCases, preset, &Case::preset)); }
    static void eachCase()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < kCases.size(); ++i)
            QTest::newRow(kCases[i].preset.c_str()) << static_cast<int>(i);
    }
    static const Case& current()
    {
        QFETCH(int, index);
        return kCases[static_cast<std::size_t>(index)];
    }

    std::map<std::string, std::unique_ptr<StandIn>> m_servers;

private slots:
    void listsActsReadsBackAndPutsBack_data() { eachCase(); }
    void listsActsReadsBackAndPutsBack()
    {
        const Case& one = current();
        const Scene on = sceneOf(one);
        const auto listing = on.adapter->list(on.endpoint);
        QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
        const auto listed = std::ranges::find(listing->readings, on.key, &Reading::key);
        QVERIFY(listed != listing->readings.end());
        QCOMPARE(listed->mode, one.rest);
        QCOMPARE(listed->locked, std::string());

        const Receipt there = on.ask(one.mode);
        QCOMPARE(there.message, std::string("accepted"));
        QCOMPARE(there.kind, Sent::Accepted);
        const auto after = on.adapter->read(on.endpoint, on.key);
        QVERIFY(after.ok());
        QCOMPARE(after->mode, one.mode);
        QCOMPARE(after->state, one.state);
        QVERIFY(on.adapter->shape(*after)->find(one.state) != nullptr);

        const Receipt back = on.ask(one.rest);
        QCOMPARE(back.kind, Sent::Accepted);
        QCOMPARE(on.mode(), one.rest);
        QCOMPARE(on.server.writes()[0]["path"].get<std::string>(), one.somewhere);
    }

    void sendsNothingToWhatIsNotListed_data() { eachCase(); }
    void sendsNothingToWhatIsNotListed()
    {
        Scene on = sceneOf(current());
        on.key.name = "payment";  // a misspelt name: Resilience4j would make a breaker of it
        QCOMPARE(on.adapter->read(on.endpoint, on.key).error().kind, ErrorKind::NotFound);
        const Receipt receipt = on.ask(current().mode);
        QCOMPARE(receipt.kind, Sent::Rejected);
        QVERIFY2(receipt.message.starts_with("nothing was sent"), receipt.message.c_str());
        QCOMPARE(on.server.writes().size(), std::size_t{0});
    }

    void callsALostAnswerAmbiguousAndSendsOnce_data() { eachCase(); }
    void callsALostAnswerAmbiguousAndSendsOnce()
    {
        Scene on = sceneOf(current());
        on.server.trap("hold");
        on.endpoint.timeoutMs = 1'000;
        const Receipt receipt = on.ask(current().mode);
        QCOMPARE(receipt.kind, Sent::Ambiguous);
        QCOMPARE(on.server.writes().size(), std::size_t{1});
        on.endpoint.timeoutMs = 5'000;
        QCOMPARE(on.mode(), current().mode);  // it was done; only the read tells
    }

    void showsByReadingThatASuccessWasALie_data() { eachCase(); }
    void showsByReadingThatASuccessWasALie()
    {
        const Scene on = sceneOf(current());
        on.server.trap("lie");
        const Receipt receipt = on.ask(current().mode);
        QVERIFY(receipt.kind == Sent::Accepted || receipt.kind == Sent::Ambiguous);
        QCOMPARE(on.mode(), current().rest);
    }

    void saysWhenItMayNot_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < kCases.size(); ++i)
            if (!kCases[i].token.empty())  // Envoy and Sentinel have no authentication
                QTest::newRow(kCases[i].preset.c_str()) << static_cast<int>(i);
    }
    void saysWhenItMayNot()
    {
        Scene on = sceneOf(current());
        on.endpoint.actToken = "wrong-s3cret-token";
        const Receipt receipt = on.ask(current().mode);
        QCOMPARE(receipt.kind, Sent::Denied);
        QVERIFY2(receipt.message.find("token") != std::string::npos, receipt.message.c_str());
        QVERIFY2(receipt.message.find("s3cret") == std::string::npos, receipt.message.c_str());
        QCOMPARE(on.mode(), current().rest);
    }

    void refusesWhenSomebodyChangedItAfterTheReading_data() { eachCase(); }
    void refusesWhenSomebodyChangedItAfterTheReading()
    {
        const Case& one = current();
        const Scene on = sceneOf(one);
        Change change;
        change.key = on.key;
        change.mode = one.mode;
        change.before = *on.adapter->read(on.endpoint, on.key);
        change.ifRevision = change.before->revision;
        QCOMPARE(on.ask(one.mode).kind, Sent::Accepted);  // somebody else was quicker
        const std::size_t writes = on.server.writes().size();
        const Receipt receipt = on.adapter->apply(on.endpoint, change);
        QCOMPARE(receipt.kind, Sent::Conflict);
        QVERIFY2(receipt.message.find("it is now \"" + one.mode + "\"") != std::string::npos, receipt.message.c_str());
        QCOMPARE(on.server.writes().size(), writes);
    }

    void tellsNoSecretInWhatItShows_data() { eachCase(); }
    void tellsNoSecretInWhatItShows()
    {
        const Scene on = sceneOf(current());
        Change change;
        change.key = on.key;
        change.mode = current().mode;
        change.reason = "why";
        const std::string line = on.adapter->describe(on.endpoint, change);
        QVERIFY2(line.find("s3cret") == std::string::npos, line.c_str());
        QVERIFY2(line.find("czNjcmV0") == std::string::npos, line.c_str());  // nor in base64
        QVERIFY2(line.find("127.0.0.1") != std::string::npos, line.c_str());
        QCOMPARE(line.find('\n'), std::string::npos);
    }

    // Compare-and-swap in the system itself: the change came between our last reading and our write.
    void reportsTheOthersValueWhenFliptRefusesAStaleRevision()
    {
        const Scene on = scene("flipt");
        on.server.trap("race");
        const Receipt receipt = on.ask("on");
        QCOMPARE(receipt.kind, Sent::Conflict);
        QVERIFY2(receipt.message.find("it is now \"on\"") != std::string::npos, receipt.message.c_str());
    }
    void takesConsulsFalseInA200ForAConflict()
    {
        const Scene on = scene("consul-kv");
        on.server.trap("race");
        const Receipt receipt = on.ask("on");
        QCOMPARE(receipt.status, 200);
        QCOMPARE(receipt.kind, Sent::Conflict);
        QVERIFY2(receipt.message.find("it is now \"theirs\"") != std::string::npos, receipt.message.c_str());
    }
    void putsAnUnknownTextOfAKeyBack()
    {
        Scene on = scene("consul-kv");
        on.key.name = "flags/slow mode";
        QCOMPARE(on.mode(), std::string("weird"));
        QCOMPARE(on.ask("on").kind, Sent::Accepted);
        QCOMPARE(on.ask("weird").kind, Sent::Accepted);
        QCOMPARE(on.server.state()["flags/slow mode"].get<std::string>(), std::string("weird"));
        QCOMPARE(on.server.writes()[0]["path"].get<std::string>(), std::string("/v1/kv/flags/slow%20mode?cas=11"));
    }
    void readsNoKeyOutsideOfThePrefix()
    {
        Scene on = scene("consul-kv");
        on.key.name = "other/x";
        QCOMPARE(on.ask("on").kind, Sent::Rejected);
        QCOMPARE(on.server.writes().size(), std::size_t{0});
    }
    void letsNoNameClimbOutOfItsPath()
    {
        Scene on = scene("consul-kv");
        on.key.name = "flags/../other/x";
        const Receipt receipt = on.ask("on");
        QCOMPARE(receipt.kind, Sent::Rejected);
        QCOMPARE(on.server.writes().size(), std::size_t{0});
    }

    void escapesABreakersNameWithASlash()
    {
        Scene on = scene("resilience4j-actuator");
        on.key.name = "search/all";
        QCOMPARE(on.ask("forced_open").kind, Sent::Accepted);
        QCOMPARE(on.server.writes()[0]["path"].get<std::string>(),
                 std::string("/actuator/circuitbreakers/search%2Fall"));
        QCOMPARE(on.server.state().size(), std::size_t{3});  // no ghost
    }
    void readsAFailureRateThatIsATextWithPercent()
    {
        Scene on = scene("resilience4j-actuator");
        QVERIFY(!on.adapter->read(on.endpoint, on.key)->failureRatio);  // -1.0%: too few calls
        on.key.name = "search/all";
        QCOMPARE(on.adapter->read(on.endpoint, on.key)->failureRatio.value_or(-1), 0.625);
    }
    void locksABreakerThatCouldNotBePutBack()
    {
        Scene on = scene("resilience4j-actuator");
        on.key.name = "mail";
        QVERIFY(!on.adapter->read(on.endpoint, on.key)->locked.empty());
        QCOMPARE(on.ask("forced_open").kind, Sent::Rejected);
        QCOMPARE(on.server.writes().size(), std::size_t{0});
    }
    void namesSpringsCsrfProtection()
    {
        const Scene on = scene("resilience4j-actuator");
        on.server.trap("csrf");
        const Receipt receipt = on.ask("forced_open");
        QCOMPARE(receipt.kind, Sent::Denied);
        QVERIFY(receipt.message.find("CSRF") != std::string::npos);
    }
    void asksTheMetricsOfTheSameInstance()
    {
        const Scene on = scene("resilience4j-actuator");
        QCOMPARE(on.adapter->read(on.endpoint, on.key)->metricExpr,
                 "resilience4j_circuitbreaker_state{name=\"payments\",state=\"closed\",instance=\""
                     + on.endpoint.instance + "\"}");
    }

    void locksAnEnvoyWithoutAnAdminLayer()
    {
        const Scene on = scene("envoy-admin");
        on.server.set({{"layers", {"static"}}});
        QVERIFY(!on.adapter->read(on.endpoint, on.key)->locked.empty());
        QCOMPARE(on.ask("forced_open").kind, Sent::Rejected);
        QCOMPARE(on.server.writes().size(), std::size_t{0});
    }
    void callsAnEmpty200OfEnvoyAmbiguous()
    {
        const Scene on = scene("envoy-admin");
        on.server.trap("empty");
        QCOMPARE(on.ask("forced_open").kind, Sent::Ambiguous);
        QCOMPARE(on.mode(), std::string("auto"));
    }
    void shedsAShareAndTakesAnOverrideOfZeroForOne()
    {
        const Scene on = scene("envoy-admin");
        QCOMPARE(on.ask("25").kind, Sent::Accepted);
        auto reading = on.adapter->read(on.endpoint, on.key);
        QCOMPARE(reading->mode, std::string("25"));
        QCOMPARE(reading->state, std::string("shedding"));
        QCOMPARE(on.ask("0").kind, Sent::Accepted);
        QCOMPARE(on.adapter->read(on.endpoint, on.key)->state, std::string("kept_open"));
        QCOMPARE(on.ask("auto").kind, Sent::Accepted);
        QCOMPARE(on.server.state()["admin"].size(), std::size_t{0});  // the override is gone, not 0
        QCOMPARE(on.ask("101").kind, Sent::Rejected);
    }
    void looksForEnvoysOverrideInTheAdminLayerOnly()
    {
        Scene on = scene("envoy-admin");
        on.key.name = "search";  // 5 in the static layer
        QCOMPARE(on.mode(), std::string("auto"));
        QCOMPARE(on.ask("forced_open").kind, Sent::Accepted);
        QCOMPARE(on.ask("auto").kind, Sent::Accepted);
        QCOMPARE(on.server.state()["static"]["upstream.maintenance_mode.search"].get<std::string>(), std::string("5"));
    }

    void goesThroughAllPagesOfLaunchDarkly()
    {
        const Scene on = scene("launchdarkly");
        QCOMPARE(on.adapter->list(on.endpoint)->readings.size(), std::size_t{152});
    }
    void tellsLaunchDarklyWhy()
    {
        const Scene on = scene("launchdarkly");
        QCOMPARE(on.ask("off").kind, Sent::Accepted);
        const auto body = nlohmann::json::parse(on.server.writes()[0]["body"].get<std::string>());
        QCOMPARE(body["comment"].get<std::string>(), std::string("pool \"exhausted\"\n100 %"));
        QCOMPARE(body["instructions"][0]["kind"].get<std::string>(), std::string("turnFlagOff"));
    }
    void tellsALimitAndAnApprovalApart()
    {
        const Scene on = scene("launchdarkly");
        on.server.trap("limit");
        QCOMPARE(on.ask("off").kind, Sent::Rejected);
        on.server.trap("approval");
        QCOMPARE(on.ask("off").kind, Sent::Conflict);
        const Scene other = scene("growthbook");
        other.server.trap("approval");
        QCOMPARE(other.ask("on").kind, Sent::Denied);
    }

    void keepsTheRestOfAFlagThatIsReplacedWhole()
    {
        const Scene on = scene("flipt");
        QCOMPARE(on.ask("on").kind, Sent::Accepted);
        const auto flag = on.server.state()["lean"];
        QCOMPARE(flag["description"].get<std::string>(), std::string("fewer pictures"));
        QCOMPARE(flag["variants"].size(), std::size_t{1});
    }
    void takesA204OfConfigCatForDone()
    {
        const Scene on = scene("configcat");
        const Receipt receipt = on.ask("off");
        QCOMPARE(receipt.status, 204);
        QCOMPARE(receipt.kind, Sent::Accepted);
    }

    void leavesTheOtherRulesOfSentinelAsTheyAre()
    {
        Scene on = scene("sentinel");
        on.key.name = "GET:/search";  // has a rule of its own with count 200
        const auto before = on.server.state()["rules"];
        QCOMPARE(on.ask("forced_open").kind, Sent::Accepted);
        QCOMPARE(on.server.state()["rules"].size(), std::size_t{2});
        QCOMPARE(on.mode(), std::string("forced_open"));
        QCOMPARE(on.ask("auto").kind, Sent::Accepted);
        QVERIFY(on.server.state()["rules"] == before);
    }
    void saysThatSentinelWillForget()
    {
        const Scene on = scene("sentinel");
        on.server.trap("partial");
        const Receipt receipt = on.ask("forced_open");
        QCOMPARE(receipt.kind, Sent::Accepted);
        QVERIFY(receipt.message.find("data source") != std::string::npos);
        on.server.reset();
        on.server.trap("complaint");
        QCOMPARE(on.ask("forced_open").kind, Sent::Rejected);
    }

    // A preset of one's own: plain text by rows, the state by an ETag.
    void readsLinesAndHoldsAnEtagAgainstTheOthers()
    {
        const QTemporaryDir directory;
        QFile file(directory.filePath("mine.yml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"(preset: mine
kind: value
timeout: 800ms
list: [{get: /plain, rows: '(?m)^(?P<name>[^\t]+)\t(?P<value>.*)$', each: /*, name: /name}]
read: {get: "/plain/{name}", value: "", revision: $etag}
states: [{value: "on", state: "on", meaning: reduced}]
text: {most_bytes: 20, put: "/plain/{name}", headers: {If-Match: "{revision}"}, text: "{value}"}
answers: [{status: 204, means: accepted}]
)");
        file.close();
        Scene on = scene("own-service");
        config::ControlGroupConfig group;
        group.adapter = file.fileName().toStdString();
        const auto adapter = makeAdapter(group);
        QVERIFY2(adapter.ok(), adapter.ok() ? "" : adapter.error().message.c_str());
        on.adapter = *adapter;
        on.key = {Kind::Value, "lean mode"};
        const auto listing = on.adapter->list(on.endpoint);
        QCOMPARE(listing->readings.size(), std::size_t{2});
        QCOMPARE(listing->readings[1].mode, std::string("hello"));
        QCOMPARE(on.adapter->read(on.endpoint, on.key)->revision, std::string("\"v1\""));
        QCOMPARE(on.ask("half {x} é").kind, Sent::Accepted);
        QCOMPARE(on.mode(), std::string("half {x} é"));
        on.server.trap("race");
        const Receipt receipt = on.ask("off");
        QCOMPARE(receipt.status, 412);
        QCOMPARE(receipt.kind, Sent::Conflict);
        QVERIFY2(receipt.message.find("it is now \"on\"") != std::string::npos, receipt.message.c_str());
        on.endpoint.timeoutMs = 600'000;
        on.server.trap("swallow");
        QCOMPARE(on.ask("off").kind, Sent::Ambiguous);  // by the preset's own time limit
    }

    void readsNothingOfASilentPeerAsUnreachable()
    {
        Scene on = scene("own-service");
        on.endpoint.url = "http://127.0.0.1:1";
        const Receipt receipt = on.ask("forced_open");
        QCOMPARE(receipt.kind, Sent::Unreachable);
        QCOMPARE(on.adapter->list(on.endpoint).error().kind, ErrorKind::Unavailable);
    }
};

QTEST_GUILESS_MAIN(TestHttpPresets)
#include "tst_http_presets.moc"
