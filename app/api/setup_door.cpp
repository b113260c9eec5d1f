#include "app/api/setup_door.h"

#include "app/api/holdfast_answer.h"
#include "app/api/json_body.h"
#include "app/api/probe.h"
#include "app/config/job_entry.h"
#include "app/config/load_config.h"

#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

namespace holdfast::api {

namespace {

constexpr std::int64_t kShortestIntervalS = 1;
constexpr std::int64_t kLongestIntervalS = 3'600;
constexpr std::uintmax_t kLargestFile = 4U << 20U;

HttpResponse reportReply(const ProbeReport& report)
{
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().text("url", report.url).text("target", report.target).text("job", report.job);
        json.number("duration_ms", report.durationMs).integer("bytes", report.bytes).integer("samples", report.samples);
        json.integer("metrics", report.metrics).text("profile", report.profile);
        json.text("profile_title", report.profileTitle).key("services").beginArray();
        for (const std::string& service : report.services)
            json.string(service);
        json.endArray().key("breakers").beginArray();
        for (const std::string& breaker : report.breakers)
            json.string(breaker);
        json.endArray().key("signals").beginArray();
        for (const ProbedSignal& signal : report.signalList) {
            json.beginObject().text("id", signal.id).flag("found", signal.found()).key("metrics").beginArray();
            for (const std::string& metric : signal.metrics)
                json.string(metric);
            json.endArray().text("gap", signal.gap).endObject();
        }
        json.endArray().text("error", report.error).text("error_words", report.errorWords).endObject();
    });
}

/// "a=1&b=2"; percent escapes stay as they are written.
std::map<std::string, std::string> parametersOf(std::string_view query)
{
    std::map<std::string, std::string> parameters;
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view one = query.substr(0, end);
        const std::size_t equals = one.find('=');
        if (equals != std::string_view::npos)
            parameters[std::string(one.substr(0, equals))] = std::string(one.substr(equals + 1));
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    }
    return parameters;
}

Result<std::string> readText(const std::string& file)
{
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(file, failed);
    if (failed)
        return Error{file + " cannot be read: " + failed.message(), ErrorKind::NotFound};
    if (size > kLargestFile)
        return Error{file + " is larger than a configuration can be", ErrorKind::Limit};
    std::ifstream stream(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    stream.read(text.data(), static_cast<std::streamsize>(size));
    if (!stream)
        return Error{file + " cannot be read", ErrorKind::Failed};
    return text;
}

HttpResponse fileReply(const std::string& file, const std::string& job, std::size_t jobs)
{
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().text("config_file", file).text("job", job);
        json.integer("jobs", static_cast<std::int64_t>(jobs)).endObject();
    });
}

}  // namespace

void SetupDoor::addRoutes(Router& router)
{
    // Asks outwards and waits up to some seconds: not in the way of the status page. It changes nothing of ours.
    router.addPrivate("POST", "/holdfast/v1/probe", Lane::Query, [this](const Call& call) { return probeUrl(call); });
    router.addPrivate("POST", "/holdfast/v1/targets/add", Lane::Change,
                      [this](const Call& call) { return addTarget(call); });
    router.addPrivate("POST", "/holdfast/v1/targets/import", Lane::Change,
                      [this](const Call& call) { return importFile(call); });
}

HttpResponse SetupDoor::probeUrl(const Call& call) const
{
    JsonBody body(call.request.body);
    const std::string url = body.text("url");
    if (body.error())
        return errorReply(*body.error());
    const auto report = probe(url);
    return report.ok() ? reportReply(*report) : errorReply(report.error());
}

HttpResponse SetupDoor::addTarget(const Call& call) const
{
    JsonBody body(call.request.body);
    const std::string url = body.text("url");
    const std::string job = body.optionalText("job");
    const std::int64_t intervalS = body.optionalInteger("interval_s").value_or(5);
    if (body.error())
        return errorReply(*body.error());
    if (intervalS < kShortestIntervalS || intervalS > kLongestIntervalS)
        return errorReply(Error{"interval_s must be between 1 and 3600", ErrorKind::BadInput});
    const auto parts = splitUrl(url);
    if (!parts.ok())
        return errorReply(parts.error());
    const config::NewJob entry{.name = job.empty() ? parts->job : job,
                               .scheme = parts->scheme,
                               .target = parts->target,
                               .metricsPath = parts->metricsPath,
                               .params = parametersOf(parts->query),
                               .intervalMs = intervalS * 1'000};
    const auto file = m_parts.editConfig([&](std::string_view yaml) { return config::withJob(yaml, entry); });
    return file.ok() ? fileReply(*file, entry.name, 1) : errorReply(file.error());
}

HttpResponse SetupDoor::importFile(const Call& call) const
{
    JsonBody body(call.request.body);
    const std::string from = body.text("file");
    if (body.error())
        return errorReply(*body.error());
    if (from.front() != '/')
        return errorReply(Error{"file must be an absolute path", ErrorKind::BadInput});
    const auto text = readText(from);
    if (!text.ok())
        return errorReply(text.error());
    // In its own words and places first: errors name the lines of the file that the person knows.
    const auto parsed = config::parseConfig(*text, from);
    if (!parsed.ok())
        return errorReply(parsed.error());
    const auto file = m_parts.editConfig([&](std::string_view yaml) -> Result<std::string> {
        const auto present = config::parseConfig(yaml, {});
        if (present.ok() && !present->scrapeConfigs.empty())
            return Error{"this engine reads targets already; add the jobs of " + from + " to its own file",
                         ErrorKind::Conflict};
        HF_TRY(const std::string moved,
               config::withAbsolutePaths(*text, std::filesystem::path(from).parent_path().string()));
        return "# Imported by Holdfast from " + from + "; yours to edit.\n" + moved;
    });
    return file.ok() ? fileReply(*file, {}, parsed->scrapeConfigs.size()) : errorReply(file.error());
}

}  // namespace holdfast::api
