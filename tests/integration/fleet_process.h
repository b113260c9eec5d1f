#pragma once

#include "collectors/exposition/parser.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace holdfast::test {

struct HttpReply {
    long status = 0;
    std::string body;
};

inline std::size_t appendTo(char* data, std::size_t, std::size_t bytes, void* to)
{
    static_cast<std::string*>(to)->append(data, bytes);
    return bytes;
}

/// status 0: no answer.
inline HttpReply http(const std::string& method, int port, const std::string& path, const std::string& body = {},
                      const std::string& token = {})
{
    HttpReply answer;
    CURL* curl = curl_easy_init();
    curl_slist* headers = curl_slist_append(nullptr, ("Authorization: Bearer " + token).c_str());
    const std::string url = "http://127.0.0.1:" + std::to_string(port) + path;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 5'000L);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
    if (method != "GET") {
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, body.c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &appendTo);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return answer;
}

using SeriesValues = std::map<std::string, double>;

/// Series text → value; empty when the body does not parse.
inline SeriesValues parseBody(const std::string& body)
{
    SeriesValues series;
    exposition::Parser parser(body, exposition::Format::Text);
    for (;;) {
        switch (parser.next()) {
        case exposition::Parser::Entry::Series: series[std::string(parser.series())] = parser.value(); break;
        case exposition::Parser::Entry::Error: return {};
        case exposition::Parser::Entry::End: return series;
        default: break;
        }
    }
}

/// The sum of the series of a metric whose text holds all of `parts`, such as `code="500"`.
inline double sumOf(const SeriesValues& series, const std::string& metric, const std::vector<std::string>& parts = {})
{
    double sum = 0;
    for (const auto& [text, value] : series)
        if (text == metric || text.starts_with(metric + "{")) {
            bool all = true;
            for (const std::string& part : parts)
                all = all && text.find(part) != std::string::npos;
            sum += all ? value : 0;
        }
    return sum;
}

/// holdfast-fleet as a user starts it, on free ports, without a scenario.
struct RunningFleet {
    QTemporaryDir folder;
    QProcess process;
    nlohmann::json ports;
    std::string token;

    [[nodiscard]] std::string file(const char* name) const { return folder.filePath(name).toStdString(); }

    bool start(const QStringList& more = {}, const QString& rate = "90")
    {
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"),
                      QStringList{"--port-base", "0", "--rate", rate, "--token-file", folder.filePath("token"),
                                  "--write-config", folder.filePath("holdfast.yml"), "--write-ports",
                                  folder.filePath("ports.json")}
                          + (more.contains("--scenario") ? QStringList{} : QStringList{"--scenario", "calm"}) + more);
        if (!QTest::qWaitFor([this] { return QFile::exists(folder.filePath("ports.json")); }, 10'000))
            return false;
        QFile written(folder.filePath("ports.json"));
        QFile secret(folder.filePath("token"));
        if (!written.open(QIODevice::ReadOnly) || !secret.open(QIODevice::ReadOnly))
            return false;
        ports = nlohmann::json::parse(written.readAll().toStdString());
        token = secret.readAll().trimmed().toStdString();
        return true;
    }
    ~RunningFleet()
    {
        process.terminate();
        process.waitForFinished(5'000);
    }

    [[nodiscard]] std::vector<int> of(const std::string& service) const { return ports.at(service); }
    [[nodiscard]] int first(const std::string& service) const { return of(service).front(); }
    nlohmann::json put(int port, const std::string& path, const std::string& mode, int ttlS) const
    {
        const nlohmann::json body{{"mode", mode}, {"ttl_s", ttlS}, {"reason", "test"}, {"actor", "tst_fleet"}};
        return nlohmann::json::parse(http("PUT", port, "/resilience/v1" + path, body.dump(), token).body, nullptr,
                                     false);
    }
    /// On every instance of the service.
    void set(const std::string& service, const std::string& flag, const std::string& mode, int ttlS = 120) const
    {
        for (const int port : of(service))
            put(port, "/flags/" + flag, mode, ttlS);
    }
    [[nodiscard]] nlohmann::json get(int port, const std::string& path) const
    {
        return nlohmann::json::parse(http("GET", port, "/resilience/v1" + path).body);
    }
    [[nodiscard]] SeriesValues metrics(int port) const { return parseBody(http("GET", port, "/metrics").body); }
    /// The sum over all instances of the service.
    [[nodiscard]] double sum(const std::string& service, const std::string& metric,
                             const std::vector<std::string>& parts = {}) const
    {
        double all = 0;
        for (const int port : of(service))
            all += sumOf(metrics(port), metric, parts);
        return all;
    }
};

inline bool within(int ms, const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, ms);
}

}  // namespace holdfast::test
