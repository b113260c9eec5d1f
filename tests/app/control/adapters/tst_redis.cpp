#include "app/control/adapters/redis.h"
#include "app/control/adapters/redis_client.h"
#include "tests/support/real_http.h"
#include "tests/support/real_redis.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::control;
using test::RealRedis;

namespace {

using Settings = std::map<std::string, std::string>;

config::ControlGroupConfig group(Settings settings)
{
    config::ControlGroupConfig made;
    made.name = "switches";
    made.adapter = "redis";
    made.endpoints = {"127.0.0.1:1"};
    made.settings = std::move(settings);
    return made;
}

AdapterPtr adapter(Settings settings = {{"keys", "flag:lean, flag:extra-*"}})
{
    auto made = makeAdapter(group(std::move(settings)));
    if (!made.ok())
        qFatal("%s", made.error().message.c_str());
    return *made;
}

const ControlKey kLean{Kind::Flag, "flag:lean"};

}  // namespace

class TestRedis : public QObject {
    Q_OBJECT

    std::unique_ptr<RealRedis> m_redis;

    void run()
    {
        if (!RealRedis::installed())
            QSKIP("redis-server is not installed");
        m_redis = std::make_unique<RealRedis>();
        QVERIFY(m_redis->start());
    }
    [[nodiscard]] Endpoint endpoint(const Adapter& by) const
    {
        Endpoint made;
        made.group = "switches";
        made.instance = made.address = m_redis->address();
        made.url = by.urlFor(made.address, {});
        made.readToken = made.actToken = "secret";
        made.timeoutMs = 2'000;
        return made;
    }
    /// What the key is for an application.
    RedisReply tell(const std::vector<std::string>& words) const
    {
        auto client =
            RedisClient::connect(*socketAddress(m_redis->address()), {.user = {}, .password = "secret"}, 2'000);
        if (!client.ok())
            qFatal("%s", client.error().message.c_str());
        auto answer = client->command(words);
        if (!answer.ok())
            qFatal("%s", answer.error().message.c_str());
        return std::move(*answer);
    }
    static Change change(const ControlKey& key, const std::string& mode, std::int64_t ttlS = 0)
    {
        Change made;
        made.key = key;
        made.mode = mode;
        made.ttlS = ttlS;
        return made;
    }

private slots:
    void cleanup() { m_redis.reset(); }

    void refusesSettingsInWords_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("no keys") << "keys"
                                 << ""
                                 << "expected the keys";
        QTest::newRow("every key") << "keys"
                                   << "*"
                                   << "every key of the database";
        QTest::newRow("a kind there is not") << "kind"
                                             << "hash"
                                             << "one of flag, value";
        QTest::newRow("the same text twice") << "on"
                                             << "off"
                                             << "the same text";
        QTest::newRow("a database that is no number") << "database"
                                                      << "x"
                                                      << "0 to 65535";
        QTest::newRow("a name nobody knows") << "prefix"
                                             << "x"
                                             << "not known";
    }
    void refusesSettingsInWords()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, words);
        Settings settings{{"keys", "flag:*"}};
        settings[key.toStdString()] = value.toStdString();
        const auto made = makeAdapter(group(settings));
        QVERIFY(!made.ok());
        QVERIFY2(QString::fromStdString(made.error().message).contains(words), made.error().message.c_str());
    }

    void listsDeclaredKeysThoughTheyAreAbsent()
    {
        run();
        tell({"SET", "flag:extra-a", "on"});
        tell({"SET", "other", "on"});
        const auto by = adapter();
        const auto listing = by->list(endpoint(*by));
        QVERIFY2(listing.ok(), listing.ok() ? "" : listing.error().message.c_str());
        QCOMPARE(listing->readings.size(), std::size_t(2));
        QCOMPARE(listing->readings[0].key.name, std::string("flag:extra-a"));
        QCOMPARE(listing->readings[0].state, std::string("on"));
        QCOMPARE(listing->readings[1].key, kLean);
        QCOMPARE(listing->readings[1].mode, std::string("(no key)"));
        QCOMPARE(listing->readings[1].state, std::string("off"));
        QVERIFY(by->shape(listing->readings[1])->nativeHold);
        QVERIFY(!by->shape(listing->readings[0])->nativeHold);
        QVERIFY(listing->startedMs > 0);
        QCOMPARE(by->list(endpoint(*by))->startedMs, listing->startedMs);
    }

    void letsRedisItselfEndTheHoldOfAnAbsentKey()
    {
        run();
        const auto by = adapter();
        auto wanted = change(kLean, "on", 900);
        wanted.before = *by->read(endpoint(*by), kLean);
        wanted.ifRevision = wanted.before->revision;
        const auto receipt = by->apply(endpoint(*by), wanted);
        QVERIFY2(receipt.kind == Receipt::Kind::Accepted, receipt.message.c_str());
        QCOMPARE(tell({"GET", "flag:lean"}).text, std::string("on"));
        const auto ttl = tell({"TTL", "flag:lean"}).integer;
        QVERIFY2(ttl > 890 && ttl <= 900, std::to_string(ttl).c_str());
        const auto reading = by->read(endpoint(*by), kLean);
        QCOMPARE(reading->mode, std::string("on"));
        QVERIFY(reading->holdEndsMs > 0);
        QVERIFY(by->fulfils(wanted, *reading));

        tell({"PEXPIRE", "flag:lean", "1"});
        QVERIFY(test::soon([&] { return by->read(endpoint(*by), kLean)->mode == "(no key)"; }));
    }

    void keepsAValueThatWasThereAndItsExpiry()
    {
        run();
        tell({"SET", "flag:lean", "off"});
        const auto by = adapter();
        QCOMPARE(by->apply(endpoint(*by), change(kLean, "on", 900)).kind, Receipt::Kind::Accepted);
        QCOMPARE(tell({"TTL", "flag:lean"}).integer, std::int64_t(-1));

        tell({"SET", "flag:lean", "off", "EX", "600"});
        const auto before = by->read(endpoint(*by), kLean);
        tell({"SET", "flag:lean", "on"});
        auto back = change(kLean, "off");
        back.putsBack = true;
        back.keep = before->keep;
        QCOMPARE(by->apply(endpoint(*by), back).kind, Receipt::Kind::Accepted);
        const auto ttl = tell({"TTL", "flag:lean"}).integer;
        QVERIFY2(ttl > 590 && ttl <= 600, std::to_string(ttl).c_str());
    }

    void takesAwayOnlyWhatItHadPutThere()
    {
        run();
        tell({"SET", "flag:lean", "on"});
        const auto by = adapter();
        auto gone = change(kLean, "(no key)");
        QCOMPARE(by->apply(endpoint(*by), gone).kind, Receipt::Kind::Rejected);
        gone.putsBack = true;
        QCOMPARE(by->apply(endpoint(*by), gone).kind, Receipt::Kind::Accepted);
        QCOMPARE(tell({"EXISTS", "flag:lean"}).integer, std::int64_t(0));
    }

    void saysConflictWhenSomebodyElseWasFirst()
    {
        run();
        const auto by = adapter();
        auto wanted = change(kLean, "on", 900);
        wanted.ifRevision = by->read(endpoint(*by), kLean)->revision;
        tell({"SET", "flag:lean", "off"});
        const auto receipt = by->apply(endpoint(*by), wanted);
        QCOMPARE(receipt.kind, Receipt::Kind::Conflict);
        QVERIFY2(receipt.message.find("it is off now") != std::string::npos, receipt.message.c_str());
        QCOMPARE(tell({"GET", "flag:lean"}).text, std::string("off"));
    }

    void touchesNoKeyThatIsNotDeclared()
    {
        run();
        tell({"SET", "session:1", "on"});
        const auto by = adapter();
        QCOMPARE(by->read(endpoint(*by), {Kind::Flag, "session:1"}).error().kind, ErrorKind::NotFound);
        QCOMPARE(by->apply(endpoint(*by), change({Kind::Flag, "session:1"}, "off")).kind, Receipt::Kind::Rejected);
        QCOMPARE(tell({"GET", "session:1"}).text, std::string("on"));
        QCOMPARE(by->apply(endpoint(*by), change(kLean, "maybe")).kind, Receipt::Kind::Rejected);
        QCOMPARE(tell({"EXISTS", "flag:lean"}).integer, std::int64_t(0));
    }

    void saysDeniedForAWrongPasswordAndForLackingRights()
    {
        run();
        const auto by = adapter();
        auto at = endpoint(*by);
        at.readToken = at.actToken = "wrong";
        QCOMPARE(by->list(at).error().kind, ErrorKind::Denied);
        QCOMPARE(by->apply(at, change(kLean, "on")).kind, Receipt::Kind::Denied);
        at.readToken = at.actToken = "";
        QCOMPARE(by->read(at, kLean).error().kind, ErrorKind::Denied);
        QVERIFY(by->list(at).error().message.find("wrong") == std::string::npos);

        tell({"ACL", "SETUSER", "reader", "on", ">pass", "~flag:*", "+get", "+pttl", "+mget", "+watch", "+multi"});
        const auto asReader = adapter({{"keys", "flag:lean"}, {"user", "reader"}});
        at.readToken = at.actToken = "pass";
        QVERIFY(asReader->read(at, kLean).ok());
        QCOMPARE(asReader->apply(at, change(kLean, "on")).kind, Receipt::Kind::Denied);
        QCOMPARE(tell({"EXISTS", "flag:lean"}).integer, std::int64_t(0));
    }

    void showsAValueThatIsNeitherAsUnknown()
    {
        run();
        tell({"SET", "flag:lean", "maybe"});
        const auto by = adapter();
        const auto reading = by->read(endpoint(*by), kLean);
        QCOMPARE(reading->mode, std::string("maybe"));
        QVERIFY(reading->state.empty());
    }

    void setsTextsOfOnesOwn()
    {
        run();
        const auto by = adapter({{"keys", "limit"}, {"kind", "value"}});
        const ControlKey key{Kind::Value, "limit"};
        QCOMPARE(by->apply(endpoint(*by), change(key, "10 per s")).kind, Receipt::Kind::Accepted);
        QCOMPARE(by->read(endpoint(*by), key)->mode, std::string("10 per s"));
        QCOMPARE(by->apply(endpoint(*by), change(key, std::string(1025, 'x'))).kind, Receipt::Kind::Rejected);
        tell({"SET", "limit", std::string(2000, 'x')});
        QVERIFY(!by->read(endpoint(*by), key)->locked.empty());
    }

    void saysUnreachableWhenItIsGoneAndAgainWhenItIsBack()
    {
        run();
        const auto by = adapter();
        m_redis->kill();
        QCOMPARE(by->apply(endpoint(*by), change(kLean, "on")).kind, Receipt::Kind::Unreachable);
        QCOMPARE(by->list(endpoint(*by)).error().kind, ErrorKind::Unavailable);
        QVERIFY(m_redis->start());
        QVERIFY(by->list(endpoint(*by)).ok());
    }

    void showsTheCommandWithoutThePassword()
    {
        const auto by = adapter();
        Endpoint at;
        at.url = by->urlFor("cache:6379", {});
        at.actToken = "secret";
        QCOMPARE(by->describe(at, change(kLean, "on", 900)),
                 std::string("redis-cli -h cache -p 6379 -a *** SET flag:lean on EX 900"));
    }
};

QTEST_GUILESS_MAIN(TestRedis)
#include "tst_redis.moc"
