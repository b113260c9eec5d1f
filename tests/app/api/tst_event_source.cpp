#include <QTest>

// moc 6.4 stumbles over the standard library's <functional>.
#ifndef Q_MOC_RUN
#include "app/api/event_source.h"

#include <string>
#endif

using namespace holdfast::api;

namespace {

std::string readAll(EventSource& source, EventSource::State& state)
{
    std::string text(1 << 20, '\0');
    std::size_t length = 0;
    state = source.read(text.data(), text.size(), length, [] {});
    text.resize(length);
    return text;
}

}  // namespace

class TestEventSource : public QObject {
    Q_OBJECT

private slots:
    void writesServerSentEvents()
    {
        EventSource source;
        source.publish("incident", "{\"id\":7}");
        source.comment();
        EventSource::State state{};
        QCOMPARE(readAll(source, state), std::string("event: incident\ndata: {\"id\":7}\n\n:\n\n"));
    }
    void wakesTheReaderOnceAfterItFoundNothing()
    {
        EventSource source;
        int woken = 0;
        source.onReadable([&woken] { ++woken; });
        source.publish("a", "{}");
        QCOMPARE(woken, 0);
        EventSource::State state{};
        [[maybe_unused]] const auto first = readAll(source, state);
        [[maybe_unused]] const auto none = readAll(source, state);
        QCOMPARE(int(state), int(EventSource::State::Nothing));
        source.publish("b", "{}");
        source.publish("c", "{}");
        QCOMPARE(woken, 1);
    }
    void tellsAReaderThatIsTooSlowToReadEverythingAgain()
    {
        EventSource source(100);
        for (int i = 0; i < 50; ++i)
            source.publish("commit", "{\"t\":1}");
        EventSource::State state{};
        const std::string text = readAll(source, state);
        QVERIFY(text.size() <= 200);
        QVERIFY(text.find("event: status\n") != std::string::npos);
    }
    void handsOutTheRestBeforeTheEnd()
    {
        EventSource source;
        source.publish("a", "{}");
        source.close();
        EventSource::State state{};
        QVERIFY(!readAll(source, state).empty());
        [[maybe_unused]] const auto none = readAll(source, state);
        QCOMPARE(int(state), int(EventSource::State::End));
    }
};

QTEST_GUILESS_MAIN(TestEventSource)
#include "tst_event_source.moc"
