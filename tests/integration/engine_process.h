#pragma once

#include "app/commands/http_request.h"
#include "app/engine/engine_file.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <csignal>
#include <functional>
#include <string>

namespace holdfast::test {

/// `holdfast serve` as a process of its own, on free ports, in a folder of the test; ended with it.
class EngineProcess {
public:
    explicit EngineProcess(QString database, QStringList arguments = {}) : m_database(std::move(database))
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setProgram(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"));
        m_process.setArguments(QStringList{"serve", "--db", m_database, "--listen", "127.0.0.1:0"} + arguments);
    }
    ~EngineProcess() { kill(); }

    /// True when it answers.
    bool start(int withinMs = 20'000)
    {
        m_process.start();
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < withinMs && m_process.state() != QProcess::NotRunning) {
            const auto file = engine::readEngineFile(engine::EngineFile::pathFor(m_database.toStdString()));
            if (file.ok() && file->pid == m_process.processId()) {
                m_file = *file;
                return true;
            }
            m_process.waitForFinished(50);
        }
        return false;
    }
    /// Exit code after SIGTERM; -1 when it did not end in 10 s.
    int stop()
    {
        m_process.terminate();
        return finish(10'000);
    }
    int finish(int withinMs)
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(withinMs))
            return -1;
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -2;
    }
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished(5000);
    }
    QByteArray output() { return m_process.readAll(); }
    [[nodiscard]] QProcess& process() { return m_process; }
    [[nodiscard]] const engine::EngineFile& file() const { return m_file; }

    /// The answer's body as JSON; null where there is none.
    [[nodiscard]] nlohmann::json get(const std::string& path) const { return ask("GET", path, {}).second; }
    [[nodiscard]] std::pair<int, nlohmann::json> ask(const std::string& method, const std::string& path,
                                                     const nlohmann::json& body) const
    {
        commands::HttpCall call;
        call.method = method;
        call.url = m_file.privateUrl + path;
        call.token = m_file.token;
        call.timeoutMs = 10'000;
        if (!body.is_null())
            call.body = body.dump();
        const auto reply = commands::httpRequest(call);
        if (!reply.ok())
            return {0, nullptr};
        return {reply->status, nlohmann::json::parse(reply->body, nullptr, false)};
    }
    /// Result list of an instant query.
    [[nodiscard]] nlohmann::json query(const std::string& expression) const
    {
        return query(m_file.publicUrl, expression);
    }
    [[nodiscard]] static nlohmann::json query(const std::string& base, const std::string& expression)
    {
        commands::HttpCall call;
        call.method = "POST";
        call.url = base + "/api/v1/query";
        call.contentType = "application/x-www-form-urlencoded";
        call.body = "query=" + encoded(expression);
        call.timeoutMs = 10'000;
        const auto reply = commands::httpRequest(call);
        const auto root = reply.ok() ? nlohmann::json::parse(reply->body, nullptr, false) : nlohmann::json();
        return root.is_object() && root.contains("data") ? root["data"]["result"] : nlohmann::json::array();
    }

private:
    static std::string encoded(const std::string& text)
    {
        return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
    }

    const QString m_database;
    QProcess m_process;
    engine::EngineFile m_file;
};

/// Looks every 100 ms until it holds; false when it does not in time.
inline bool eventually(const std::function<bool()>& holds, int withinMs = 20'000)
{
    QElapsedTimer timer;
    timer.start();
    while (!holds()) {
        if (timer.elapsed() > withinMs)
            return false;
        QTest::qWait(100);
    }
    return true;
}

}  // namespace holdfast::test
