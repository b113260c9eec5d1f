// How long a person waits for live numbers, and what the window costs while nobody touches it: the real engine on a
// store of ten million samples, the real fleet, the real window, offscreen. Wall time from the start of the process to
// its first repaint with live values, medians; CPU and memory from /proc.
//
// bench_window_start [--dir FOLDER] [--samples N] [--rounds N] [--check]
// A folder that is given is kept, with its database, for the next run.
#include "app/engine/engine_file.h"
#include "tests/bench/charts/measure.h"
#include "tests/bench/window/grow_store.h"
#include "tests/bench/window/proc.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <signal.h>

#include <cstdio>
#include <optional>

using namespace holdfast::bench;

namespace {

constexpr double warmMs = 1000;
constexpr double coldMs = 2000;
constexpr double idlePercent = 3;
constexpr double residentMib = 250;
constexpr int idleMs = 20'000;
constexpr int settleMs = 15'000;
constexpr int patienceMs = 60'000;
constexpr auto portBase = "31700";  // the same each time: the past and the present are the same series

class Bench {
public:
    explicit Bench(QString folder) : m_folder(std::move(folder)) {}
    ~Bench()
    {
        endEngine();
        end(m_fleet);
    }

    [[nodiscard]] QString path(const char* name) const { return m_folder + QLatin1Char('/') + QLatin1String(name); }
    [[nodiscard]] static QString program(const char* name)
    {
        return QCoreApplication::applicationDirPath() + QLatin1Char('/') + QLatin1String(name);
    }

    bool startFleet()
    {
        QFile::remove(path("holdfast.yml"));
        m_fleet.start(program("holdfast-fleet"),
                      {QStringLiteral("--port-base"), QLatin1String(portBase), QStringLiteral("--rate"),
                       QStringLiteral("20"), QStringLiteral("--scenario"), QStringLiteral("calm"),
                       QStringLiteral("--token-file"), path("token"), QStringLiteral("--write-config"),
                       path("holdfast.yml")});
        return waitFor([this] { return QFile::exists(path("holdfast.yml")); });
    }

    bool startEngine()
    {
        m_engine.setStandardErrorFile(path("engine.log"), QIODevice::Append);
        m_engine.start(program("holdfast"), {QStringLiteral("serve"), QStringLiteral("--config"), path("holdfast.yml"),
                                             QStringLiteral("--db"), path("h.db"), QStringLiteral("--listen"),
                                             QStringLiteral("127.0.0.1:0")});
        return waitFor([this] {
            const auto file = holdfast::engine::readEngineFile(path("h.db.engine").toStdString());
            return file.ok() && file->pid == m_engine.processId();
        });
    }

    /// The one that runs on the database, whoever started it.
    void endEngine()
    {
        if (const auto file = holdfast::engine::readEngineFile(path("h.db.engine").toStdString()); file.ok()) {
            (void)::kill(static_cast<pid_t>(file->pid), SIGTERM);
            (void)waitFor([&] { return ::kill(static_cast<pid_t>(file->pid), 0) != 0 || m_engine.waitForFinished(1); });
        }
        end(m_engine);
    }

    /// Wall time until its first live values are painted; it goes on running.
    std::optional<double> startWindow(QProcess& window, const QString& programPath, const QStringList& arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path("config"));
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
        environment.insert(QStringLiteral("HOLDFAST_TIMING"), QStringLiteral("1"));
        window.setProcessEnvironment(environment);
        QElapsedTimer timer;
        timer.start();
        window.start(programPath, arguments
                                      + QStringList{QStringLiteral("--view"), QStringLiteral("fleet"),
                                                    QStringLiteral("--size"), QStringLiteral("1920x1080")});
        QByteArray said;
        while (timer.elapsed() < patienceMs && !said.contains("first live values painted")) {
            if (!window.waitForReadyRead(patienceMs))
                return std::nullopt;
            said += window.readAllStandardOutput();
        }
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    std::optional<double> startOnRunningEngine(QProcess& window)
    {
        return startWindow(window, program("holdfast-window"), {QStringLiteral("--engine-file"), path("h.db.engine")});
    }
    std::optional<double> startWithEngine(QProcess& window)
    {
        return startWindow(window, program("holdfast"),
                           {QStringLiteral("--config"), path("holdfast.yml"), QStringLiteral("--db"), path("h.db")});
    }

