#pragma once

#include "tests/support/real_program.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <pwd.h>
#include <unistd.h>

namespace holdfast::test {

/// Debian's PostgreSQL on a free port of loopback, with a data folder of its own. It refuses to run as root, so root's
/// tests run it as the user postgres.
class RealPostgres {
public:
    RealPostgres() : m_data(m_dir.path() + "/data")
    {
        const QDir versions("/usr/lib/postgresql");
        for (const QFileInfo& version : versions.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
            m_programs = version.filePath() + "/bin/";
    }
    ~RealPostgres()
    {
        if (m_running)
            command({m_programs + "pg_ctl", "-D", m_data, "-m", "immediate", "-w", "stop"});
    }
    RealPostgres(const RealPostgres&) = delete;
    RealPostgres& operator=(const RealPostgres&) = delete;

    [[nodiscard]] bool installed() const { return !m_programs.isEmpty(); }
    bool start()
    {
        if (geteuid() == 0) {
            const passwd* user = getpwnam("postgres");
            if (user == nullptr || chown(m_dir.path().toLocal8Bit().constData(), user->pw_uid, user->pw_gid) != 0)
                return false;
        }
        m_running =
            command({m_programs + "initdb", "-D", m_data, "-A", "trust", "-U", "postgres", "--no-sync"})
            && command(
                {m_programs + "pg_ctl", "-D", m_data, "-l", m_dir.path() + "/log", "-o",
                 QStringLiteral("-p %1 -c listen_addresses=127.0.0.1 -c fsync=off -k %2").arg(m_port).arg(m_dir.path()),
                 "-w", "start"});
        return m_running
               && command({m_programs + "createdb", "-h", "127.0.0.1", "-p", QString::number(m_port), "-U", "postgres",
                           "unleash"});
    }
    [[nodiscard]] QString url() const { return QStringLiteral("postgres://postgres@127.0.0.1:%1/unleash").arg(m_port); }
    [[nodiscard]] QByteArray output() const { return m_output; }

private:
    bool command(QStringList words)
    {
        if (geteuid() == 0)
            words = QStringList{"runuser", "-u", "postgres", "--"} + words;
        QProcess process;
        process.setWorkingDirectory("/");
        process.setProcessChannelMode(QProcess::MergedChannels);
        // The server keeps the channel open: nothing is waited for but pg_ctl itself.
        process.setStandardOutputFile(m_dir.path() + "-output");
        process.start(words.takeFirst(), words);
        const bool done = process.waitForFinished(120'000) && process.exitCode() == 0;
        QFile said(m_dir.path() + "-output");
        if (said.open(QIODevice::ReadOnly))
            m_output = said.readAll();
        said.remove();
        return done;
    }

    QTemporaryDir m_dir;
    const QString m_data;
    const std::uint16_t m_port = freePort();
    QString m_programs;
    bool m_running = false;
    QByteArray m_output;
};

}  // namespace holdfast::test
