#include "app/commands/notify.h"

#include "app/base/time_text.h"
#include "app/commands/engine_client.h"
#include "app/commands/problem.h"
#include "app/commands/text_table.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace holdfast::commands {

namespace {

using nlohmann::json;

struct NotifyOptions {
    std::string database;
    std::string receiver;
    std::string actor;
    std::int64_t limit = 20;
    bool asJson = false;
};

std::string timeOf(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found == object.end() || !found->is_number() ? "–" : rfc3339(found->get<std::int64_t>());
}

std::string number(const json& object, const char* name)
{
    return std::to_string(object.value(name, std::int64_t{0}));
}

std::string listText(const json& root)
{
    TextTable receivers(
        {"RECEIVER", "KIND", "BREAKER", "WAITING", "SENT", "FAILED", "DROPPED", "LAST SENT", "LAST ERROR"});
    for (const char* list : {"receivers", "alertmanagers"})
        for (const json& one : root.value(list, json::array()))
            receivers.add({one.value("name", ""), one.value("kind", ""), one.value("breaker", ""),
                           number(one, "waiting"), number(one, "sent"), number(one, "failed"), number(one, "dropped"),
                           timeOf(one, "last_sent_ms"), one.value("last_error", "")});
    TextTable told({"ID", "TIME", "RECEIVER", "STATE", "TRIES", "CHANGE", "SEVERITY", "WHAT"});
    for (const json& one : root.value("notifications", json::array()))
        told.add({number(one, "id"), timeOf(one, "at_ms"), one.value("receiver", ""),
                  one.value("state", "") + (one.value("repeated", false) ? " (repeated)" : ""), number(one, "attempts"),
                  one.value("change", ""), one.value("severity", ""), one.value("title", "")});
    return receivers.text() + "\n" + told.text();
}

Result<std::string> list(const NotifyOptions& options, const EngineClient& engine)
{
    HF_TRY(const std::string body, engine.get("/holdfast/v1/notifications?limit=" + std::to_string(options.limit)));
    return options.asJson ? body + "\n" : listText(json::parse(body, nullptr, false));
}

Result<std::string> test(const NotifyOptions& options, const EngineClient& engine)
{
    const json body{{"receiver", options.receiver}, {"actor", options.actor.empty() ? operatorName() : options.actor}};
    HF_TRY(const std::string answer, engine.post("/holdfast/v1/notifications/test", body.dump()));
    return options.asJson ? answer + "\n" : options.receiver + " took the test notification\n";
}

using Step = Result<std::string> (*)(const NotifyOptions&, const EngineClient&);

CLI::App* addStep(CLI::App& parent, const char* name, const char* words, Step step,
                  const std::shared_ptr<NotifyOptions>& options, CommandResult& result)
{
    CLI::App* command = parent.add_subcommand(name, words);
    command->add_option("--db", options->database, "Database of the engine; the default one otherwise");
    command->add_flag("--json", options->asJson, "As the API answers");
    command->callback([options, step, &result] {
        const auto answer = [&]() -> Result<std::string> {
            HF_TRY(const EngineClient engine, EngineClient::find(options->database));
            return step(*options, engine);
        }();
        if (answer.ok())
            std::fwrite(answer->data(), 1, answer->size(), stdout);
        else
            say(result, "notify", answer.error());
    });
    return command;
}

}  // namespace

void addNotifyCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* parent = app.add_subcommand("notify", "See who is told of incidents, and test a receiver");
    parent->require_subcommand(1);
    const auto options = std::make_shared<NotifyOptions>();
    addStep(*parent, "list", "Receivers and what they were told, newest first", &list, options, result)
        ->add_option("--limit", options->limit, "Newest ones")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    CLI::App* command =
        addStep(*parent, "test", "Send a test notification and wait for the outcome", &test, options, result);
    command->add_option("receiver", options->receiver, "Name under holdfast: notify: receivers")->required();
    command->add_option("--actor", options->actor, "Who; the login name otherwise");
}

}  // namespace holdfast::commands
