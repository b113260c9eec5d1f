#include "tests/integration/engine_process.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace holdfast::test;

namespace {

QString write(const QTemporaryDir& dir, const char* name, const QByteArray& text)
{
    QFile file(dir.filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return file.fileName();
}

int runHoldfast(const QStringList& arguments, QByteArray* output = nullptr)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"), arguments);
    if (!process.waitForFinished(30'000))
        return -1;
    if (output)
        *output = process.readAll();
    return process.exitCode();
}

/// An endpoint that always answers with the same bytes; none at all: it takes the request and says nothing.
class BadEndpoint {
public:
    explicit BadEndpoint(std::string answer) : m_answer(std::move(answer)), m_fd(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        ::bind(m_fd, reinterpret_cast<sockaddr*>(&address), length);
        ::listen(m_fd, 16);
        ::getsockname(m_fd, reinterpret_cast<sockaddr*>(&address), &length);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { run(); });
    }
    ~BadEndpoint()
    {
        m_stop = true;
        m_thread.join();
        for (const int fd : m_open)
            ::close(fd);
        ::close(m_fd);
    }
    [[nodiscard]] QByteArray target() const { return "127.0.0.1:" + QByteArray::number(m_port); }

private:
    void run()
    {
        while (!m_stop) {
            pollfd waiting{.fd = m_fd, .events = POLLIN, .revents = 0};
            if (::poll(&waiting, 1, 50) != 1)
                continue;
            const int fd = ::accept(m_fd, nullptr, nullptr);
            if (m_answer.empty()) {
                m_open.push_back(fd);
                continue;
            }
            char request[2048];
            [[maybe_unused]] const auto got = ::recv(fd, request, sizeof request, 0);
            [[maybe_unused]] const auto sent = ::send(fd, m_answer.data(), m_answer.size(), MSG_NOSIGNAL);
            ::close(fd);
        }
    }

    const std::string m_answer;
    int m_fd;
    int m_port = 0;
    std::vector<int> m_open;
    std::atomic<bool> m_stop = false;
    std::thread m_thread;
};

std::string httpAnswer(const std::string& type, const std::string& body)
{
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + type
           + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

class TestServe : public QObject {
    Q_OBJECT

private slots:
    void showsWhatWasImported()
    {
        QTemporaryDir dir;
        const QString text = write(dir, "in.om", "a_total{x=\"1\"} 5 1600000000.123\n# EOF\n");
        QCOMPARE(runHoldfast({"import", text, "--db", dir.filePath("h.db")}), 0);
        EngineProcess engine(dir.filePath("h.db"));
        QVERIFY2(engine.start(), engine.output());
        const auto result = engine.query("a_total @ 1600000001");
        QCOMPARE(result.size(), std::size_t(1));
        QCOMPARE(result[0]["value"][1].get<std::string>(), std::string("5"));
        QCOMPARE(engine.stop(), 0);
        QVERIFY(!QFileInfo::exists(dir.filePath("h.db.engine")));
    }
    void keepsTheEngineFileToItsOwner()
    {
        QTemporaryDir dir;
        EngineProcess engine(dir.filePath("h.db"));
        QVERIFY2(engine.start(), engine.output());
        QCOMPARE(int(QFile::permissions(dir.filePath("h.db.engine"))
                     & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)),
                 0);
    }
    void refusesADatabaseThatAnotherEngineHolds()
    {
        QTemporaryDir dir;
        EngineProcess first(dir.filePath("h.db"));
        QVERIFY2(first.start(), first.output());
        EngineProcess second(dir.filePath("h.db"));
        second.process().start();
        QCOMPARE(second.finish(20'000), 2);
        const QByteArray words = second.output();
        QVERIFY2(words.contains(QByteArray::number(first.process().processId())), words);
        QVERIFY(!first.query("vector(1)").empty());
    }
    void leavesAForeignDatabaseUntouched()
    {
        QTemporaryDir dir;
        const QByteArray foreign("this is somebody's file, not a database\n");
        const QString file = write(dir, "h.db", foreign);
        QCOMPARE(runHoldfast({"serve", "--db", file, "--listen", "127.0.0.1:0"}), 2);
        QFile after(file);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), foreign);
    }
    void namesTheLineOfAConfigurationError()
    {
        QTemporaryDir dir;
        const QString config = write(dir, "p.yml", "global:\n  scrape_interval: soon\n");
        QByteArray words;
        QCOMPARE(
            runHoldfast({"serve", "--config", config, "--db", dir.filePath("h.db"), "--listen", "127.0.0.1:0"}, &words),
            2);
        QVERIFY2(words.contains("p.yml:2:"), words);
    }
    void listensBeyondThisComputerOnlyWhenTold()
    {
        QTemporaryDir dir;
        QByteArray words;
        QCOMPARE(runHoldfast({"serve", "--db", dir.filePath("h.db"), "--listen", "0.0.0.0:0"}, &words), 2);
        QVERIFY2(words.contains("--insecure-listen"), words);
    }
    void losesNothingOlderThanASecondWhenKilled()
    {
        QTemporaryDir dir;
        BadEndpoint good(httpAnswer("text/plain; version=0.0.4", "x 1\n"));
        const QString config = write(dir, "p.yml",
                                     "scrape_configs:\n- job_name: j\n  scrape_interval: 1s\n  static_configs:\n"
                                     "  - targets: [\""
                                         + good.target() + "\"]\n");
        std::string before;
        {
            EngineProcess engine(dir.filePath("h.db"), {"--config", config});
            QVERIFY2(engine.start(), engine.output());
            QVERIFY(eventually([&] {
                const auto count = engine.query("count_over_time(x[5m])");
                return !count.empty() && std::stod(count[0]["value"][1].get<std::string>()) >= 4;
            }));
            before = engine.query("count_over_time(x[5m] offset 2s)")[0]["value"][1].get<std::string>();
            engine.kill();
        }
        QVERIFY(QFileInfo::exists(dir.filePath("h.db.engine")));
        EngineProcess again(dir.filePath("h.db"));
        QVERIFY2(again.start(), again.output());
        const auto after = again.query("count_over_time(x[5m])");
        QVERIFY(!after.empty());
        QVERIFY(std::stod(after[0]["value"][1].get<std::string>()) >= std::stod(before));
    }
    void badTargetsAreDownWithAReasonAndGoodOnesGoOn()
    {
        QTemporaryDir dir;
        BadEndpoint good(httpAnswer("text/plain; version=0.0.4", "x 1\n"));
        BadEndpoint html(httpAnswer("text/html", "<html><body>Welcome</body></html>\n"));
        BadEndpoint garbage(httpAnswer("text/plain; version=0.0.4", "}{ not a metric \xff\n"));
        BadEndpoint silent("");
        const QByteArray config = "scrape_configs:\n- job_name: j\n  scrape_interval: 1s\n  scrape_timeout: 500ms\n"
                                  "  static_configs:\n  - targets: [\""
                                  + good.target() + "\", \"" + html.target() + "\", \"" + garbage.target() + "\", \""
                                  + silent.target() + "\", \"127.0.0.1:1\"]\n";
        EngineProcess engine(dir.filePath("h.db"), {"--config", write(dir, "p.yml", config)});
        QVERIFY2(engine.start(), engine.output());
        QVERIFY(eventually([&] { return engine.query("up{job=\"j\"} == 0").size() == 4; }));
        QCOMPARE(engine.query("up{job=\"j\"} == 1").size(), std::size_t(1));
        const auto list = engine.get("/holdfast/v1/targets");
        for (const auto& target : list["targets"]) {
            const bool isGood = target["instance"] == good.target().toStdString();
            QCOMPARE(target["health"].get<std::string>(), std::string(isGood ? "up" : "down"));
            QCOMPARE(target["error_words"].get<std::string>().empty(), isGood);
        }
    }
    void readsItsConfigurationAgainAndKeepsTheOldOneOverABadOne()
    {
        QTemporaryDir dir;
        const QString config = write(dir, "p.yml", "holdfast:\n  environment: ONE\n");
        EngineProcess engine(dir.filePath("h.db"), {"--config", config});
        QVERIFY2(engine.start(), engine.output());
        write(dir, "p.yml", "holdfast:\n  environment: TWO\n");
        ::kill(pid_t(engine.process().processId()), SIGHUP);
        QVERIFY(eventually([&] { return engine.get("/holdfast/v1/status")["environment"] == "TWO"; }));
        write(dir, "p.yml", "holdfast: [\n");
        QCOMPARE(engine.ask("POST", "/-/reload", nullptr).first, 400);
        const auto status = engine.get("/holdfast/v1/status");
        QCOMPARE(status["environment"].get<std::string>(), std::string("TWO"));
        QVERIFY(!status["config_error"].get<std::string>().empty());
    }
};

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
