#pragma once

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QString>
#include <QStringList>
#include <QThread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <functional>

namespace holdfast::test {

/// A port of loopback that nothing listens on now. Somebody else may take it in the meantime; a program that then
/// cannot start fails its test with its own words.
inline std::uint16_t freePort()
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0)
        qFatal("no free port");
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    close(fd);
    return ntohs(address.sin_port);
}

inline bool listens(std::uint16_t port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const bool connected = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return connected;
}

/// Looks again and again, 10 ms apart, until it holds; false when it does not in time.
inline bool soon(const std::function<bool()>& holds, int withinMs = 10'000)
{
    QElapsedTimer timer;
    timer.start();
    while (!holds()) {
        if (timer.elapsed() > withinMs)
            return false;
        QThread::msleep(10);
    }
    return true;
}

/// Where a program is; Debian keeps daemons where users do not look. Empty: not installed.
inline QString programPath(const QString& name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStandardPaths::findExecutable(name, {"/usr/sbin", "/sbin", "/usr/local/sbin"}) : found;
}

/// A real program as a child of the test: ended with it, whatever happens. One thread at a time.
class RealProgram {
public:
    RealProgram(const QString& name, QStringList arguments)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setProgram(programPath(name));
        m_process.setArguments(std::move(arguments));
        // A test that aborts runs no destructor.
        m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    }
    ~RealProgram() { kill(); }
    RealProgram(const RealProgram&) = delete;
    RealProgram& operator=(const RealProgram&) = delete;

    /// True once `ready` holds; false when it ended before, or in time it did not.
    bool start(const std::function<bool()>& ready, int withinMs = 20'000)
    {
        m_process.start();
        if (!m_process.waitForStarted(withinMs))
            return false;
        const bool up = soon(
            [&] {
                if (m_process.state() == QProcess::NotRunning || m_process.waitForFinished(0))
                    return true;
                return ready();
            },
            withinMs);
        return up && m_process.state() == QProcess::Running;
    }
    bool startOn(std::uint16_t port)
    {
        return start([port] { return listens(port); });
    }
    /// As a crash: SIGKILL, and waits until it is gone.
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished(10'000);
    }
    /// SIGTERM, and waits.
    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.terminate();
        if (!m_process.waitForFinished(10'000))
            kill();
    }
    [[nodiscard]] QByteArray output() { return m_process.readAll(); }
    [[nodiscard]] QProcess& process() { return m_process; }

private:
    QProcess m_process;
};

}  // namespace holdfast::test
