#include "app/control/adapters/command.h"

#include "app/control/adapters/adapter_settings.h"
#include "app/control/adapters/command_run.h"
#include "app/control/adapters/shell_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

using nlohmann::json;
using Words = std::vector<std::string>;

constexpr int kExitDenied = 77;  // EX_NOPERM of sysexits.h
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestComplaint = 300;
constexpr std::size_t kLongestValue = 1024;

std::string trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

/// A text that no program takes for an option, and no terminal for a command.
bool plainWord(std::string_view text)
{
    return !text.starts_with("-")
           && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void replaceAll(std::string& text, std::string_view what, const std::string& with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

/// A text, number or boolean at a pointer, as text; empty where there is none.
std::string at(const json& object, const std::string& pointer)
{
    json::json_pointer place;
    try {
        place = json::json_pointer(pointer);
    } catch (const json::exception&) {
        return {};
    }
    if (!object.contains(place))
        return {};
    const json& found = object.at(place);
    if (found.is_string())
        return found.get<std::string>();
    return found.is_primitive() && !found.is_null() ? found.dump() : std::string();
}

std::string firstLine(std::string_view text)
{
    text = text.substr(0, text.find('\n'));
    return std::string(text.substr(0, kLongestComplaint));
}

class CommandAdapter final : public Adapter {
public:
    struct Settings {
        Words list, read, apply, controls, modes, rejecting, reduced;
        bool text = false;
        std::string items, name, mode, state, revision, callee, effect;
        Kind kind = Kind::Flag;
        std::string resting, service;
        bool lostOnRestart = false;
        int conflictExit = -1;
        std::map<std::string, std::string> environment;
    };
    explicit CommandAdapter(Settings settings) : m_settings(std::move(settings)), m_shape(makeShape()) {}

    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override
    {
        Listing listing;
        listing.service = serviceOf(endpoint);
        if (m_settings.list.empty()) {
            for (const std::string& name : m_settings.controls) {
                HF_TRY(Reading reading, readOne(endpoint, name));
                listing.readings.push_back(std::move(reading));
            }
            return listing;
        }
        HF_TRY(const std::string output, run(endpoint, m_settings.list, {}));
        const json all = json::parse(output, nullptr, false);
        const json* items = &all;
        if (!m_settings.items.empty()) {
            const json::json_pointer place(m_settings.items);
            if (all.is_discarded() || !all.contains(place))
                return Error{m_settings.list.front() + " printed no JSON with " + m_settings.items, ErrorKind::Failed};
            items = &all.at(place);
        }
        if (!items->is_array())
            return Error{m_settings.list.front() + " printed no list of controls", ErrorKind::Failed};
        for (const json& item : *items) {
            Reading reading = readingFrom(endpoint, item, {});
            if (usableName(reading.key.name))
                listing.readings.push_back(std::move(reading));
            else
                listing.warnings.push_back("A control is left out: its name is empty, too long or begins with \"-\".");
        }
        return listing;
    }

    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override
    {
        if (key.kind != m_settings.kind || !usableName(key.name))
            return Error{"there is no control \"" + key.name + "\"", ErrorKind::NotFound};
        const bool named = std::ranges::find(m_settings.controls, key.name) != m_settings.controls.end();
        if (!m_settings.read.empty() && named)
            return readOne(endpoint, key.name);
        // A program may make up what it is asked for: only what it lists is there.
        HF_TRY(Listing listing, list(endpoint));
        const auto found = std::ranges::find(listing.readings, key, &Reading::key);
        if (found == listing.readings.end())
            return Error{"there is no control \"" + key.name + "\"", ErrorKind::NotFound};
        if (m_settings.read.empty())
            return std::move(*found);
        return readOne(endpoint, key.name);
    }

    [[nodiscard]] std::string describe(const Endpoint& endpoint, const Change& change) const override
    {
        std::string line;
        if (!endpoint.actToken.empty())
            line = "HOLDFAST_TOKEN=*** ";
        line += "HOLDFAST_ACTOR=" + shellQuoted(change.actor) + " HOLDFAST_REASON=" + shellQuoted(change.reason);
        for (const std::string& word : filled(m_settings.apply, endpoint, change))
            line += " " + shellQuoted(word);
        return line;
    }

    [[nodiscard]] Receipt apply(const Endpoint& endpoint, const Change& change) const override
    {
        Receipt receipt{.kind = Receipt::Kind::Rejected, .status = 0, .message = {}, .latencyMs = 0};
        if (change.key.kind != m_settings.kind || !usableName(change.key.name) || !plainWord(change.mode)
            || !(change.putsBack || m_shape->accepts(change.mode))) {
            receipt.message = "\"" + change.mode + "\" cannot be asked of \"" + change.key.name + "\"";
            return receipt;
        }
        CommandRequest request{.words = filled(m_settings.apply, endpoint, change),
                               .environment = environmentOf(endpoint.actToken),
                               .timeoutMs = endpoint.timeoutMs};
        request.environment["HOLDFAST_ACTOR"] = withoutNul(change.actor);
        request.environment["HOLDFAST_REASON"] = withoutNul(change.reason);
        const CommandOutcome outcome = runCommand(request);
        receipt.latencyMs = outcome.latencyMs;
        switch (outcome.kind) {
        case CommandOutcome::Kind::NotStarted:
            receipt.kind = Receipt::Kind::Unreachable;
            receipt.message = outcome.error;
            return receipt;
        case CommandOutcome::Kind::TimedOut:
        case CommandOutcome::Kind::Killed:
            receipt.kind = Receipt::Kind::Ambiguous;
            receipt.message = outcome.error + "; what it had done is not known";
            return receipt;
        case CommandOutcome::Kind::Ended: break;
        }
        receipt.status = outcome.exitCode;
        if (outcome.exitCode == 0) {
            receipt.kind = Receipt::Kind::Accepted;
            receipt.message = "accepted";
            return receipt;
        }
        if (outcome.exitCode == kExitDenied)
            receipt.kind = Receipt::Kind::Denied;
        else if (outcome.exitCode == m_settings.conflictExit)
            receipt.kind = Receipt::Kind::Conflict;
        receipt.message = complaint(request.words.front(), outcome, endpoint);
        return receipt;
    }

    [[nodiscard]] ControlShapePtr shape(const Reading& /*reading*/) const override { return m_shape; }

    [[nodiscard]] std::vector<Reading> examples() const override
    {
        Reading reading;
        reading.key = {m_settings.kind, "NAME"};
        reading.mode = reading.state =
            m_settings.resting.empty() && !m_settings.modes.empty() ? m_settings.modes.back() : m_settings.resting;
        return {reading};
    }

    [[nodiscard]] bool fulfils(const Change& change, const Reading& after) const override
    {
        return after.mode == change.mode;
    }

    /// Only a name: it is handed to the program as {instance}.
    [[nodiscard]] std::string urlFor(const std::string& address, const std::string& /*path*/) const override
    {
        return address;
    }

private:
    [[nodiscard]] ControlShapePtr makeShape() const
    {
        ControlShape shape;
        shape.resting = m_settings.resting;
        shape.lostOnRestart = m_settings.lostOnRestart;
        const auto meaning = [this](const std::string& state) {
            const auto in = [&state](const Words& words) { return std::ranges::find(words, state) != words.end(); };
            return in(m_settings.rejecting) ? Meaning::Rejecting
                   : in(m_settings.reduced) ? Meaning::Reduced
                                            : Meaning::Normal;
        };
        const auto add = [&](const std::string& state) {
            if (shape.find(state) != nullptr)
                return;
            std::string shown = state;
            std::ranges::transform(shown, shown.begin(),
                                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
            const Meaning means = meaning(state);
            shape.states.push_back({state, shown, means, false});
        };
        for (const Words* words : {&m_settings.modes, &m_settings.reduced, &m_settings.rejecting})
            for (const std::string& state : *words)
                add(state);
        std::ranges::stable_sort(shape.states, {}, &StateInfo::meaning);
        for (const std::string& mode : m_settings.modes)
            if (mode != m_settings.resting)
                shape.options.push_back({mode, "Set to " + mode});
        if (!m_settings.resting.empty())
            shape.options.push_back({m_settings.resting, "Put back to " + m_settings.resting});
        if (m_settings.kind == Kind::Value && m_settings.modes.empty())
            shape.mostText = kLongestValue;
        return std::make_shared<const ControlShape>(std::move(shape));
    }

    static bool usableName(std::string_view name)
    {
        return !name.empty() && name.size() <= kLongestName && plainWord(name);
    }

    static std::string withoutNul(std::string text)
    {
        std::erase(text, '\0');
        return text;
    }

    [[nodiscard]] std::string serviceOf(const Endpoint& endpoint) const
    {
        return !m_settings.service.empty() ? m_settings.service : endpoint.job.empty() ? endpoint.group : endpoint.job;
    }

    static Words filled(Words words, const Endpoint& endpoint, const Change& change)
    {
        // The program itself is never made of anything foreign.
        for (std::size_t i = 1; i < words.size(); ++i) {
            std::string& word = words[i];
            replaceAll(word, "{ttl_s}", std::to_string(change.ttlS));
            replaceAll(word, "{request_id}", change.requestId);
            replaceAll(word, "{revision}", change.ifRevision);
            replaceAll(word, "{instance}", endpoint.instance);
            replaceAll(word, "{mode}", change.mode);
            replaceAll(word, "{name}", change.key.name);
        }
        return words;
    }

    [[nodiscard]] std::map<std::string, std::string> environmentOf(const std::string& token) const
    {
        auto environment = m_settings.environment;
        if (!token.empty())
            environment["HOLDFAST_TOKEN"] = token;
        return environment;
    }

    /// What a program says may hold the token it was given.
    static std::string complaint(const std::string& program, const CommandOutcome& outcome, const Endpoint& endpoint)
    {
        std::string words = firstLine(outcome.errors.empty() ? outcome.output : outcome.errors);
        for (const std::string& secret : {endpoint.actToken, endpoint.readToken})
            if (!secret.empty())
                replaceAll(words, secret, "***");
        return program + " ended with exit code " + std::to_string(outcome.exitCode)
               + (words.empty() ? "" : ": " + words);
    }

    /// Standard output of a program that reads.
    [[nodiscard]] Result<std::string> run(const Endpoint& endpoint, const Words& words, const std::string& name) const
    {
        Change asked;
        asked.key.name = name;
        const CommandOutcome outcome = runCommand({.words = filled(words, endpoint, asked),
                                                   .environment = environmentOf(endpoint.readToken),
                                                   .timeoutMs = endpoint.timeoutMs});
        if (outcome.kind == CommandOutcome::Kind::TimedOut)
            return Error{outcome.error, ErrorKind::Timeout};
        if (outcome.kind != CommandOutcome::Kind::Ended)
            return Error{outcome.error, ErrorKind::Unavailable};
        if (outcome.exitCode == kExitDenied)
            return Error{complaint(words.front(), outcome, endpoint), ErrorKind::Denied};
        if (outcome.exitCode != 0)
            return Error{complaint(words.front(), outcome, endpoint), ErrorKind::Failed};
        return outcome.output;
    }

    [[nodiscard]] Result<Reading> readOne(const Endpoint& endpoint, const std::string& name) const
    {
        HF_TRY(const std::string output, run(endpoint, m_settings.read, name));
        if (m_settings.text) {
            Reading reading;
            reading.key = {m_settings.kind, name};
            reading.service = serviceOf(endpoint);
            reading.mode = reading.state = trimmed(output);
            if (reading.mode.size() > kLongestValue)
                return Error{m_settings.read.front() + " printed more than one word", ErrorKind::Failed};
            return reading;
        }
        const json item = json::parse(output, nullptr, false);
        if (!item.is_object())
            return Error{m_settings.read.front() + " printed no JSON object", ErrorKind::Failed};
        const std::string said = at(item, m_settings.name);
        if (!said.empty() && said != name)
            return Error{m_settings.read.front() + " told of \"" + said + "\" instead", ErrorKind::Failed};
        return readingFrom(endpoint, item, name);
    }

    [[nodiscard]] Reading readingFrom(const Endpoint& endpoint, const json& item, const std::string& name) const
    {
        Reading reading;
        reading.key = {m_settings.kind, name.empty() ? at(item, m_settings.name) : name};
        reading.service = serviceOf(endpoint);
        reading.mode = at(item, m_settings.mode);
        reading.state = at(item, m_settings.state);
        if (reading.state.empty())
            reading.state = reading.mode;
        reading.revision = at(item, m_settings.revision);
        reading.callee = at(item, m_settings.callee);
        reading.effect = at(item, m_settings.effect);
        return reading;
    }

    const Settings m_settings;
    const ControlShapePtr m_shape;
};

void takeProgram(AdapterSettings& settings, const std::string& key, Words& words)
{
    words = settings.list(key);
    if (!words.empty() && !words.front().starts_with("/"))
        settings.complain(key, "expected the absolute path of a program first, found \"" + words.front() + "\"");
}

void takePointer(AdapterSettings& settings, const std::string& key, const std::string& fallback, std::string& pointer)
{
    pointer = settings.text(key, fallback);
    try {
        const json::json_pointer checked(pointer);
    } catch (const json::exception&) {
        settings.complain(key, "\"" + pointer + "\" is no JSON pointer, like /controls/0/name");
        pointer = fallback;
    }
}

}  // namespace

Result<AdapterPtr> makeCommandAdapter(const config::ControlGroupConfig& group)
{
    AdapterSettings settings(group);
    CommandAdapter::Settings taken;
    takeProgram(settings, "list", taken.list);
    takeProgram(settings, "read", taken.read);
    takeProgram(settings, "apply", taken.apply);
    taken.controls = settings.list("controls");
    taken.text = settings.oneOf("format", {"json", "text"}) == "text";
    takePointer(settings, "items", "/controls", taken.items);
    takePointer(settings, "name", "/name", taken.name);
    takePointer(settings, "mode", "/mode", taken.mode);
    takePointer(settings, "state", "/state", taken.state);
    takePointer(settings, "revision", "/revision", taken.revision);
    takePointer(settings, "callee", "/callee", taken.callee);
    takePointer(settings, "effect", "/effect", taken.effect);
    taken.kind = kindOf(settings.oneOf("kind", {"flag", "breaker", "server", "value", "limit"}));
    taken.modes = settings.list("modes");
    taken.resting = settings.text("resting");
    taken.rejecting = settings.list("rejecting");
    taken.reduced = settings.list("reduced");
    taken.conflictExit = static_cast<int>(settings.number("conflict_exit", -1, 1, 255));
    taken.service = settings.text("service");
    taken.lostOnRestart = settings.oneOf("lost_on_restart", {"no", "yes"}) == "yes";
    for (const std::string& pair : settings.list("environment")) {
        const auto equals = pair.find('=');
        if (equals == 0 || equals == std::string::npos)
            settings.complain("environment", "expected NAME=value, found \"" + pair + "\"");
        else
            taken.environment[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    if (taken.apply.empty())
        settings.complain("apply", "expected a program and its arguments");
    if (taken.list.empty() && (taken.controls.empty() || taken.read.empty()))
        settings.complain("list", "give list, or controls together with read");
    if (taken.modes.empty() && taken.kind != Kind::Value)
        settings.complain("modes", "expected the modes that may be asked for, like \"on, off\"");
    if (!taken.resting.empty() && std::ranges::find(taken.modes, taken.resting) == taken.modes.end())
        settings.complain("resting", "\"" + taken.resting + "\" is not among modes");
    if (!taken.list.empty() && taken.text && taken.read.empty())
        settings.complain("format", "text is for read; list prints JSON");
    HF_CHECK(settings.finish());
    return AdapterPtr(std::make_shared<CommandAdapter>(std::move(taken)));
}

}  // namespace holdfast::control
