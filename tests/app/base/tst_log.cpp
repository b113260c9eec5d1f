#include "app/base/log.h"
#include "app/base/manual_clock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace holdfast;

class TestLog : public QObject {
    Q_OBJECT

private slots:
    void foreignTextCannotForgeALine()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("log");
        std::FILE* stream = std::fopen(path.toUtf8().constData(), "w");
        QVERIFY(stream != nullptr);
        const ManualClock clock(0);
        {
            Log log(stream, LogLevel::Info, clock);
            log.debug("scrape", "not wanted");
            log.warning("scrape", "bad\n2026 error store: \x1b[31mforged");
        }
        std::fclose(stream);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(),
                 QByteArray("1970-01-01T00:00:00.000Z warning scrape: bad\\x0a2026 error store: \\x1b[31mforged\n"));
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