    static void end(QProcess& process)
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.terminate();
        if (!process.waitForFinished(patienceMs))
            process.kill();
    }

    template <typename Holds>
    static bool waitFor(Holds holds)
    {
        QElapsedTimer timer;
        timer.start();
        while (!holds()) {
            if (timer.elapsed() > patienceMs)
                return false;
            QThread::msleep(20);
        }
        return true;
    }

private:
    const QString m_folder;
    QProcess m_fleet;
    QProcess m_engine;
};

int failed(const char* what)
{
    std::fprintf(stderr, "bench_window_start: %s\n", what);
    return 2;
}

}  // namespace

int main(int argc, char** argv)
{
    (void)std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOptions({{QStringLiteral("dir"), QString(), QStringLiteral("folder")},
                        {QStringLiteral("samples"), QString(), QStringLiteral("n"), QStringLiteral("10000000")},
                        {QStringLiteral("rounds"), QString(), QStringLiteral("n"), QStringLiteral("5")},
                        {QStringLiteral("check"), QString()}});
    options.process(app);
    QTemporaryDir temporary;
    const QString folder =
        options.isSet(QStringLiteral("dir")) ? options.value(QStringLiteral("dir")) : temporary.path();
    if (!QDir().mkpath(folder))
        return failed("the folder cannot be made");
    const int rounds = options.value(QStringLiteral("rounds")).toInt();

    Bench bench(folder);
    if (!bench.startFleet())
        return failed("the fleet does not start");
    if (!QFile::exists(bench.path("grown"))) {
        if (!bench.startEngine())
            return failed("the engine does not start");
        QThread::msleep(settleMs);  // every series is scraped several times, the signals are evaluated
        bench.endEngine();
        const auto grown = growStore(Bench::program("holdfast"), bench.path("h.db"), folder,
                                     options.value(QStringLiteral("samples")).toLongLong());
        if (!grown.ok())
            return failed(grown.error().message.c_str());
        QFile done(bench.path("grown"));
        (void)done.open(QIODevice::WriteOnly);
    }
    if (!bench.startEngine())
        return failed("the engine does not start on the large store");
    QThread::msleep(settleMs);

    Table table;
    std::vector<double> warm;
    for (int i = 0; i < rounds; ++i) {
        QProcess window;
        const auto ms = bench.startOnRunningEngine(window);
        if (!ms)
            return failed("the window shows no live values");
        warm.push_back(*ms);
        Bench::end(window);
    }
    table.add("running engine: to the first painted live values, wall", quantileOf(warm, 0.5), "ms", warmMs);
    table.note("  the same: longest", quantileOf(warm, 1), "ms");

    QProcess window;
    if (!bench.startOnRunningEngine(window))
        return failed("the window shows no live values");
    table.note("  the same: CPU of the window until then, all threads", processCpuMs(window.processId()), "ms");
    QThread::msleep(settleMs);
    const double before = processCpuMs(window.processId());
    QElapsedTimer timer;
    timer.start();
    QThread::msleep(idleMs);
    const double used = processCpuMs(window.processId()) - before;
    table.add("idle, fleet view live: CPU of one core", used * 100 / static_cast<double>(timer.elapsed()), "%",
              idlePercent);
    table.add("window process: resident", statusMib(window.processId(), "VmRSS"), "MiB", residentMib);
    table.note("  the same: at most so far", statusMib(window.processId(), "VmHWM"), "MiB");
    Bench::end(window);

    std::vector<double> cold;
    for (int i = 0; i < rounds; ++i) {
        bench.endEngine();
        QProcess both;
        const auto ms = bench.startWithEngine(both);
        if (!ms)
            return failed("window and engine together show no live values");
        cold.push_back(*ms);
        Bench::end(both);
    }
    table.add("no engine yet: to the first painted live values, wall", quantileOf(cold, 0.5), "ms", coldMs);
    table.note("  the same: longest", quantileOf(cold, 1), "ms");
    std::printf("%d missed their target\n", table.missed());
    return options.isSet(QStringLiteral("check")) && table.missed() > 0 ? 1 : 0;
}
