#include "app/api/access.h"

#include <QTest>

using namespace holdfast::api;

namespace {

HttpRequest request(std::vector<std::pair<std::string, std::string>> headers)
{
    HttpRequest made;
    made.method = "GET";
    made.path = "/holdfast/v1/status";
    made.headers = std::move(headers);
    return made;
}

AccessPolicy closed()
{
    return {.door = Door::Private, .loopbackOnly = true, .port = 4711, .token = "secret"};
}

int statusOf(const std::optional<HttpResponse>& refused)
{
    return refused ? refused->status : 200;
}

}  // namespace

class TestAccess : public QObject {
    Q_OBJECT

private slots:
    void letsTheTokenInUnderTheOwnAddress()
    {
        QCOMPARE(statusOf(refusal(closed(), request({{"Host", "127.0.0.1:4711"}, {"Authorization", "Bearer secret"}}))),
                 200);
    }
    void refusesAWrongOrMissingToken()
    {
        QCOMPARE(statusOf(refusal(closed(), request({{"Host", "127.0.0.1:4711"}}))), 401);
        QCOMPARE(statusOf(refusal(closed(), request({{"Host", "127.0.0.1:4711"}, {"Authorization", "Bearer secre"}}))),
                 401);
    }
    void refusesAForeignHostEvenWithTheToken_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::newRow("name") << QByteArray("evil.example:4711");
        QTest::newRow("other port") << QByteArray("127.0.0.1:80");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("prefix") << QByteArray("127.0.0.1.evil.example:4711");
    }
    void refusesAForeignHostEvenWithTheToken()
    {
        QFETCH(QByteArray, host);
        QCOMPARE(
            statusOf(refusal(closed(), request({{"Host", host.toStdString()}, {"Authorization", "Bearer secret"}}))),
            403);
    }
    void refusesAForeignOriginEvenWithTheToken()
    {
        QCOMPARE(statusOf(refusal(closed(), request({{"Host", "127.0.0.1:4711"},
                                                     {"Origin", "https://evil.example"},
                                                     {"Authorization", "Bearer secret"}}))),
                 403);
    }
    void keepsRebindingNamesFromThePublicLoopbackPort()
    {
        const AccessPolicy open;
        QCOMPARE(statusOf(refusal(open, request({{"Host", "evil.example:9190"}}))), 403);
        QCOMPARE(statusOf(refusal(open, request({{"Host", "localhost:9190"}}))), 200);
        QCOMPARE(statusOf(refusal(open, request({{"Host", "[::1]:9190"}}))), 200);
    }
    void makesTokensThatDiffer()
    {
        QCOMPARE(newToken().size(), std::size_t(64));
        QVERIFY(newToken() != newToken());
    }
};

QTEST_GUILESS_MAIN(TestAccess)
#include "tst_access.moc"
