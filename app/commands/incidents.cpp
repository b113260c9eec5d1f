#include "app/commands/incidents.h"

#include "app/api/form.h"
#include "app/api/parameters.h"
#include "app/base/duration.h"
#include "app/base/percent_encoding.h"
#include "app/base/time_text.h"
#include "app/commands/engine_client.h"
#include "app/commands/incidents_text.h"
#include "app/commands/problem.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::commands {

namespace {

using nlohmann::json;

struct IncidentOptions {
    std::string database, url, tokenFile;
    std::int64_t id = 0;
    std::int64_t other = 0;
    std::int64_t limit = 50;
    std::int64_t days = 30;
    std::int64_t shiftHours = 12;
    bool all = false;
    bool json = false;
    bool starred = false;
    bool untilClear = false;
    bool preview = false;
    bool ended = false;
    std::string actor, text, file, format = "md", redact, service, severity, alert, reason, fingerprint, at, start, end;
    std::vector<std::string> patterns;
    std::string forHowLong = "30m";
};

using Options = const IncidentOptions&;
using Answer = Result<std::string>;
using Text = std::string (*)(const json&);

std::string path(Options options, const std::string& rest = {})
{
    return "/holdfast/v1/incidents/" + std::to_string(options.id) + rest;
}

std::string actorOf(Options options)
{
    return options.actor.empty() ? operatorName() : options.actor;
}

std::string dumped(const json& body)
{
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// A time as the API takes it: RFC 3339 or seconds become milliseconds; "2h" means so long ago.
Result<std::int64_t> timeOf(const std::string& value)
{
    const auto ago = parseDuration(value);
    if (!ago.ok() || value.find_first_not_of("0123456789") == std::string::npos)
        return api::parseApiTime(value);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count() - *ago;
}

/// Parameters of a URL, those that were given.
class Query {
public:
    Query& add(const char* name, const std::string& value)
    {
        if (!value.empty())
            m_text += (m_text.empty() ? "?" : "&") + std::string(name) + "=" + percentEncoded(value);
        return *this;
    }
    Result<void> addTime(const char* name, const std::string& value)
    {
        if (value.empty())
            return {};
        HF_TRY(const std::int64_t ms, timeOf(value));
        add(name, std::to_string(ms));
        return {};
    }
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

Answer shown(Options options, Result<std::string> body, Text text)
{
    if (!body.ok() || options.json)
        return body.ok() ? Answer(*body + "\n") : body;
    return text(json::parse(*body, nullptr, false));
}

Answer changed(Options options, Result<std::string> body, const std::string& words)
{
    if (!body.ok())
        return body;
    return options.json ? *body + "\n" : words + "\n";
}

Answer kept(Options options, Result<std::string> body)
{
    if (!body.ok() || options.file.empty())
        return body;
    std::ofstream file(options.file, std::ios::binary | std::ios::trunc);
    file << *body;
    if (!file.flush())
        return Error{"cannot write " + options.file, ErrorKind::BadInput};
    return "wrote " + options.file + " (" + std::to_string(body->size()) + " bytes)\n";
}

Answer list(Options options, const EngineClient& engine)
{
    Query query;
    query.add("state", options.all ? "all" : "open").add("limit", std::to_string(options.limit));
    query.add("service", options.service).add("severity", options.severity).add("q", options.text);
    HF_CHECK(query.addTime("start", options.start).in("--start"));
    HF_CHECK(query.addTime("end", options.end).in("--end"));
    HF_CHECK(query.addTime("at", options.at).in("--at"));
    return shown(options, engine.get("/holdfast/v1/incidents" + query.text()), &incidentListText);
}

Answer show(Options options, const EngineClient& engine)
{
    Query query;
    HF_CHECK(query.addTime("at", options.at).in("--at"));
    return shown(options, engine.get(path(options, query.text())), &incidentText);
}

Answer exported(Options options, const EngineClient& engine)
{
    Query query;
    query.add("format", options.format).add("redact", options.redact).add("preview", options.preview ? "1" : "");
    for (const std::string& pattern : options.patterns)
        query.add("pattern", pattern);
    HF_CHECK(query.addTime("at", options.at).in("--at"));
    if (options.preview)
        return shown(options, engine.get(path(options, "/export" + query.text())), &replacementsText);
    if (options.format == "holdfast" && options.file.empty())
        return Error{"a bundle is no text: say where it goes with --out FILE.holdfast", ErrorKind::BadInput};
    return kept(options, engine.get(path(options, "/export" + query.text())));
}

Answer handover(Options options, const EngineClient& engine)
{
    Query query;
    query.add("format", options.json ? "json" : options.format);
    HF_CHECK(query.addTime("start", options.start).in("--start"));
    HF_CHECK(query.addTime("end", options.end).in("--end"));
    HF_CHECK(query.addTime("at", options.at).in("--at"));
    return kept(options, engine.get("/holdfast/v1/handover" + query.text()));
}

Answer review(Options options, const EngineClient& engine)
{
    Query query;
    query.add("days", std::to_string(options.days)).add("shift_h", std::to_string(options.shiftHours));
    return shown(options, engine.get("/holdfast/v1/review" + query.text()), &reviewText);
}

Answer similar(Options options, const EngineClient& engine)
{
    Query query;
    HF_CHECK(query.addTime("at", options.at).in("--at"));
    return shown(options, engine.get(path(options, "/similar" + query.text())), &similarText);
}

/// What was known then: the incident, and what the alerts, controls and targets were.
Answer replay(Options options, const EngineClient& engine)
{
    Query query;
    HF_CHECK(query.addTime("at", options.at).in("--at"));
    json out;
    for (const auto& [name, door] :
         {std::pair{"incident", path(options)}, std::pair{"fleet", std::string("/holdfast/v1/fleet")},
          std::pair{"alerts", std::string("/holdfast/v1/alerts")},
          std::pair{"controls", std::string("/holdfast/v1/controls")},
          std::pair{"targets", std::string("/holdfast/v1/targets")}}) {
        HF_TRY(const std::string body, engine.get(door + query.text()));
        out[name] = json::parse(body, nullptr, false);
    }
    if (options.json)
        return dumped(out) + "\n";
    std::string text = incidentText(out["incident"]) + "\nFleet hash " + out["fleet"].value("hash", "") + "\n";
    for (const auto& service : out["fleet"].value("services", json::array()))
        text += "  " + service.value("name", "") + ": " + service.value("severity", "") + "\n";
    text += "Alerts\n";
    for (const auto& alert : out["alerts"].value("alerts", json::array()))
        text +=
            "  " + alert.value("state", "") + "  " + alert.value("service", "") + " " + alert.value("alert", "") + "\n";
    text += "Controls that were not at rest\n";
    for (const auto& control : out["controls"].value("controls", json::array())) {
        const std::string state = control.value("state", "");
        if (state != "closed" && state != "off" && state != "unknown")
            text += "  " + control.value("id", "") + ": " + control.value("word", "") + ", wanted "
                    + control.value("wanted", "") + "\n";
    }
    text += "Targets down\n";
    for (const auto& target : out["targets"].value("targets", json::array())) {
        if (target.value("health", "") == "down")
            text += "  " + target.value("job", "") + " " + target.value("instance", "") + "\n";
    }
    return text;
}

Answer openByHand(Options options, const EngineClient& engine)
{
    json body{{"actor", actorOf(options)},
              {"service", options.service},
              {"text", options.text},
              {"severity", options.severity}};
    if (!options.start.empty()) {
        HF_TRY(body["start_ms"], timeOf(options.start).in("--since"));
    }
    HF_TRY(const std::string made, engine.post("/holdfast/v1/incidents", dumped(body)));
    const std::int64_t id = json::parse(made, nullptr, false).value("id", std::int64_t{0});
    return changed(options, made, "opened INC-" + std::to_string(id));
}

Answer acknowledge(Options options, const EngineClient& engine)
{
    HF_TRY(const std::int64_t ms, parseDuration(options.forHowLong).in("--for"));
    return changed(options,
                   engine.post(path(options, "/ack"), dumped({{"actor", actorOf(options)}, {"for_s", ms / 1000}})),
                   "acknowledged for " + formatDuration(ms));
}

Answer note(Options options, const EngineClient& engine)
{
    return changed(
        options,
        engine.post(path(options, "/note"),
                    dumped({{"actor", actorOf(options)}, {"text", options.text}, {"starred", options.starred}})),
        "noted");
}

Answer act(Options options, const EngineClient& engine, const char* what, json body, const char* words)
{
    body["actor"] = actorOf(options);
    return changed(options, engine.post(path(options, std::string("/") + what), dumped(body)), words);
}

Answer shelve(Options options, const EngineClient& engine)
{
    HF_TRY(const std::int64_t ms, parseDuration(options.forHowLong).in("--for"));
    return changed(options,
                   engine.post("/holdfast/v1/shelves", dumped({{"actor", actorOf(options)},
                                                               {"alert", options.alert},
                                                               {"service", options.service},
                                                               {"reason", options.reason},
                                                               {"for_s", ms / 1000},
                                                               {"until_clear", options.untilClear}})),
                   "shelved for " + formatDuration(ms) + (options.untilClear ? " or until it clears" : ""));
}

Answer shelved(Options options, const EngineClient& engine)
{
    return shown(options, engine.get(std::string("/holdfast/v1/shelves") + (options.ended ? "?ended=1" : "")),
                 &shelvesText);
}

Answer unshelve(Options options, const EngineClient& engine)
{
    return changed(options,
                   engine.post("/holdfast/v1/shelves/" + std::to_string(options.id) + "/end",
                               dumped({{"actor", actorOf(options)}})),
                   "it is back");
}

Answer star(Options options, const EngineClient& engine)
{
    return changed(options,
                   engine.post("/holdfast/v1/events/" + std::to_string(options.id) + "/star",
                               dumped({{"actor", actorOf(options)}, {"starred", !options.all}})),
                   options.all ? "no longer starred" : "starred");
}

using Step = std::function<Answer(Options, const EngineClient&)>;

/// Makes the subcommands; every one has options of its own, so that one's default is not another's.
class Commands {
public:
    Commands(CLI::App& parent, CommandResult& result) : m_parent(parent), m_result(result) {}

    CLI::App* add(const char* name, const char* words, Step step)
    {
        m_options = std::make_shared<IncidentOptions>();
        m_command = m_parent.add_subcommand(name, words);
        m_command->add_option("--db", m_options->database, "Database of the engine; the default one otherwise");
        m_command->add_option("--url", m_options->url, "Private address of an engine elsewhere; needs a token")
            ->excludes("--db");
        m_command->add_option("--token-file", m_options->tokenFile, "File with its token; $HOLDFAST_TOKEN otherwise");
        m_command->add_flag("--json", m_options->json, "As the API answers");
        m_command->callback([options = m_options, step = std::move(step), &result = m_result] {
            const auto answer = [&]() -> Answer {
                HF_TRY(const EngineClient engine, options->url.empty()
                                                      ? EngineClient::find(options->database)
                                                      : EngineClient::at(options->url, options->tokenFile));
                return step(*options, engine);
            }();
            if (answer.ok())
                std::fwrite(answer->data(), 1, answer->size(), stdout);
            else
                say(result, "incidents", answer.error());
        });
        return m_command;
    }
    CLI::App* addOne(const char* name, const char* words, Step step)
    {
        CLI::App* command = add(name, words, std::move(step));
        command->add_option("id", m_options->id, "Number of the incident: 12 or INC-12")
            ->required()
            ->transform([](const std::string& text) { return text.starts_with("INC-") ? text.substr(4) : text; });
        return command;
    }
    CLI::App* addAct(const char* name, const char* words, Step step)
    {
        CLI::App* command = addOne(name, words, std::move(step));
        actor();
        return command;
    }
    void actor() { m_command->add_option("--actor", m_options->actor, "Who; the login name otherwise"); }
    [[nodiscard]] IncidentOptions& options() { return *m_options; }

private:
    CLI::App& m_parent;
    CommandResult& m_result;
    std::shared_ptr<IncidentOptions> m_options;
    CLI::App* m_command = nullptr;
};

void addReading(Commands& commands)
{
    CLI::App* command = commands.add("list", "Open incidents, newest first", &list);
    command->add_flag("--all", commands.options().all, "Resolved and closed ones too");
    command->add_option("--limit", commands.options().limit, "Newest ones")
        ->check(CLI::Range(1, 5000))
        ->capture_default_str();
    command->add_option("--service", commands.options().service, "With this service in it");
    command->add_option("--severity", commands.options().severity, "sev1, sev2, sev3");
    command->add_option("--text", commands.options().text, "With this in title, signals or owner");
    command->add_option("--start", commands.options().start,
                        "Open since then: RFC 3339, seconds, or 7d for so long ago");
    command->add_option("--end", commands.options().end, "Open before then");
    command->add_option("--at", commands.options().at, "As they were known then");
    command = commands.addOne("show", "One incident with its timeline", &show);
    command->add_option("--at", commands.options().at, "As it was known then");
    command =
        commands.addOne("replay", "What was known at an instant: incident, fleet, alerts, controls, targets", &replay);
    command->add_option("--at", commands.options().at, "RFC 3339, seconds, or 10m for so long ago")->required();
    command = commands.addOne("similar", "Earlier incidents like it, what was done and whether it helped", &similar);
    command->add_option("--at", commands.options().at, "As it was known then");
    command = commands.addOne("export", "The story as Markdown, one HTML file or a bundle to replay", &exported);
    command->add_option("--format", commands.options().format, "md, html, holdfast")
        ->check(CLI::IsMember({"md", "html", "holdfast"}))
        ->capture_default_str();
    command->add_option("--out", commands.options().file, "Write to this file");
    command->add_option("--redact", commands.options().redact, "people,hosts,tokens");
    command->add_option("--pattern", commands.options().patterns, "RE2 of what is hidden, too");
    command->add_flag("--preview", commands.options().preview, "Only say what would be hidden");
    command->add_option("--at", commands.options().at, "As it was known then; a bundle is always whole");
    command = commands.add("handover", "A shift for who comes next", &handover);
    command->add_option("--start", commands.options().start, "RFC 3339, seconds, or 8h for so long ago; 12h otherwise");
    command->add_option("--end", commands.options().end, "Now otherwise");
    command->add_option("--at", commands.options().at, "As it was known then");
    command->add_option("--format", commands.options().format, "md, html, json")
        ->check(CLI::IsMember({"md", "html", "json"}))
        ->capture_default_str();
    command->add_option("--out", commands.options().file, "Write to this file");
    command = commands.add("review", "Numbers of the last weeks", &review);
    command->add_option("--days", commands.options().days, "How many")
        ->check(CLI::Range(1, 366))
        ->capture_default_str();
    command->add_option("--shift", commands.options().shiftHours, "Hours of a shift")
        ->check(CLI::Range(1, 168))
        ->capture_default_str();
    command = commands.add("shelved", "What is put aside, and until when", &shelved);
    command->add_flag("--ended", commands.options().ended, "Of the last 30 days, too");
}

void addChanging(Commands& commands)
{
    CLI::App* command = commands.add("open", "Open one by hand, for what people see and no rule does yet", &openByHand);
    commands.actor();
    command->add_option("text", commands.options().text, "What is wrong, in one sentence")->required();
    command->add_option("--service", commands.options().service, "Where it is seen")->required();
    command->add_option("--severity", commands.options().severity, "sev1, sev2, sev3; sev2 otherwise")
        ->check(CLI::IsMember({"sev1", "sev2", "sev3"}));
    command->add_option("--since", commands.options().start, "Seen since: 15m for so long ago, RFC 3339, seconds");
    command = commands.addAct("ack", "Say that somebody has it", &acknowledge);
    command->add_option("--for", commands.options().forHowLong, "How long, 30m")->capture_default_str();
    command =
        commands.addAct("note", "Add a note: /impact, /decision, /deploy … as its first word say what it is", &note);
    command->add_option("text", commands.options().text, "The note")->required();
    command->add_flag("--star", commands.options().starred, "Mark it for the handover");
    command = commands.add("star", "Mark an event for the handover", &star);
    command->add_option("event", commands.options().id, "Number of the event")->required();
    command->add_flag("--off", commands.options().all, "Take the mark away");
    command = commands.addAct("mitigate", "Users no longer suffer", [](Options o, const EngineClient& e) {
        return act(o, e, "mitigated", {{"reason", o.reason}}, "mitigated");
    });
    command->add_option("--reason", commands.options().reason, "Why");
    commands.addAct("resolve", "End it by hand",
                    [](Options o, const EngineClient& e) { return act(o, e, "resolve", json::object(), "resolved"); });
    commands.addAct("close", "It is reviewed",
                    [](Options o, const EngineClient& e) { return act(o, e, "close", json::object(), "closed"); });
    command = commands.addAct("reopen", "It is not over", [](Options o, const EngineClient& e) {
        return act(o, e, "reopen", {{"reason", o.reason}}, "open again");
    });
    command->add_option("--reason", commands.options().reason, "Why");
    command = commands.addAct("merge", "Take another incident into this one", [](Options o, const EngineClient& e) {
        return act(o, e, "merge", {{"other", o.other}}, "merged");
    });
    command->add_option("other", commands.options().other, "Number of the other one, which is closed")->required();
    command = commands.addAct("split", "Make an incident of one signal", [](Options o, const EngineClient& e) {
        return act(o, e, "split", {{"fingerprint", o.fingerprint}}, "split off");
    });
    command->add_option("signal", commands.options().fingerprint, "Fingerprint of the signal, as show says it")
        ->required();
    command = commands.addAct("severity", "Say how bad it is", [](Options o, const EngineClient& e) {
        return act(o, e, "severity", {{"severity", o.severity}, {"reason", o.reason}}, "set");
    });
    command->add_option("severity", commands.options().severity, "sev1, sev2, sev3")->required();
    command->add_option("--reason", commands.options().reason, "Why")->required();
    command = commands.addAct("origin", "Say where it comes from", [](Options o, const EngineClient& e) {
        return act(o, e, "origin", {{"service", o.service}}, "set");
    });
    command->add_option("service", commands.options().service, "One of its services")->required();
    command = commands.add("shelve", "Put an alert aside for a while; it comes back by itself", &shelve);
    commands.actor();
    command->add_option("--alert", commands.options().alert, "The rule; every rule otherwise");
    command->add_option("--service", commands.options().service, "The service; every service otherwise");
    command->add_option("--for", commands.options().forHowLong, "How long, 4h at most")->capture_default_str();
    command->add_flag("--until-clear", commands.options().untilClear, "Or until it clears, if that comes first");
    command->add_option("--reason", commands.options().reason, "Why")->required();
    command = commands.add("unshelve", "Take it back at once", &unshelve);
    commands.actor();
    command->add_option("id", commands.options().id, "Number of the shelf, as shelved says it")->required();
}

}  // namespace

void addIncidentsCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* parent = app.add_subcommand("incidents", "List, show, export and work on incidents of a running engine");
    parent->require_subcommand(1);
    Commands commands(*parent, result);
    addReading(commands);
    addChanging(commands);
}

}  // namespace holdfast::commands
