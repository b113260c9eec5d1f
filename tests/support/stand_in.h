#pragma once

#include "app/control/http_request.h"

#include <QProcess>
#include <QString>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <string>

namespace holdfast::test {

/// A stand-in of one system (stand_in_servers.py) in a process of its own, on a free port of loopback. The destructor
/// ends it. One thread at a time.
class StandIn {
public:
    explicit StandIn(const std::string& system)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start("python3", {QStringLiteral(HOLDFAST_SOURCE_DIR "/tests/support/stand_in_servers.py"),
                                    QString::fromStdString(system)});
        while (m_process.waitForReadyRead(20'000) && !m_process.canReadLine()) {
        }
        const QByteArray line = m_process.readLine();
        if (!line.startsWith("PORT "))
            std::abort();
        m_address = "127.0.0.1:" + line.mid(5).trimmed().toStdString();
    }
    ~StandIn()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished(5'000);
    }
    StandIn(const StandIn&) = delete;
    StandIn& operator=(const StandIn&) = delete;

    [[nodiscard]] const std::string& address() const { return m_address; }
    void reset() const { post("reset", nlohmann::json::object()); }
    void trap(const std::string& name) const { post("trap", {{"trap", name}}); }
    void set(const nlohmann::json& state) const { post("set", state); }
    /// The writes that came in, [{"method", "path", "body"}, …].
    [[nodiscard]] nlohmann::json writes() const { return get("log"); }
    [[nodiscard]] nlohmann::json state() const { return get("state"); }

private:
    [[nodiscard]] nlohmann::json get(const std::string& door) const
    {
        control::HttpRequest request;
        request.url = "http://" + m_address + "/-/" + door;
        return nlohmann::json::parse(control::sendOnce(request).body, nullptr, false);
    }
    void post(const std::string& door, const nlohmann::json& body) const
    {
        control::HttpRequest request;
        request.method = "POST";
        request.url = "http://" + m_address + "/-/" + door;
        request.body = body.dump();
        if (control::sendOnce(request).status != 200)
            std::abort();
    }

    QProcess m_process;
    std::string m_address;
};

}  // namespace holdfast::test
