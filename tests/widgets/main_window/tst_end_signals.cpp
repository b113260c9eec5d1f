#include "widgets/main_window/end_signals.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>

using holdfast::widgets::EndSignals;

class TestEndSignals : public QObject {
    Q_OBJECT

private slots:
    void toldOnTheGuiThreadInsteadOfEndingTheProgram_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGHUP") << SIGHUP;
    }
    void toldOnTheGuiThreadInsteadOfEndingTheProgram()
    {
        QFETCH(int, number);
        const EndSignals end;
        QSignalSpy asked(&end, &EndSignals::asked);
        std::raise(number);
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 1, 20'000);
    }
};

QTEST_GUILESS_MAIN(TestEndSignals)
#include "tst_end_signals.moc"
