#include "app/commands/query.h"

#include "app/api/csv.h"
#include "app/api/parameters.h"
#include "app/api/query_api.h"
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/number_text.h"
#include "app/base/percent_encoding.h"
#include "app/base/time_text.h"
#include "app/commands/http_request.h"
#include "app/commands/problem.h"
#include "app/commands/text_table.h"
#include "app/model/label_set.h"
#include "app/store/store.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::commands {

namespace {

struct QueryOptions {
    std::string expression, database, url, time, start, end, step;
    bool json = false;
    bool csv = false;
};

Error inOption(const char* name, const Error& error)
{
    return Error{std::string(name) + ": " + error.message, ErrorKind::BadInput};
}

Result<std::int64_t> timeIn(const char* name, const std::string& text, std::int64_t otherwise)
{
    if (text.empty())
        return otherwise;
    const auto time = api::parseApiTime(text);
    if (!time.ok())
        return inOption(name, time.error());
    return *time;
}

Result<promql::QueryResult> evaluate(const QueryOptions& options, const promql::Engine& engine, std::int64_t now)
{
    if (options.start.empty()) {
        HF_TRY(const std::int64_t time, timeIn("--time", options.time, now));
        return engine.instant(options.expression, time);
    }
    HF_TRY(const std::int64_t start, timeIn("--start", options.start, now));
    HF_TRY(const std::int64_t end, timeIn("--end", options.end, now));
    const auto step = api::parseApiDuration(options.step);
    if (!step.ok())
        return inOption("--step", step.error());
    if (*step <= 0 || end < start)
        return Error{"--end must not be before --start, and --step must be more than 0", ErrorKind::BadInput};
    return engine.range(options.expression, start, end, *step);
}

/// The "data" object of the API's answer, from a database that is opened for reading.
Result<std::string> fromDatabase(const QueryOptions& options)
{
    if (!std::filesystem::exists(options.database))
        return Error{"there is no database " + options.database, ErrorKind::BadInput};
    const SystemClock clock;
    Log log(stderr, LogLevel::Warning, clock);
    store::StoreOptions storage;
    storage.path = options.database;
    storage.mode = store::OpenMode::ReadOnly;
    HF_TRY(const auto store, store::Store::open(std::move(storage), clock, log));
    const promql::Engine engine(*store, clock, promql::EngineOptions{});
    HF_TRY(const promql::QueryResult result, evaluate(options, engine, clock.wallMs()));
    for (const std::string& text : result.warnings)
        std::fprintf(stderr, "warning: %s\n", text.c_str());
    for (const std::string& text : result.infos)
        std::fprintf(stderr, "info: %s\n", text.c_str());
    std::string data;
    api::JsonWriter json(data);
    api::writeQueryData(json, result, false);
    return data;
}

Result<std::string> fromUrl(const QueryOptions& options)
{
    std::string base = options.url;
    while (base.ends_with('/'))
        base.pop_back();
    std::string form = "query=" + percentEncoded(options.expression);
    const auto add = [&form](const char* name, const std::string& value) {
        if (!value.empty())
            form += std::string("&") + name + "=" + percentEncoded(value);
    };
    add("time", options.time);
    add("start", options.start);
    add("end", options.end);
    add("step", options.step);
    HttpCall call;
    call.method = "POST";
    call.url = base + (options.start.empty() ? "/api/v1/query" : "/api/v1/query_range");
    call.body = std::move(form);
    call.contentType = "application/x-www-form-urlencoded";
    HF_TRY(const HttpReply reply, httpRequest(call));
    const auto root = nlohmann::json::parse(reply.body, nullptr, false);
    if (!root.is_object() || !root.contains("status"))
        return Error{call.url + " answered with status " + std::to_string(reply.status) + " and no Prometheus answer",
                     ErrorKind::Unavailable};
    if (root["status"] != "success")
        return Error{root.value("error", "no reason given"), ErrorKind::Failed};
    for (const char* list : {"warnings", "infos"})
        if (root.contains(list))
            for (const auto& text : root[list])
                std::fprintf(stderr, "%s: %s\n", list, text.get<std::string>().c_str());
    return root.contains("data") ? root["data"].dump() : std::string("{}");
}

std::string seriesText(const nlohmann::json& metric)
{
    std::vector<Label> labels;
    for (const auto& [name, value] : metric.items())
        labels.push_back({name, value.get<std::string>()});
    return LabelSet(std::move(labels)).text();
}

std::string pointTime(const nlohmann::json& point)
{
    return rfc3339(static_cast<std::int64_t>(point.at(0).get<double>() * 1000.0 + 0.5));
}

using Row = std::function<void(std::vector<std::string>)>;

void eachRow(const nlohmann::json& data, const Row& row)
{
    const std::string type = data.value("resultType", "");
    const auto& result = data.at("result");
    if (type == "scalar" || type == "string") {
        row({type, pointTime(result), result.at(1).get<std::string>()});
        return;
    }
    for (const auto& series : result) {
        const std::string name = seriesText(series.at("metric"));
        if (series.contains("value"))
            row({name, pointTime(series["value"]), series["value"].at(1).get<std::string>()});
        if (series.contains("values"))
            for (const auto& point : series["values"])
                row({name, pointTime(point), point.at(1).get<std::string>()});
    }
}

Result<std::string> shown(const QueryOptions& options, const std::string& data)
{
    if (options.json)
        return data + "\n";
    // A foreign server may answer anything; what does not have the shape is said, not guessed.
    try {
        const auto root = nlohmann::json::parse(data);
        if (options.csv) {
            std::string text;
            api::appendCsvRecord(text, {"series", "time", "value"});
            eachRow(root, [&text](std::vector<std::string> cells) { api::appendCsvRecord(text, cells); });
            return text;
        }
        TextTable table({"SERIES", "TIME", "VALUE"});
        eachRow(root, [&table](std::vector<std::string> cells) { table.add(std::move(cells)); });
        return table.text();
    } catch (const nlohmann::json::exception&) {
        return Error{"the answer does not have the shape of Prometheus's API", ErrorKind::Failed};
    }
}

Result<std::string> query(const QueryOptions& options)
{
    if (options.database.empty() == options.url.empty())
        return Error{"expected either --db FILE or --url URL", ErrorKind::BadInput};
    if (options.start.empty() != options.step.empty())
        return Error{"--start and --step belong together", ErrorKind::BadInput};
    HF_TRY(const std::string data, options.url.empty() ? fromDatabase(options) : fromUrl(options));
    return shown(options, data);
}

}  // namespace

void addQueryCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* command = app.add_subcommand("query", "Evaluate a PromQL expression");
    const auto options = std::make_shared<QueryOptions>();
    command->add_option("expression", options->expression, "PromQL")->required();
    command->add_option("--db", options->database, "Ask this database");
    command->add_option("--url", options->url, "Ask this Prometheus-compatible API");
    command->add_option("--time", options->time, "Instant: RFC 3339 or seconds; now by default");
    command->add_option("--start", options->start, "Range: from");
    command->add_option("--end", options->end, "Range: to; now by default");
    command->add_option("--step", options->step, "Range: distance of points, 15s or seconds");
    auto* json = command->add_flag("--json", options->json, "The data object of the HTTP API");
    command->add_flag("--csv", options->csv, "One line a point")->excludes(json);
    command->callback([options, &result] {
        const auto text = query(*options);
        if (text.ok())
            std::fwrite(text->data(), 1, text->size(), stdout);
        else
            say(result, "query", text.error());
    });
}

}  // namespace holdfast::commands
