#include "app/commands/control.h"

#include "app/base/clock.h"
#include "app/base/duration.h"
#include "app/base/percent_encoding.h"
#include "app/base/time_text.h"
#include "app/commands/control_text.h"
#include "app/commands/engine_client.h"
#include "app/commands/problem.h"
#include "app/config/load_config.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace holdfast::commands {

namespace {

using nlohmann::json;

// The engine's own bound is the request timeout and the read-back, 15 s together; longer means that it hangs.
constexpr int kMostWaits = 150;
constexpr auto kWait = std::chrono::milliseconds(200);

struct ControlOptions {
    std::string database, url, tokenFile;
    std::string id, mode, reason, actor, typeName, expected, service, kind, text, group, until, startAt, stable = "3m";
    std::string holdFor = "15m";
    std::string approverTokenFile;
    bool untilRecovered = false;
    std::int64_t lease = 0;
    std::int64_t incident = 0;
    int limit = 20;
    bool all = false, dryRun = false, json = false;
};

struct Outcome {
    std::string text;
    bool good = true;
};

Result<json> asked(const Result<std::string>& answer)
{
    if (!answer.ok())
        return answer.error();
    json body = json::parse(*answer, nullptr, false);
    if (!body.is_object())
        return Error{"the engine answered something that is no JSON object", ErrorKind::Failed};
    return body;
}

std::string dumped(const json& object)
{
    return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string actorOf(const ControlOptions& options)
{
    return options.actor.empty() ? operatorName() : options.actor;
}

Result<std::int64_t> secondsOf(const std::string& text)
{
    HF_TRY(const std::int64_t ms, parseDuration(text));
    return ms / 1000;
}

/// A moment: RFC 3339, or HH:MM (UTC) today, or tomorrow where that is over.
Result<std::int64_t> momentOf(const std::string& text)
{
    constexpr std::int64_t kDayMs = 86'400'000;
    if (const auto exact = parseRfc3339(text))
        return *exact;
    if (text.size() == 5 && text[2] == ':') {
        const std::int64_t now = SystemClock().wallMs();
        if (const auto today = parseRfc3339(rfc3339(now).substr(0, 11) + text + ":00Z"))
            return *today > now ? *today : *today + kDayMs;
    }
    return Error{"\"" + text + "\" is no moment; give 2026-01-02T03:04:05Z, or 03:04 for the next such minute in UTC",
                 ErrorKind::BadInput};
}

Result<json> controls(const EngineClient& engine, const std::string& narrowed = {})
{
    HF_TRY(json body, asked(engine.get("/holdfast/v1/controls" + narrowed)));
    return body.contains("controls") && body["controls"].is_array() ? std::move(body["controls"]) : json::array();
}

/// The control of exactly that id: nothing is guessed where something is switched.
Result<json> controlNamed(const EngineClient& engine, const std::string& id)
{
    HF_TRY(const json list, controls(engine, "?q=" + percentEncoded(id)));
    std::string near;
    for (const json& control : list) {
        const std::string known = textOf(control, "id");
        if (known == id)
            return control;
        if (known.find(id) != std::string::npos)
            near += (near.empty() ? "" : ", ") + known;
    }
    return Error{"no control is called \"" + id + "\"" + (near.empty() ? std::string() : "; there is " + near),
                 ErrorKind::NotFound};
}

bool stillRunning(const json& action)
{
    static constexpr std::array kRunning{"intent", "sent", "verifying"};
    return std::ranges::find(kRunning, textOf(action, "state")) != kRunning.end();
}

/// Waits until the action has an outcome, and tells whether it is what was wanted.
Result<Outcome> followed(const EngineClient& engine, json action, const ControlOptions& options)
{
    for (int waits = 0; stillRunning(action) && waits < kMostWaits; ++waits) {
        std::this_thread::sleep_for(kWait);
        HF_TRY(action, asked(engine.get("/holdfast/v1/actions/" + std::to_string(integerOf(action, "id")))));
    }
    const std::string state = textOf(action, "state");
    return Outcome{.text = options.json ? dumped(action) : actionText(action),
                   .good = state == "verified" || state == "reverted" || state == "dry_run" || state == "scheduled"
                           || state == "waiting_approval" || state == "cancelled"};
}

Result<Outcome> list(const EngineClient& engine, const ControlOptions& options)
{
    HF_TRY(const json chosen,
           controls(engine, "?service=" + percentEncoded(options.service) + "&kind=" + percentEncoded(options.kind)
                                + "&q=" + percentEncoded(options.text)));
    return Outcome{.text = options.json ? dumped({{"controls", chosen}}) : controlTable(chosen)};
}

Result<Outcome> show(const EngineClient& engine, const ControlOptions& options)
{
    HF_TRY(const json control, controlNamed(engine, options.id));
    return Outcome{.text = options.json ? dumped(control) : controlText(control)};
}

Result<Outcome> holds(const EngineClient& engine, const ControlOptions& options)
{
    HF_TRY(const json body, asked(engine.get("/holdfast/v1/leases")));
    const json leases = body.contains("leases") ? body["leases"] : json::array();
    return Outcome{.text = options.json ? dumped(body) : holdTable(leases, SystemClock().wallMs())};
}

Result<Outcome> arm(const EngineClient& engine, const ControlOptions& options, const std::string& span)
{
    HF_TRY(const std::int64_t seconds, secondsOf(span));
    const json body{{"group", options.group}, {"for_s", seconds}, {"actor", actorOf(options)}};
    HF_TRY(const json answer, asked(engine.post("/holdfast/v1/arm", body.dump())));
    return Outcome{.text = options.json ? dumped(answer)
                                        : options.group
                                              + (seconds == 0 ? " disarmed\n"
                                                              : " armed for " + formatDuration(seconds * 1000) + "\n")};
}

// Stands for the mode in which the system decides, whatever it is called there.
constexpr const char* kResting = "\x01resting";

/// What trips a control: its first option, which is the one that takes most away; none for numbers and texts.
std::string trippingMode(const json& control)
{
    const std::string kind = textOf(control, "kind");
    if (kind == "flag")
        return "forced_on";
    if (kind == "breaker")
        return "forced_open";
    if (kind == "server")
        return "maint";
    return {};
}

/// trip, reset and set. mode empty: what trips this kind of control.
Result<Outcome> set(const EngineClient& engine, const ControlOptions& options, std::string mode)
{
    HF_TRY(const json control, controlNamed(engine, options.id));
    if (mode.empty())
        mode = trippingMode(control);
    if (mode == kResting)
        mode = textOf(control, "resting");
    if (mode.empty())
        return Error{options.id + " has no state of its own to go back to; revert its hold instead",
                     ErrorKind::BadInput};
    HF_TRY(const std::int64_t seconds, secondsOf(options.holdFor));
    HF_TRY(const std::int64_t stableS, secondsOf(options.stable));
    std::int64_t holdS = mode == textOf(control, "resting") ? 0 : seconds;
    std::int64_t startMs = 0;
    std::int64_t untilMs = 0;
    if (!options.startAt.empty()) {
        HF_TRY(startMs, momentOf(options.startAt));
    }
    if (!options.until.empty()) {
        HF_TRY(untilMs, momentOf(options.until));
        holdS = (untilMs - std::max(startMs, SystemClock().wallMs())) / 1000;
    }
    if (options.dryRun) {
        const json wish{{"control", options.id},
                        {"to", mode},
                        {"hold_s", holdS},
                        {"actor", actorOf(options)},
                        {"until_recovered", options.untilRecovered}};
        HF_TRY(const json plan, asked(engine.post("/holdfast/v1/plan", wish.dump())));
        return Outcome{.text = options.json ? dumped(plan) : planText(plan) + "Nothing was sent.\n"};
    }
    json wish{{"control", options.id},     {"to", mode},      {"hold_s", holdS}, {"reason", options.reason},
              {"actor", actorOf(options)}, {"dry_run", false}};
    if (!options.typeName.empty())
        wish["typed_name"] = options.typeName;
    if (!options.expected.empty())
        wish["expected"] = options.expected;
    if (startMs > 0)
        wish["start_ms"] = startMs;
    if (untilMs > 0)
        wish["until_ms"] = untilMs;
    if (options.untilRecovered) {
        wish["until_recovered"] = true;
        wish["stable_s"] = stableS;
    }
    if (options.incident > 0)
        wish["incident"] = options.incident;
    HF_TRY(json action,
           asked(engine.post("/holdfast/v1/actions", wish.dump(-1, ' ', false, json::error_handler_t::replace))));
    return followed(engine, std::move(action), options);
}

Result<Outcome> revert(const EngineClient& engine, const ControlOptions& options)
{
    const std::string body = json{{"actor", actorOf(options)}, {"reason", options.reason}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
    if (!options.all) {
        if (options.lease <= 0)
            return Error{"which hold? `holdfast control holds` lists them; --all puts back everything",
                         ErrorKind::BadInput};
        HF_TRY(json action,
               asked(engine.post("/holdfast/v1/leases/" + std::to_string(options.lease) + "/revert", body)));
        return followed(engine, std::move(action), options);
    }
    HF_TRY(const json begun, asked(engine.post("/holdfast/v1/revert_all", body)));
    Outcome sum{.text = {}};
    for (const json& action : begun.contains("actions") ? begun["actions"] : json::array()) {
        HF_TRY(const Outcome one, followed(engine, action, options));
        sum.text += one.text;
        sum.good = sum.good && one.good;
    }
    for (const json& action : begun.contains("cancelled") ? begun["cancelled"] : json::array())
        sum.text += actionText(action);
    for (const json& sentence : begun.contains("following") ? begun["following"] : json::array())
        sum.text += sentence.is_string() ? sentence.get<std::string>() + "\n" : std::string();
    if (options.json)
        sum.text = dumped(begun);
    if (sum.text.empty())
        sum.text = "Nothing is held.\n";
    return sum;
}

Result<Outcome> reapply(const EngineClient& engine, const ControlOptions& options)
{
    const json body{{"actor", actorOf(options)}};
    HF_TRY(json action,
           asked(engine.post("/holdfast/v1/leases/" + std::to_string(options.lease) + "/reapply", body.dump())));
    return followed(engine, std::move(action), options);
}

/// What is scheduled, waits for approval or was done, newest first.
Result<Outcome> actions(const EngineClient& engine, const ControlOptions& options)
{
    HF_TRY(const json body, asked(engine.get("/holdfast/v1/actions?limit=" + std::to_string(options.limit)
                                             + "&control=" + percentEncoded(options.id))));
    return Outcome{.text = options.json ? dumped(body)
                                        : actionTable(body.contains("actions") ? body["actions"] : json::array())};
}

Result<Outcome> approve(const EngineClient& engine, const ControlOptions& options)
{
    config::Secret secret;
    if (options.approverTokenFile.empty())
        secret.env = "HOLDFAST_APPROVER_TOKEN";
    else
        secret.file = options.approverTokenFile;
    HF_TRY(const std::string token, config::secretText(secret));
    const json body{{"approver", actorOf(options)}, {"token", token}};
    HF_TRY(json action, asked(engine.post("/holdfast/v1/actions/" + std::to_string(options.lease) + "/approve",
                                          body.dump(-1, ' ', false, json::error_handler_t::replace))));
    return followed(engine, std::move(action), options);
}

Result<Outcome> cancel(const EngineClient& engine, const ControlOptions& options)
{
    const json body{{"actor", actorOf(options)}, {"reason", options.reason}};
    HF_TRY(json action, asked(engine.post("/holdfast/v1/actions/" + std::to_string(options.lease) + "/cancel",
                                          body.dump(-1, ' ', false, json::error_handler_t::replace))));
    return followed(engine, std::move(action), options);
}

Result<Outcome> extend(const EngineClient& engine, const ControlOptions& options)
{
    HF_TRY(const std::int64_t seconds, secondsOf(options.holdFor));
    const json body{{"actor", actorOf(options)}, {"by_s", seconds}};
    HF_TRY(json action,
           asked(engine.post("/holdfast/v1/leases/" + std::to_string(options.lease) + "/extend", body.dump())));
    return followed(engine, std::move(action), options);
}

using Work = std::function<Result<Outcome>(const EngineClient&, const ControlOptions&)>;

/// A subcommand of `control` with what all have in common; its work runs against the engine of --db.
CLI::App* subcommand(CLI::App& control, CommandResult& result, const std::shared_ptr<ControlOptions>& options,
                     const char* name, const char* help, Work work)
{
    CLI::App* command = control.add_subcommand(name, help);
    auto* database =
        command->add_option("--db", options->database, "Database of the engine; the default one otherwise");
    command
        ->add_option("--url,--attach", options->url,
                     "Private address of an engine elsewhere; its token is in "
                     "$HOLDFAST_TOKEN or --token-file")
        ->excludes(database);
    command->add_option("--token-file", options->tokenFile, "File with the token of --url")->check(CLI::ExistingFile);
    command->add_flag("--json", options->json, "As the API answers");
    command->add_option("--actor", options->actor, "Who acts; $HOLDFAST_OPERATOR or the login name otherwise");
    command->callback([options, &result, work = std::move(work)] {
        const auto engine = options->url.empty() ? EngineClient::find(options->database)
                                                 : EngineClient::at(options->url, options->tokenFile);
        const auto outcome = engine.ok() ? work(*engine, *options) : Result<Outcome>(engine.error());
        if (!outcome.ok()) {
            say(result, "control", outcome.error());
            return;
        }
        std::fwrite(outcome->text.data(), 1, outcome->text.size(), stdout);
        if (!outcome->good)
            result.exitCode = 1;
    });
    return command;
}

void addActingOptions(CLI::App* command, const std::shared_ptr<ControlOptions>& options, bool hold)
{
    command->add_option("CONTROL", options->id, "Its id: SERVICE/breaker/NAME or SERVICE/flag/NAME")->required();
    command->add_flag("--dry-run", options->dryRun, "Say what would be sent, and send nothing");
    command->add_option("--reason", options->reason, "Why: 3 characters or more; stands in the audit");
    if (hold) {
        command->add_option("--for", options->holdFor, "How long: 15m, 1h30m; the longest with --until-recovered")
            ->capture_default_str();
        command->add_option("--until", options->until, "Until when: 2026-01-02T03:04:05Z, or 03:04 (UTC)");
        command->add_flag("--until-recovered", options->untilRecovered,
                          "Put it back once the signals keep their objective");
        command->add_option("--stable", options->stable, "How long they must keep it")->capture_default_str();
    }
    command->add_option("--at", options->startAt, "Begin then: 2026-01-02T03:04:05Z, or 03:04 (UTC)");
    command->add_option("--type-name", options->typeName, "The callee's name, for a control that reaches far");
    command->add_option("--expected", options->expected, "Refuse when its mode is another one now");
    command->add_option("--incident", options->incident, "Number of the incident this belongs to");
}

}  // namespace

void addControlCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* control = app.add_subcommand("control", "See and switch breakers and flags over a running engine");
    control->require_subcommand(1);
    const auto options = std::make_shared<ControlOptions>();

    CLI::App* listing = subcommand(*control, result, options, "list", "List controls with their state", list);
    listing->add_option("--service", options->service, "Only this service");
    listing->add_option("--kind", options->kind, "Only this kind")
        ->check(CLI::IsMember({"breaker", "flag", "action", "server", "limit", "value", "silence"}));
    listing->add_option("TEXT", options->text, "Only those with this text in id, name, callee or group");
    subcommand(*control, result, options, "show", "Show one control with its instances", show)
        ->add_option("CONTROL", options->id, "Its id")
        ->required();
    subcommand(*control, result, options, "holds", "List what is held now", holds);

    CLI::App* arming = subcommand(
        *control, result, options, "arm", "Allow acting on a control group for a time",
        [](const EngineClient& engine, const ControlOptions& given) { return arm(engine, given, given.holdFor); });
    arming->add_option("GROUP", options->group, "Name of the control group")->required();
    arming->add_option("--for", options->holdFor, "How long: 15m, 1h")->capture_default_str();
    subcommand(*control, result, options, "disarm", "Make a control group read-only again",
               [](const EngineClient& engine, const ControlOptions& given) { return arm(engine, given, "0s"); })
        ->add_option("GROUP", options->group, "Name of the control group")
        ->required();

    addActingOptions(
        subcommand(*control, result, options, "trip", "Open a breaker, or switch a flag on, for a time",
                   [](const EngineClient& engine, const ControlOptions& given) { return set(engine, given, ""); }),
        options, true);
    addActingOptions(subcommand(*control, result, options, "reset", "Let the service decide again",
                                [](const EngineClient& engine, const ControlOptions& given) {
                                    return set(engine, given, kResting);
                                }),
                     options, false);
    CLI::App* setting = subcommand(
        *control, result, options, "set", "Set a control to one of its modes, for a time",
        [](const EngineClient& engine, const ControlOptions& given) { return set(engine, given, given.mode); });
    addActingOptions(setting, options, true);
    setting->add_option("MODE", options->mode, "One of `control show CONTROL`, a number or a text")->required();

    CLI::App* reverting = subcommand(*control, result, options, "revert", "Put a hold back, or all of them", revert);
    reverting->add_option("HOLD", options->lease, "Number of the hold");
    reverting->add_flag("--all", options->all, "Everything that is held");
    reverting->add_option("--reason", options->reason, "Why; stands in the audit");
    subcommand(*control, result, options, "reapply", "Send a hold again where it got lost", reapply)
        ->add_option("HOLD", options->lease, "Number of the hold")
        ->required();
    CLI::App* history = subcommand(*control, result, options, "actions", "List actions, also waiting ones", actions);
    history->add_option("CONTROL", options->id, "Only of this control");
    history->add_option("--limit", options->limit, "Newest ones")->check(CLI::Range(1, 10'000))->capture_default_str();
    CLI::App* approving = subcommand(*control, result, options, "approve",
                                     "Say yes to what another person asked for; your token is in "
                                     "$HOLDFAST_APPROVER_TOKEN or --approver-token-file",
                                     approve);
    approving->add_option("ACTION", options->lease, "Number of the action")->required();
    approving->add_option("--approver-token-file", options->approverTokenFile, "File with your token")
        ->check(CLI::ExistingFile);
    CLI::App* cancelling = subcommand(*control, result, options, "cancel", "Drop what is scheduled or waits", cancel);
    cancelling->add_option("ACTION", options->lease, "Number of the action")->required();
    cancelling->add_option("--reason", options->reason, "Why; stands in the audit");
    CLI::App* extending = subcommand(*control, result, options, "extend", "Let a hold last longer", extend);
    extending->add_option("HOLD", options->lease, "Number of the hold")->required();
    extending->add_option("--for", options->holdFor, "By how much: 15m")->capture_default_str();
}

}  // namespace holdfast::commands
