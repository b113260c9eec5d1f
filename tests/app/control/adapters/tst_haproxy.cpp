#include "app/control/adapters/haproxy.h"
#include "app/control/adapters/haproxy_socket.h"
#include "app/control/adapters/haproxy_state.h"
#include "app/control/http_request.h"
#include "tests/support/real_haproxy.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace holdfast;
using namespace holdfast::control;
using test::RealHaproxy;

namespace {

config::ControlGroupConfig group(std::map<std::string, std::string> settings = {})
{
    config::ControlGroupConfig made;
    made.name = "edge";
    made.adapter = "haproxy";
    made.endpoints = {"unix:/run/x.sock"};
    made.settings = std::move(settings);
    return made;
}

AdapterPtr adapter(std::map<std::string, std::string> settings = {})
{
    auto made = makeAdapter(group(std::move(settings)));
    if (!made.ok())
        qFatal("%s", made.error().message.c_str());
    return *made;
}

Endpoint endpoint(const Adapter& by, const std::string& address)
{
    Endpoint made;
    made.group = "edge";
    made.instance = made.address = address;
    made.url = by.urlFor(address, "/resilience/v1");
    made.timeoutMs = 2'000;
    return made;
}

Change change(Kind kind, const std::string& name, const std::string& mode)
{
    Change made;
    made.key = {kind, name};
    made.mode = mode;
    return made;
}

const Reading* find(const Listing& listing, Kind kind, const std::string& name)
{
    const auto found = std::ranges::find(listing.readings, ControlKey{kind, name}, &Reading::key);
    return found == listing.readings.end() ? nullptr : &*found;
}

}  // namespace

class TestHaproxy : public QObject {
    Q_OBJECT

    std::unique_ptr<RealHaproxy> m_haproxy;

    void run()
    {
        if (!RealHaproxy::installed())
            QSKIP("HAProxy is not installed");
        m_haproxy = std::make_unique<RealHaproxy>();
        QVERIFY2(m_haproxy->start(), m_haproxy->output().constData());
    }
    [[nodiscard]] std::string fetch(const std::string& path) const
    {
        HttpRequest request;
        request.url = "http://127.0.0.1:" + std::to_string(m_haproxy->port()) + path;
        return sendOnce(request).body;
    }

private slots:
    void cleanup() { m_haproxy.reset(); }

