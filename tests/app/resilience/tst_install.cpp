#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Ended {
    int code = -1;
    QString out;
};

Ended run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(240'000))
        return {-1, process.errorString()};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
}

/// A variable of the build this test belongs to: what links with it must be compiled alike (sanitizers).
QString ofThisBuild(const QString& build, const QString& name)
{
    QFile cache(build + "/CMakeCache.txt");
    if (!cache.open(QIODevice::ReadOnly))
        return {};
    const QRegularExpression line("^" + name + ":[A-Z]+=(.*)$", QRegularExpression::MultilineOption);
    return line.match(QString::fromUtf8(cache.readAll())).captured(1);
}

}  // namespace

class TestInstall : public QObject {
    Q_OBJECT
private slots:
    void letsAServiceElsewhereFindLinkAndUseIt()
    {
        const QString cmake = QStandardPaths::findExecutable("cmake");
        if (cmake.isEmpty())
            QSKIP("there is no cmake here");
        const QTemporaryDir place;
        const QString build = QDir(HOLDFAST_BIN_DIR).absoluteFilePath("..");
        const QString prefix = place.filePath("prefix");
        const auto installed = run(cmake, {"--install", build, "--component", "resilience", "--prefix", prefix});
        QVERIFY2(installed.code == 0, qPrintable(installed.out));
        QVERIFY(!QDir(prefix + "/bin").exists());  // the component alone, not the programs

        const QString type = ofThisBuild(build, "CMAKE_BUILD_TYPE");
        const QString flags = "CMAKE_CXX_FLAGS_" + type.toUpper();
        const QString consumer = place.filePath("build");
        const auto configured =
            run(cmake, {"-S", HOLDFAST_SOURCE_DIR "/tests/app/resilience/consumer", "-B", consumer, "-G", "Ninja",
                        "-DCMAKE_PREFIX_PATH=" + prefix, "-DCMAKE_BUILD_TYPE=" + type,
                        "-D" + flags + "=" + ofThisBuild(build, flags),
                        "-DCMAKE_CXX_COMPILER=" + ofThisBuild(build, "CMAKE_CXX_COMPILER")});
        QVERIFY2(configured.code == 0, qPrintable(configured.out));
        const auto built = run(cmake, {"--build", consumer});
        QVERIFY2(built.code == 0, qPrintable(built.out));
        const auto used = run(consumer + "/consumer", {});
        QVERIFY2(used.code == 0, qPrintable(used.out));
        QVERIFY2(
            used.out.contains(R"(resilience_circuitbreaker_state{name="payments",callee="payments",state="open"} 1)"),
            qPrintable(used.out));
    }
};

QTEST_GUILESS_MAIN(TestInstall)
#include "tst_install.moc"
