#include "app/api/event_body.h"

#include <QtTest>

using namespace holdfast;
using namespace holdfast::api;

namespace {

constexpr std::int64_t kNow = 1'767'323'045'000;  // 2026-01-02T03:04:05Z

incident::Event one(const char* body)
{
    const auto events = eventsFromBody(body, kNow);
    if (!events.ok())
        qWarning("%s", events.error().message.c_str());
    return events.ok() ? events->front() : incident::Event{};
}

}  // namespace

class EventBodyTest : public QObject {
    Q_OBJECT

private slots:
    void aDeployNeedsAVersionOnly()
    {
        const auto event = one(R"({"kind":"deploy","service":"checkout","version":"4.18.3","commit":"abc"})");
        QCOMPARE(event.text, std::string("checkout 4.18.3"));
        QCOMPARE(event.subject, std::string("4.18.3"));
        QCOMPARE(event.atMs, kNow);
        QCOMPARE(event.dataJson, std::string(R"({"commit":"abc","version":"4.18.3"})"));
    }
    void itsTimeComesInThreeForms_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("at_ms") << QByteArray(R"({"kind":"note","text":"x","at_ms":1767323000000})");
        QTest::newRow("seconds") << QByteArray(R"({"kind":"note","text":"x","at":1767323000})");
        QTest::newRow("words") << QByteArray(R"({"kind":"note","text":"x","at":"2026-01-02T03:03:20Z"})");
    }
    void itsTimeComesInThreeForms()
    {
        QFETCH(QByteArray, body);
        QCOMPARE(one(body.constData()).atMs, std::int64_t(1'767'323'000'000));
    }
    void aForgesDeployIsTaken()
    {
        const auto github =
            one(R"({"deployment":{"ref":"v2","environment":"prod"},"deployment_status":{"state":"success"},
            "repository":{"name":"checkout"},"sender":{"login":"ana"}})");
        QCOMPARE(github.kind, std::string("deploy"));
        QCOMPARE(github.text, std::string("checkout v2 (success)"));
        QCOMPARE(github.actor, std::string("ana"));
        const auto gitlab =
            one(R"({"object_kind":"deployment","status":"running","ref":"v3","project":{"name":"pay"}})");
        QCOMPARE(gitlab.text, std::string("pay v3 (running)"));
    }
    void aNoteBelongsToTheIncidentItNames_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("incident");
        QTest::newRow("in its words") << QByteArray("pool is full, see #142") << 142LL;
        QTest::newRow("by its whole name") << QByteArray("#INC-142 again") << 142LL;
        QTest::newRow("not by any number") << QByteArray("queue # is 142") << 0LL;
        QTest::newRow("none") << QByteArray("calling the DBA") << 0LL;
    }
    void aNoteBelongsToTheIncidentItNames()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, incident);
        const QByteArray note = "{\"kind\":\"note\",\"text\":\"" + text + "\"}";
        QCOMPARE(one(note.constData()).incident.value_or(0), std::int64_t{incident});
        const QByteArray told = "{\"kind\":\"note\",\"incident\":7,\"text\":\"" + text + "\"}";
        QCOMPARE(one(told.constData()).incident.value_or(0), std::int64_t{7});
    }
    void aListIsTakenWholeOrNotAtAll()
    {
        QCOMPARE(eventsFromBody(R"([{"kind":"note","text":"a"},{"kind":"note","text":"b"}])", kNow)->size(),
                 std::size_t(2));
        const auto bad = eventsFromBody(R"([{"kind":"note","text":"a"},{"kind":"note"}])", kNow);
        QVERIFY(!bad.ok());
        QVERIFY2(bad.error().message.find("event 2") != std::string::npos, bad.error().message.c_str());
    }
    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no json") << QByteArray("{") << QByteArray("not JSON");
        QTest::newRow("no kind") << QByteArray(R"({"text":"x"})") << QByteArray("kind");
        QTest::newRow("a time to come") << QByteArray(R"({"kind":"note","text":"x","at":9999999999})")
                                        << QByteArray("at");
        QTest::newRow("a text that is none") << QByteArray(R"({"kind":["x"]})") << QByteArray("kind: expected a text");
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, words);
        const auto events = eventsFromBody(body.constData(), kNow);
        QVERIFY(!events.ok());
        QVERIFY2(events.error().message.find(words.toStdString()) != std::string::npos, events.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(EventBodyTest)
#include "tst_event_body.moc"