    void readsWhereASocketListens_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read");
        QTest::newRow("path") << "/run/haproxy/admin.sock"
                              << "unix:/run/haproxy/admin.sock";
        QTest::newRow("unix") << "unix:/run/a.sock"
                              << "unix:/run/a.sock";
        QTest::newRow("host and port") << "edge-1:9999"
                                       << "tcp:edge-1:9999";
        QTest::newRow("tcp") << "tcp:10.0.0.1:9999"
                             << "tcp:10.0.0.1:9999";
        QTest::newRow("IPv6") << "[::1]:9999"
                              << "tcp:::1:9999";
        QTest::newRow("no port") << "edge-1"
                                 << "";
        QTest::newRow("a name as port") << "edge-1:http"
                                        << "";
        QTest::newRow("a relative path") << "unix:admin.sock"
                                         << "";
    }
    void readsWhereASocketListens()
    {
        QFETCH(QString, text);
        QFETCH(QString, read);
        const auto address = socketAddress(text.toStdString());
        QCOMPARE(address.ok() ? QString::fromStdString(address->text()) : QString(), read);
    }

    void tellsAdministrationFromFailure()
    {
        const auto process = parseHaproxy(
            "\n[6]: admin\n\nName: HAProxy\nVersion: 2.6.12\nStart_time_sec: 1700000000\n\n1\n# be_id be_name "
            "srv_id srv_name "
            "srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight new_field\n3 shop 1 s1 "
            "10.0.0.1 0 1 5 10 x\n3 "
            "shop 2 s2 10.0.0.2 0 0 10 10 "
            "x\n\nS.3.1.0.pxname.1:KNS:str:shop\nS.3.1.1.svname.1:KNS:str:s1\nS.3.1.6.slim.1:"
            "CLP:u32:30\nS.3.1.17.status.1:SGP:str:MAINT (via a:b)\n");
        QVERIFY2(process.ok(), process.ok() ? "" : process.error().message.c_str());
        QCOMPARE(process->level, std::string("admin"));
        QCOMPARE(process->startedMs, std::int64_t(1'700'000'000'000));
        QCOMPARE(process->servers.size(), std::size_t(2));
        QCOMPARE(process->servers[0].admin, haproxy_admin::kForcedMaint);
        QCOMPARE(process->servers[0].maxconn, std::int64_t(30));
        QCOMPARE(process->servers[0].status, std::string("MAINT (via a:b)"));
        QCOMPARE(process->servers[1].admin, 0U);
        QCOMPARE(process->servers[1].operational, 0);
    }

    void refusesAStateTableThatCannotBeRead()
    {
        QVERIFY(!parseHaproxy("Name: HAProxy\nVersion: 1\n").ok());
        QVERIFY(!parseHaproxy("# be_id be_name srv_name\n3 shop s1\n").ok());
        QCOMPARE(parseHaproxy("\n[3]: Permission denied\n\n").error().kind, ErrorKind::Denied);
    }

    void turnsTextErrorsIntoWords()
    {
        QVERIFY(!haproxyComplaint("\n\n"));
        QVERIFY(!haproxyComplaint("\n[6]: no change\n\n"));
        QCOMPARE(haproxyComplaint("\n[3]: No such server.\n\n")->text, std::string("No such server."));
        QCOMPARE(haproxyComplaint("Unknown command, but maybe\n  show")->text,
                 std::string("Unknown command, but maybe"));
        QVERIFY(haproxyComplaint("\n[3]: Permission denied\n\n")->denied());
    }

    void sendsNoSecondLine()
    {
        const auto answer =
            askSocket({.path = "/nowhere", .host = {}, .port = {}}, "show info\nshutdown frontend f", 100);
        QCOMPARE(answer.outcome, SocketAnswer::Outcome::NotSent);
    }

    void refusesSettingsInWords()
    {
        const auto unknown = makeAdapter(group({{"prt", "9999"}}));
        QCOMPARE(QString::fromStdString(unknown.error().message), "setting prt is not known to adapter haproxy");
        auto jobs = group();
        jobs.endpoints.clear();
        jobs.jobRegex = "edge";
        QVERIFY(makeAdapter(jobs).error().message.find("runtime socket's port") != std::string::npos);
        jobs.settings = {{"port", "9999"}};
        QCOMPARE((*makeAdapter(jobs))->urlFor("http://10.0.0.7:8404/metrics", ""), std::string("tcp:10.0.0.7:9999"));
    }

    void listsServersWithTheirLimits()
    {
        run();
        const auto by = adapter({{"service", "backend"}});
        const auto listing = by->list(endpoint(*by, m_haproxy->socket()));
        QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
        QVERIFY(!listing->version.empty());
        QVERIFY(listing->startedMs > 0);
        QCOMPARE(listing->readings.size(), std::size_t(6));
        const Reading* server = find(*listing, Kind::Server, "shop/s1");
        QVERIFY(server != nullptr);
        QCOMPARE(server->service, std::string("shop"));
        QCOMPARE(server->mode, std::string("ready"));
        QCOMPARE(server->state, std::string("up"));
        QVERIFY(server->locked.empty());
        QCOMPARE(find(*listing, Kind::Limit, "shop/s1:weight")->mode, std::string("10"));
        QCOMPARE(find(*listing, Kind::Limit, "shop/s1:maxconn")->mode, std::string("30"));
        QCOMPARE(find(*listing, Kind::Limit, "shop/s2:maxconn")->mode, std::string("0"));
    }

    void takesAServerOutAndItsTrafficGoes()
    {
        run();
        const auto by = adapter({{"metrics", "job=\"edge\""}});
        const auto at = endpoint(*by, m_haproxy->socket());
        const auto out = by->apply(at, change(Kind::Server, "shop/s1", "maint"));
        QCOMPARE(out.kind, Receipt::Kind::Accepted);
        const auto reading = by->read(at, {Kind::Server, "shop/s1"});
        QVERIFY2(reading.ok(), reading.ok() ? "" : reading.error().message.c_str());
        QCOMPARE(reading->mode, std::string("maint"));
        QCOMPARE(reading->state, std::string("maint"));
        QCOMPARE(reading->metricExpr,
                 std::string("haproxy_server_status{job=\"edge\",proxy=\"shop\",server=\"s1\",state=\"MAINT\"}"));
        QVERIFY(fetch("/metrics").find("haproxy_server_status{proxy=\"shop\",server=\"s1\",state=\"MAINT\"} 1")
                != std::string::npos);
        const int before = m_haproxy->requestsOfOne();
        for (int i = 0; i < 6; ++i)
            QCOMPARE(fetch("/"), std::string("s2"));
        QCOMPARE(m_haproxy->requestsOfOne(), before);

        QCOMPARE(by->apply(at, change(Kind::Server, "shop/s1", "ready")).kind, Receipt::Kind::Accepted);
        QCOMPARE(by->read(at, {Kind::Server, "shop/s1"})->mode, std::string("ready"));
        std::string answered;
        for (int i = 0; i < 4; ++i)
            answered += fetch("/");
        QVERIFY(answered.find("s1") != std::string::npos);
    }

    void drainsAServer()
    {
        run();
        const auto by = adapter();
        const auto at = endpoint(*by, m_haproxy->socket());
        QCOMPARE(by->apply(at, change(Kind::Server, "shop/s2", "drain")).kind, Receipt::Kind::Accepted);
        const auto reading = by->read(at, {Kind::Server, "shop/s2"});
        QVERIFY2(reading.ok(), reading.ok() ? "" : reading.error().message.c_str());
        QCOMPARE(reading->mode, std::string("drain"));
        QCOMPARE(reading->state, std::string("drain"));
        QCOMPARE(by->shape(*reading)->find("drain")->meaning, Meaning::Reduced);
    }

    void setsWeightAndConnections_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("metric");
        QTest::newRow("weight") << "shop/s1:weight"
                                << "3"
                                << "haproxy_server_weight{proxy=\"shop\",server=\"s1\"} 3\n";
        QTest::newRow("no new sessions") << "shop/s1:weight"
                                         << "0"
                                         << "haproxy_server_weight{proxy=\"shop\",server=\"s1\"} 0\n";
        QTest::newRow("connections") << "shop/s1:maxconn"
                                     << "5"
                                     << "haproxy_server_limit_sessions{proxy=\"shop\",server=\"s1\"} 5\n";
        QTest::newRow("no limit") << "shop/s1:maxconn"
                                  << "0"
                                  << "haproxy_server_limit_sessions{proxy=\"shop\",server=\"s1\"} NaN\n";
    }
    void setsWeightAndConnections()
    {
        QFETCH(QString, name);
        QFETCH(QString, mode);
        QFETCH(QString, metric);
        run();
        const auto by = adapter();
        const auto at = endpoint(*by, m_haproxy->socket());
        const auto receipt = by->apply(at, change(Kind::Limit, name.toStdString(), mode.toStdString()));
        QVERIFY2(receipt.kind == Receipt::Kind::Accepted, receipt.message.c_str());
        QCOMPARE(by->read(at, {Kind::Limit, name.toStdString()})->mode, mode.toStdString());
        QVERIFY2(QString::fromStdString(fetch("/metrics")).contains(metric), fetch("/metrics?scope=server").c_str());
    }

    void refusesWhatCannotBeAskedFor_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("mode");
        QTest::newRow("a word that is no state") << int(Kind::Server) << "shop/s1"
                                                 << "shutdown";
        QTest::newRow("a command in the mode") << int(Kind::Server) << "shop/s1"
                                               << "maint;shutdown frontend front";
        QTest::newRow("a command in the name") << int(Kind::Server) << "shop/s1;quit"
                                               << "maint";
        QTest::newRow("a weight that is too high") << int(Kind::Limit) << "shop/s1:weight"
                                                   << "257";
        QTest::newRow("a percentage") << int(Kind::Limit) << "shop/s1:weight"
                                      << "50%";
        QTest::newRow("a server there is not") << int(Kind::Server) << "shop/s9"
                                               << "maint";
        QTest::newRow("a backend there is not") << int(Kind::Server) << "shops/s1"
                                                << "maint";
    }
    void refusesWhatCannotBeAskedFor()
    {
        QFETCH(int, kind);
        QFETCH(QString, name);
        QFETCH(QString, mode);
        run();
        const auto by = adapter();
        const auto at = endpoint(*by, m_haproxy->socket());
        const auto receipt = by->apply(at, change(Kind(kind), name.toStdString(), mode.toStdString()));
        QCOMPARE(receipt.kind, Receipt::Kind::Rejected);
        QVERIFY(!receipt.message.empty());
    }

    void findsNoControlThatIsNotListed()
    {
        run();
        const auto by = adapter();
        const auto at = endpoint(*by, m_haproxy->socket());
        for (const char* name : {"shop/s9", "shops/s1", "s1", "shop/s1:weight"})
            QCOMPARE(by->read(at, {Kind::Server, name}).error().kind, ErrorKind::NotFound);
    }

    void saysThatASocketMayOnlyRead()
    {
        run();
        const auto by = adapter();
        const auto at = endpoint(*by, m_haproxy->operatorSocket());
        const auto reading = by->read(at, {Kind::Server, "shop/s1"});
        QVERIFY(reading.ok());
        QCOMPARE(reading->locked, std::string("The runtime socket has level operator; acting needs level admin."));
        const auto receipt = by->apply(at, change(Kind::Server, "shop/s1", "maint"));
        QCOMPARE(receipt.kind, Receipt::Kind::Denied);
        QVERIFY(receipt.message.find("level admin") != std::string::npos);
    }

    void readsHereAndActsThere()
    {
        run();
        const auto by = adapter({{"act_socket", m_haproxy->socket().substr(5)}});
        const auto at = endpoint(*by, m_haproxy->operatorSocket());
        QVERIFY(by->read(at, {Kind::Server, "shop/s1"})->locked.empty());
        QCOMPARE(by->apply(at, change(Kind::Server, "shop/s1", "drain")).kind, Receipt::Kind::Accepted);
        QCOMPARE(by->read(at, {Kind::Server, "shop/s1"})->mode, std::string("drain"));
    }

    void knowsARestartAndThatItForgot()
    {
        run();
        const auto by = adapter();
        const auto at = endpoint(*by, m_haproxy->socket());
        QCOMPARE(by->apply(at, change(Kind::Server, "shop/s1", "maint")).kind, Receipt::Kind::Accepted);
        QVERIFY(by->shape(*by->read(at, {Kind::Server, "shop/s1"}))->lostOnRestart);
        m_haproxy->kill();
        QCOMPARE(by->apply(at, change(Kind::Server, "shop/s1", "maint")).kind, Receipt::Kind::Unreachable);
        QCOMPARE(by->list(at).error().kind, ErrorKind::Unavailable);
        QVERIFY2(m_haproxy->start(), m_haproxy->output().constData());
        QCOMPARE(by->read(at, {Kind::Server, "shop/s1"})->mode, std::string("ready"));
    }

    void callsSilenceAfterSendingAmbiguous()
    {
        test::RealHttp silent([](const auto&, const auto&, const auto&) { return test::RealHttp::Answer{}; });
        const auto by = adapter();
        auto at = endpoint(*by, "127.0.0.1:" + std::to_string(silent.port()));
        at.timeoutMs = 100;
        const auto receipt = by->apply(at, change(Kind::Server, "shop/s1", "maint"));
        QCOMPARE(receipt.kind, Receipt::Kind::Ambiguous);
    }

    void showsTheCommandThatCanBeCopied()
    {
        const auto by = adapter();
        QCOMPARE(by->describe(endpoint(*by, "unix:/run/haproxy/admin.sock"), change(Kind::Server, "shop/s1", "maint")),
                 std::string("echo \"set server shop/s1 state maint\" | socat - UNIX-CONNECT:/run/haproxy/admin.sock"));
        QCOMPARE(by->describe(endpoint(*by, "edge-1:9999"), change(Kind::Limit, "shop/s1:maxconn", "5")),
                 std::string("echo \"set maxconn server shop/s1 5\" | socat - TCP:edge-1:9999"));
        for (const Reading& example : by->examples())
            QVERIFY(by->shape(example)->options.size() > 0);
    }
};

QTEST_GUILESS_MAIN(TestHaproxy)
#include "tst_haproxy.moc"
