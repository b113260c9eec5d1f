#include "app/commands/audit.h"

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

struct AuditOptions {
    std::string database, url, tokenFile;
    std::int64_t action = 0;
    int limit = 50;
    bool json = false;
    bool csv = false;
};

std::string table(const std::string& body)
{
    TextTable rows({"TIME", "ACTION", "STEP", "ACTOR", "CONTROL", "INSTANCE", "OUTCOME", "REASON"});
    const auto root = nlohmann::json::parse(body, nullptr, false);
    for (const auto& row : root.value("audit", nlohmann::json::array()))
        rows.add({rfc3339(row.value("at_ms", std::int64_t{0})), std::to_string(row.value("action", std::int64_t{0})),
                  row.value("step", ""), row.value("actor", ""), row.value("control", ""), row.value("instance", ""),
                  row.value("outcome", ""), row.value("reason", "")});
    return rows.text();
}

Result<std::string> audit(const AuditOptions& options)
{
    HF_TRY(const EngineClient engine, options.url.empty() ? EngineClient::find(options.database)
                                                          : EngineClient::at(options.url, options.tokenFile));
    HF_TRY(const std::string body, engine.get("/holdfast/v1/audit?limit=" + std::to_string(options.limit) + "&action="
                                              + std::to_string(options.action) + (options.csv ? "&format=csv" : "")));
    if (options.csv)
        return body;
    return options.json ? body + "\n" : table(body);
}

}  // namespace

void addAuditCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* command = app.add_subcommand("audit", "Show who did what to which control, from a running engine");
    const auto options = std::make_shared<AuditOptions>();
    command->add_option("--db", options->database, "Database of the engine; the default one otherwise");
    command->add_option("--url,--attach", options->url,
                        "Private address of an engine elsewhere; its token is in "
                        "$HOLDFAST_TOKEN or --token-file");
    command->add_option("--token-file", options->tokenFile, "File with the token of --url")->check(CLI::ExistingFile);
    command->add_option("--action", options->action, "Only the story of this action");
    command->add_option("--limit", options->limit, "Newest rows")->check(CLI::Range(1, 10'000))->capture_default_str();
    auto* json = command->add_flag("--json", options->json, "As the API answers");
    command->add_flag("--csv", options->csv, "For a spreadsheet")->excludes(json);
    command->callback([options, &result] {
        const auto text = audit(*options);
        if (text.ok())
            std::fwrite(text->data(), 1, text->size(), stdout);
        else
            say(result, "audit", text.error());
    });
}

}  // namespace holdfast::commands
