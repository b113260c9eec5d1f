#include "widgets/main_window/main_window.h"

#include <QAbstractButton>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace holdfast::widgets;

namespace {

constexpr int patience = 20'000;

/// The process that wrote the engine file, or 0.
qint64 enginePid(const QString& engineFile)
{
    const auto file = readEngineFile(engineFile);
    return file.ok() ? file->pid : 0;
}

}  // namespace

/// The window on the real engine, which is killed the hard way.
class TestEngineKilled : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
        m_program = QStringLiteral(HOLDFAST_BIN_DIR "/holdfast");
        if (!QFile::exists(m_program))
            QSKIP("the engine is not built here");
        QFile config(m_folder.filePath(QStringLiteral("holdfast.yml")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: nothing\n    static_configs:\n"
                     "      - targets: ['127.0.0.1:1']\n");
        config.close();
        m_engine.start(m_program,
                       {QStringLiteral("serve"), QStringLiteral("--config"), config.fileName(), QStringLiteral("--db"),
                        database(), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
        QTRY_VERIFY_WITH_TIMEOUT(enginePid(engineFile()) > 0, patience);
    }

    void cleanupTestCase()
    {
        if (const qint64 pid = enginePid(engineFile()); pid > 0 && pid != m_engine.processId())
            ::kill(static_cast<pid_t>(pid), SIGTERM);  // the one the window started
        m_engine.terminate();
        m_engine.waitForFinished(patience);
    }

    void isSaidAndStartedAgainByOneClick()
    {
        WindowOptions options;
        options.source.engineFile = engineFile();
        options.size = QSize(1400, 800);
        MainWindow window(options);
        window.start();
        window.show();
        const EngineLink& link = window.context().link;
        QTRY_VERIFY_WITH_TIMEOUT(link.connected(), patience);

        const qint64 before = enginePid(engineFile());
        m_engine.kill();
        auto* bar = window.findChild<QWidget*>(QStringLiteral("linkBar"));
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), patience);

        auto* start = window.findChild<QAbstractButton*>(QStringLiteral("startEngine"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isVisible(), patience);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(link.connected() && !bar->isVisible(), patience);
        QVERIFY(enginePid(engineFile()) != before);
    }

private:
    [[nodiscard]] QString database() const { return m_folder.filePath(QStringLiteral("killed.db")); }
    [[nodiscard]] QString engineFile() const { return database() + QStringLiteral(".engine"); }

    QTemporaryDir m_folder;
    QString m_program;
    QProcess m_engine;
};

QTEST_MAIN(TestEngineKilled)
#include "tst_engine_killed.moc"
