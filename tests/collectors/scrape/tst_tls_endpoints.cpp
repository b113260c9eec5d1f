#include "tests/collectors/scrape/recording_appender.h"
#include "tests/collectors/scrape/scraping.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace holdfast;
using namespace holdfast::scrape;
using namespace holdfast::tests;

/// Certificates of an authority of our own, and OpenSSL's test server with them.
class TestTlsEndpoints : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_openssl = QStandardPaths::findExecutable("openssl");
        if (m_openssl.isEmpty())
            QSKIP("openssl is not installed");
        for (const QString name : {"ca", "server", "other"})
            run({"ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path(name + ".key")});
        run({"req", "-x509", "-new", "-key", path("ca.key"), "-subj", "/CN=Test CA", "-days", "10", "-out",
             path("ca.pem")});
        run({"req", "-x509", "-new", "-key", path("other.key"), "-subj", "/CN=self", "-addext",
             "subjectAltName=IP:127.0.0.1", "-days", "10", "-out", path("self_signed.pem")});
        certify("good", "IP:127.0.0.1", "10");
        certify("expired", "IP:127.0.0.1", "-1");
        certify("wrong_host", "DNS:metrics.example", "10");
        // What openssl s_server -HTTP sends for /metrics as it is.
        write("metrics", "HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n\r\ngood 1\n");
    }

    void looksAtTheCertificateBeforeItAsks_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("serverName");
        QTest::addColumn<bool>("skip");
        QTest::addColumn<QString>("words");  // empty: accepted
        QTest::newRow("of the configured authority") << "good"
                                                     << "server"
                                                     << "" << false << "";
        QTest::newRow("self-signed") << "self_signed"
                                     << "other"
                                     << "" << false << "not from an authority";
        QTest::newRow("expired") << "expired"
                                 << "server"
                                 << "" << false << "has expired";
        QTest::newRow("for another host") << "wrong_host"
                                          << "server"
                                          << "" << false << "is for another name";
        QTest::newRow("for the name that is configured") << "wrong_host"
                                                         << "server"
                                                         << "metrics.example" << false << "";
        QTest::newRow("self-signed, not looked at") << "self_signed"
                                                    << "other"
                                                    << "" << true << "";
    }
    void looksAtTheCertificateBeforeItAsks()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QString, serverName);
        QFETCH(bool, skip);
        QFETCH(QString, words);
        QProcess server;
        const QString address = serve(server, certificate, key);
        QVERIFY2(!address.isEmpty(), server.readAll().constData());

        RecordingAppender store;
        config::ScrapeConfig job = jobOf("j", 2'000, {{"x", address.toStdString()}});
        job.scheme = "https";
        job.http.tls.caFile = path("ca.pem").toStdString();
        job.http.tls.serverName = serverName.toStdString();
        job.http.tls.insecureSkipVerify = skip;
        {
            Scraping scraping(store);
            scraping.manager.applyConfig(configOf({job}));
            QVERIFY(scraping.until([&] { return scraping.count("x") > 0; }));
            const TargetStatus status = scraping.status("x");
            QVERIFY2(QString::fromStdString(status.lastErrorWords).contains(words), status.lastErrorWords.c_str());
            QVERIFY2((status.health == TargetHealth::Up) == words.isEmpty(), status.lastError.c_str());
            QCOMPARE(store.names("good").size(), std::size_t(words.isEmpty() ? 1 : 0));
        }
        server.kill();
        server.waitForFinished();
        m_said += server.readAll();
        // s_server names every file that it was asked for.
        QCOMPARE(m_said.contains("FILE:metrics"), words.isEmpty());
    }

    void anAnswerThatBreaksOffIsNotTakenForItsEnd()
    {
        // A body without length whose end is not told by TLS: whoever cuts the connection could choose where it ends.
        QVERIFY(::mkfifo(path("pipe").toUtf8().constData(), 0600) == 0);
        QProcess server;
        const QString address = serve(server, "good", "server");
        QVERIFY(!address.isEmpty());
        RecordingAppender store;
        Scraping scraping(store);
        config::ScrapeConfig job = jobOf("j", 5'000, {{"x", address.toStdString(), "/pipe"}});
        job.scheme = "https";
        job.http.tls.caFile = path("ca.pem").toStdString();
        scraping.manager.applyConfig(configOf({job}));
        QByteArray text = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n";
        while (text.size() < 300'000)
            text += "good{i=\"" + QByteArray::number(text.size()) + "\"} 1\n";
        QFile pipe(path("pipe"));
        QVERIFY(pipe.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        // The pipe holds 64 KiB: once this returns, most of it is on its way.
        QCOMPARE(pipe.write(text), text.size());
        server.kill();
        server.waitForFinished();
        QVERIFY(scraping.until([&] { return scraping.count("x") > 0; }));
        QCOMPARE(scraping.status("x").health, TargetHealth::Down);
        QVERIFY2(QString::fromStdString(scraping.status("x").lastErrorWords).contains("before its answer was complete"),
                 scraping.status("x").lastErrorWords.c_str());
        QVERIFY(store.names("good").empty());
    }

    void saysThatAnHttpPortDoesNotSpeakTls()
    {
        QProcess server;
        const QString address = serve(server, "good", "server");
        QVERIFY(!address.isEmpty());
        RecordingAppender store;
        Scraping scraping(store);
        scraping.manager.applyConfig(configOf({jobOf("j", 1'000, {{"x", address.toStdString()}})}));
        QVERIFY(scraping.until([&] { return scraping.count("x") > 0; }));
        QCOMPARE(scraping.status("x").health, TargetHealth::Down);
        QVERIFY(!scraping.status("x").lastErrorWords.empty());
        server.kill();
        server.waitForFinished();
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_dir.filePath(name); }
    void run(const QStringList& arguments) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(m_openssl, arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("openssl %s: %s", qPrintable(arguments.join(' ')), process.readAll().constData());
    }
    void write(const QString& name, const QByteArray& text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(name));
    }
    void certify(const QString& name, const QString& subject, const QString& days) const
    {
        write(name + ".ext", "subjectAltName=" + subject.toUtf8() + "\n");
        run({"req", "-new", "-key", path("server.key"), "-subj", "/CN=" + name, "-out", path(name + ".csr")});
        run({"x509", "-req", "-in", path(name + ".csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"),
             "-CAcreateserial", "-days", days, "-extfile", path(name + ".ext"), "-out", path(name + ".pem")});
    }
    /// Begins to serve on a free port; the address, or nothing.
    QString serve(QProcess& server, const QString& certificate, const QString& key)
    {
        m_said.clear();
        server.setProcessChannelMode(QProcess::MergedChannels);
        server.setWorkingDirectory(m_dir.path());
        server.start(m_openssl, {"s_server", "-accept", "127.0.0.1:0", "-cert", path(certificate + ".pem"), "-key",
                                 path(key + ".key"), "-HTTP"});
        while (!m_said.contains("ACCEPT ") || !m_said.mid(m_said.indexOf("ACCEPT ")).contains('\n')) {
            if (!server.waitForReadyRead(10'000))
                return {};
            m_said += server.readAll();
        }
        const QByteArray line = m_said.mid(m_said.indexOf("ACCEPT ") + 7);
        return QString::fromUtf8(line.left(line.indexOf('\n')).trimmed());
    }

    QString m_openssl;
    QTemporaryDir m_dir;
    QByteArray m_said;
};

QTEST_GUILESS_MAIN(TestTlsEndpoints)
#include "tst_tls_endpoints.moc"
