#pragma once

#include "tests/support/real_http.h"
#include "tests/support/real_program.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace holdfast::test {

/// HAProxy with two servers of one backend behind it, its runtime socket (unix with level admin, TCP with level
/// operator) and its Prometheus exporter. A restart forgets what was set over the socket, as HAProxy does.
class RealHaproxy {
public:
    RealHaproxy()
        : m_one([](const auto&, const auto&, const auto&) { return RealHttp::Answer{.body = "s1"}; }),
          m_two([](const auto&, const auto&, const auto&) { return RealHttp::Answer{.body = "s2"}; })
    {
        QFile file(m_dir.filePath("haproxy.cfg"));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no configuration file");
        file.write(configuration().toUtf8());
        file.close();
        m_program = std::make_unique<RealProgram>("haproxy", QStringList{"-db", "-f", file.fileName()});
    }

    [[nodiscard]] static bool installed() { return !programPath("haproxy").isEmpty(); }
    /// HAProxy gives its unix socket its name last, after the ports listen.
    bool start()
    {
        QFile::remove(m_dir.filePath("admin.sock"));
        return m_program->start([this] { return QFile::exists(m_dir.filePath("admin.sock")) && listens(m_frontPort); });
    }
    void kill() { m_program->kill(); }
    [[nodiscard]] std::string socket() const { return ("unix:" + m_dir.filePath("admin.sock")).toStdString(); }
    [[nodiscard]] std::string operatorSocket() const { return "tcp:127.0.0.1:" + std::to_string(m_operatorPort); }
    /// Of the frontend and of /metrics.
    [[nodiscard]] std::uint16_t port() const { return m_frontPort; }
    [[nodiscard]] int requestsOfOne() const { return m_one.requests(); }
    [[nodiscard]] int requestsOfTwo() const { return m_two.requests(); }
    [[nodiscard]] QByteArray output() { return m_program->output(); }

private:
    [[nodiscard]] QString configuration() const
    {
        return QStringLiteral("global\n"
                              "  stats socket %1 mode 600 level admin\n"
                              "  stats socket ipv4@127.0.0.1:%2 level operator\n"
                              "defaults\n"
                              "  mode http\n"
                              "  timeout connect 1s\n"
                              "  timeout client 5s\n"
                              "  timeout server 5s\n"
                              "frontend front\n"
                              "  bind 127.0.0.1:%3\n"
                              "  http-request use-service prometheus-exporter if { path /metrics }\n"
                              "  default_backend shop\n"
                              "backend shop\n"
                              "  balance roundrobin\n"
                              "  server s1 127.0.0.1:%4 weight 10 maxconn 30\n"
                              "  server s2 127.0.0.1:%5 weight 10\n")
            .arg(m_dir.filePath("admin.sock"))
            .arg(m_operatorPort)
            .arg(m_frontPort)
            .arg(m_one.port())
            .arg(m_two.port());
    }

    QTemporaryDir m_dir;
    RealHttp m_one;
    RealHttp m_two;
    const std::uint16_t m_frontPort = freePort();
    const std::uint16_t m_operatorPort = freePort();
    std::unique_ptr<RealProgram> m_program;
};

}  // namespace holdfast::test
