#include "app/commands/incidents.h"

#include "app/base/duration.h"
#include "app/base/time_text.h"
#include "app/commands/engine_client.h"
#include "app/commands/problem.h"
#include "app/commands/text_table.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

namespace holdfast::commands {

namespace {

struct IncidentOptions {
    std::string database;
    std::int64_t id = 0;
    std::int64_t limit = 50;
    bool all = false;
    bool json = false;
    bool starred = false;
    std::string actor, text, file;
    std::string ackFor = "30m";
};

std::string timeOf(const nlohmann::json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() || !found->is_number() ? "–" : rfc3339(found->get<std::int64_t>());
}

std::string joined(const nlohmann::json& list)
{
    std::string text;
    for (const auto& item : list)
        text += (text.empty() ? "" : ", ") + item.get<std::string>();
    return text;
}

std::string path(const IncidentOptions& options, const std::string& rest = {})
{
    return "/holdfast/v1/incidents/" + std::to_string(options.id) + rest;
}

std::string listText(const nlohmann::json& root)
{
    TextTable table({"ID", "STATE", "SEVERITY", "OPENED", "SERVICES", "OWNER", "TITLE"});
    for (const auto& one : root.value("incidents", nlohmann::json::array()))
        table.add({std::to_string(one.value("id", std::int64_t{0})), one.value("state", ""), one.value("severity", ""),
                   timeOf(one, "opened_ms"), joined(one.value("services", nlohmann::json::array())),
                   one.value("owner", ""), one.value("title", "")});
    return table.text();
}

std::string detailText(const nlohmann::json& one)
{
    std::string text = "#" + std::to_string(one.value("id", std::int64_t{0})) + "  " + one.value("title", "") + "\n"
                       + one.value("state", "") + ", " + one.value("severity", "") + ", opened "
                       + timeOf(one, "opened_ms") + "\n";
    for (const auto& line : one.value("evidence", nlohmann::json::array()))
        text += "  " + line.get<std::string>() + "\n";
    TextTable timeline({"TIME", "KIND", "SERVICE", "WHAT"});
    for (const auto& event : one.value("timeline", nlohmann::json::array()))
        timeline.add(
            {timeOf(event, "at_ms"), event.value("kind", ""), event.value("service", ""), event.value("text", "")});
    return text + "\n" + timeline.text();
}

Result<std::string> list(const IncidentOptions& options, const EngineClient& engine)
{
    HF_TRY(const std::string body,
           engine.get(std::string("/holdfast/v1/incidents?state=") + (options.all ? "all" : "open")
                      + "&limit=" + std::to_string(options.limit)));
    return options.json ? body + "\n" : listText(nlohmann::json::parse(body, nullptr, false));
}

Result<std::string> show(const IncidentOptions& options, const EngineClient& engine)
{
    HF_TRY(const std::string body, engine.get(path(options)));
    return options.json ? body + "\n" : detailText(nlohmann::json::parse(body, nullptr, false));
}

Result<std::string> exported(const IncidentOptions& options, const EngineClient& engine)
{
    HF_TRY(std::string body, engine.get(path(options, "/export?format=md")));
    if (options.file.empty())
        return body;
    std::ofstream file(options.file, std::ios::binary | std::ios::trunc);
    file << body;
    if (!file.flush())
        return Error{"cannot write " + options.file, ErrorKind::BadInput};
    return "wrote " + options.file + "\n";
}

std::string actorOf(const IncidentOptions& options)
{
    return options.actor.empty() ? operatorName() : options.actor;
}

Result<std::string> acknowledge(const IncidentOptions& options, const EngineClient& engine)
{
    HF_TRY(const std::int64_t ms, parseDuration(options.ackFor).in("--for"));
    const nlohmann::json body{{"actor", actorOf(options)}, {"for_s", ms / 1000}};
    HF_TRY(const std::string answer, engine.post(path(options, "/ack"), body.dump()));
    return options.json ? answer + "\n" : "acknowledged for " + formatDuration(ms) + "\n";
}

Result<std::string> note(const IncidentOptions& options, const EngineClient& engine)
{
    const nlohmann::json body{{"actor", actorOf(options)}, {"text", options.text}, {"starred", options.starred}};
    HF_TRY(const std::string answer,
           engine.post(path(options, "/note"), body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
    return options.json ? answer + "\n" : std::string("noted\n");
}

Result<std::string> resolve(const IncidentOptions& options, const EngineClient& engine)
{
    const nlohmann::json body{{"actor", actorOf(options)}};
    HF_TRY(const std::string answer, engine.post(path(options, "/resolve"), body.dump()));
    return options.json ? answer + "\n" : std::string("resolved\n");
}

using Step = Result<std::string> (*)(const IncidentOptions&, const EngineClient&);

CLI::App* addStep(CLI::App& parent, const char* name, const char* words, Step step,
                  const std::shared_ptr<IncidentOptions>& options, CommandResult& result)
{
    CLI::App* command = parent.add_subcommand(name, words);
    command->add_option("--db", options->database, "Database of the engine; the default one otherwise");
    command->callback([options, step, &result] {
        const auto answer = [&]() -> Result<std::string> {
            HF_TRY(const EngineClient engine, EngineClient::find(options->database));
            return step(*options, engine);
        }();
        if (answer.ok())
            std::fwrite(answer->data(), 1, answer->size(), stdout);
        else
            say(result, "incidents", answer.error());
    });
    return command;
}

}  // namespace

void addIncidentsCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* parent = app.add_subcommand("incidents", "List, show, export and work on incidents of a running engine");
    parent->require_subcommand(1);
    const auto options = std::make_shared<IncidentOptions>();
    const auto json = [options](CLI::App* command) {
        command->add_flag("--json", options->json, "As the API answers");
        return command;
    };
    const auto id = [options](CLI::App* command) {
        command->add_option("id", options->id, "Number of the incident")->required();
        return command;
    };
    const auto actor = [options](CLI::App* command) {
        command->add_option("--actor", options->actor, "Who; the login name otherwise");
        return command;
    };
    CLI::App* command = json(addStep(*parent, "list", "Open incidents, newest first", &list, options, result));
    command->add_flag("--all", options->all, "Resolved and closed ones too");
    command->add_option("--limit", options->limit, "Newest ones")->check(CLI::Range(1, 5000))->capture_default_str();
    json(id(addStep(*parent, "show", "One incident with its timeline", &show, options, result)));
    command = id(addStep(*parent, "export", "Markdown for the ticket", &exported, options, result));
    command->add_option("--out", options->file, "Write to this file");
    command = actor(json(id(addStep(*parent, "ack", "Say that somebody has it", &acknowledge, options, result))));
    command->add_option("--for", options->ackFor, "How long, 30m")->capture_default_str();
    command = actor(json(id(addStep(*parent, "note", "Add a note to the timeline", &note, options, result))));
    command->add_option("text", options->text, "The note")->required();
    command->add_flag("--star", options->starred, "Mark it for the handover");
    actor(json(id(addStep(*parent, "resolve", "End it by hand", &resolve, options, result))));
}

}  // namespace holdfast::commands
