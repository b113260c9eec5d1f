#include "app/base/manual_clock.h"
#include "app/notify/heartbeat.h"
#include "tests/support/loopback_server.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace holdfast;
using holdfast::test::WebhookServer;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

std::int64_t toldAt(const WebhookServer::Request& request)
{
    return nlohmann::json::parse(request.body, nullptr, false).value("at_ms", std::int64_t{0});
}

}  // namespace

class HeartbeatTest : public QObject {
    Q_OBJECT

private slots:
    void anEngineThatEvaluatesSaysThatItIsAlive()
    {
        const WebhookServer other;
        notify::Heartbeat heartbeat(m_clock, m_log);
        heartbeat.configure(other.url(), 20);
        m_clock.advanceMs(5'000);
        heartbeat.evaluated();
        QTRY_VERIFY(other.requests().size() >= 2);  // again and again
        QCOMPARE(toldAt(other.requests().front()), m_clock.wallMs());
    }
    void anEngineThatIsLateStaysSilentUntilItEvaluatesAgain()
    {
        const WebhookServer other;
        notify::Heartbeat heartbeat(m_clock, m_log);
        m_clock.advanceMs(1'000);
        heartbeat.evaluated();
        m_clock.advanceMs(16'000);
        heartbeat.configure(other.url(), 20);
        m_clock.advanceMs(1'000);
        heartbeat.evaluated();
        QTRY_VERIFY(!other.requests().empty());
        QCOMPARE(toldAt(other.requests().front()), m_clock.wallMs());
    }
    void withoutAnAddressItEnds()
    {
        const WebhookServer other;
        notify::Heartbeat heartbeat(m_clock, m_log);
        m_clock.advanceMs(1'000);
        heartbeat.evaluated();
        heartbeat.configure(other.url(), 20);
        QTRY_VERIFY(!other.requests().empty());
        heartbeat.configure({}, 20);  // returns when its thread has ended
        const auto told = other.requests().size();
        m_clock.advanceMs(1'000);
        heartbeat.evaluated();
        QCOMPARE(other.requests().size(), told);
    }

private:
    ManualClock m_clock{kStart};
    Log m_log{stderr, LogLevel::Error, m_clock};
};

QTEST_GUILESS_MAIN(HeartbeatTest)
#include "tst_heartbeat.moc"
