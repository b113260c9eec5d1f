#include "app/incident/redaction.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace holdfast::incident {

namespace {

constexpr std::size_t kMostPatterns = 20;
constexpr std::size_t kLongestPattern = 500;

struct Rule {
    std::string kind;
    std::unique_ptr<re2::RE2> pattern;  ///< group 1, where there is one, is what is replaced
};

std::unique_ptr<re2::RE2> compiled(const std::string& pattern)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    return std::make_unique<re2::RE2>(pattern, options);
}

bool isProgram(std::string_view name)
{
    constexpr std::array<std::string_view, 6> kPrograms{"holdfast", "ci", "engine", "system", "window", "cli"};
    return std::ranges::find(kPrograms, name) != kPrograms.end();
}

const char* wordFor(std::string_view kind)
{
    return kind == "people" ? "person" : kind == "hosts" ? "host" : kind == "tokens" ? "secret" : "redacted";
}

}  // namespace

Result<RedactionRequest> parseRedaction(std::string_view words, std::vector<std::string> patterns)
{
    RedactionRequest out;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(','), words.size());
        const std::string_view word = words.substr(0, end);
        words.remove_prefix(std::min(end + 1, words.size()));
        if (word == "people")
            out.people = true;
        else if (word == "hosts")
            out.hosts = true;
        else if (word == "tokens")
            out.tokens = true;
        else if (!word.empty())
            return Error{.message = "redact takes people, hosts and tokens, not \"" + std::string(word) + "\"",
                         .kind = ErrorKind::BadInput};
    }
    std::erase_if(patterns, [](const std::string& pattern) { return pattern.empty(); });
    out.patterns = std::move(patterns);
    return out;
}

struct Redactor::State {
    RedactionRequest request;
    std::vector<Rule> rules;
    std::map<std::pair<std::string, std::string>, Replacement> found;  ///< by kind and text
    std::map<std::string, std::size_t> numbers;                        ///< by kind
    std::vector<std::string> people, hosts;

    std::string replace(const std::string& kind, std::string_view what)
    {
        auto& entry = found[{kind, std::string(what)}];
        if (entry.times++ == 0) {
            entry.kind = kind;
            entry.text = what;
            entry.with = std::string(wordFor(kind)) + "-" + std::to_string(++numbers[kind]);
        }
        return entry.with;
    }

    std::string run(const Rule& rule, std::string_view text)
    {
        std::string out;
        std::size_t at = 0;
        const re2::StringPiece whole(text.data(), text.size());
        std::array<re2::StringPiece, 2> groups;
        const int wanted = rule.pattern->NumberOfCapturingGroups() > 0 ? 2 : 1;
        while (at <= text.size()
               && rule.pattern->Match(whole, at, text.size(), re2::RE2::UNANCHORED, groups.data(), wanted)) {
            const re2::StringPiece hit = wanted == 2 && groups[1].data() ? groups[1] : groups[0];
            const auto begin = static_cast<std::size_t>(hit.data() - text.data());
            if (hit.empty()) {
                if (at < text.size())
                    out += text[at];
                ++at;
                continue;
            }
            out += text.substr(at, begin - at);
            out += replace(rule.kind, text.substr(begin, hit.size()));
            at = begin + hit.size();
        }
        if (at < text.size())
            out += text.substr(at);
        return out;
    }
};

Redactor::Redactor(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor::~Redactor() = default;

Result<Redactor> Redactor::make(const RedactionRequest& request)
{
    auto state = std::make_unique<State>();
    state->request = request;
    const auto add = [&](const char* kind, const char* pattern) {
        state->rules.push_back({.kind = kind, .pattern = compiled(pattern)});
    };
    if (request.patterns.size() > kMostPatterns)
        return Error{.message = "at most 20 patterns can be given", .kind = ErrorKind::BadInput};
    for (const auto& pattern : request.patterns) {
        Rule rule{.kind = "pattern", .pattern = compiled(pattern)};
        if (pattern.size() > kLongestPattern || !rule.pattern->ok())
            return Error{.message = "\"" + pattern + "\" is no pattern: " + rule.pattern->error(),
                         .kind = ErrorKind::BadInput};
        state->rules.push_back(std::move(rule));
    }
    if (request.tokens) {
        add("tokens", R"((?i)bearer\s+([A-Za-z0-9._~+/=-]{6,}))");
        add("tokens",
            R"re((?i)(?:password|passwd|pwd|secret|token|api[_-]?key)["']?\s*[=:]\s*["']?([^\s"',;&]{3,}))re");
        add("tokens", R"(://([^\s/@:]+:[^\s/@]+)@)");
        add("tokens", R"(\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*)");
        add("tokens", R"(\b(?:AKIA|ghp_|glpat-|xox[abp]-)[A-Za-z0-9-]{10,})");
        add("tokens", R"(\b[0-9a-fA-F]{32,}\b)");
    }
    if (request.people)
        add("people", R"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)");
    if (request.hosts) {
        add("hosts", R"(\b(?:\d{1,3}\.){3}\d{1,3}\b)");
        add("hosts", R"(\[(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}\])");
        add("hosts",
            R"(\b(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+(?:internal|local|localdomain|lan|corp|home|intra|com|net|org|io|dev|cloud|de|eu|uk)\b)");
        add("hosts", R"(\b(localhost):\d)");
    }
    return Redactor(std::move(state));
}

void Redactor::addPerson(std::string_view name)
{
    if (!m_state->request.people || name.size() < 2 || isProgram(name)
        || std::ranges::find(m_state->people, name) != m_state->people.end())
        return;
    m_state->people.emplace_back(name);
    m_state->rules.push_back({.kind = "people",
                              .pattern = compiled(R"((?:^|[^\w-]))"
                                                  "("
                                                  + re2::RE2::QuoteMeta(std::string(name))
                                                  + ")"
                                                    R"((?:$|[^\w-]))")});
}

void Redactor::addHost(std::string_view name)
{
    // The port says nothing of a person or a place, and tells instances apart.
    const std::string_view host = name.substr(0, name.rfind(':'));
    if (!m_state->request.hosts || host.size() < 2 || std::ranges::find(m_state->hosts, host) != m_state->hosts.end())
        return;
    m_state->hosts.emplace_back(host);
    m_state->rules.push_back({.kind = "hosts",
                              .pattern = compiled(R"((?:^|[^\w.-]))"
                                                  "("
                                                  + re2::RE2::QuoteMeta(std::string(host))
                                                  + ")"
                                                    R"((?:$|[^\w.-]))")});
}

std::string Redactor::text(std::string_view text)
{
    std::string out(text);
    for (const Rule& rule : m_state->rules)
        out = m_state->run(rule, out);
    return out;
}

void Redactor::apply(Event& event)
{
    addPerson(event.actor);
    event.actor = text(event.actor);
    event.text = text(event.text);
    event.subject = text(event.subject);
    event.dataJson = text(event.dataJson);
}

void Redactor::apply(IncidentDetail& incident)
{
    if (!m_state->request.any())
        return;
    addPerson(incident.summary.owner);
    for (const Event& event : incident.timeline)
        addPerson(event.actor);
    for (const auto& signal : incident.signals) {
        if (signal.kind == "target")
            addHost(signal.subject);
    }
    incident.summary.owner = text(incident.summary.owner);
    incident.summary.title = text(incident.summary.title);
    for (auto& line : incident.evidence)
        line = text(line);
    for (auto& signal : incident.signals) {
        signal.summary = text(signal.summary);
        signal.subject = text(signal.subject);
        signal.labelsJson = text(signal.labelsJson);
        signal.fingerprint = text(signal.fingerprint);
    }
    for (auto& lane : incident.lanes)
        lane.title = text(lane.title);
    for (Event& event : incident.timeline)
        apply(event);
}

std::vector<Redactor::Replacement> Redactor::replacements() const
{
    std::vector<Replacement> out;
    for (const auto& [key, entry] : m_state->found) {
        out.push_back(entry);
        if (entry.kind == "tokens" && entry.text.size() > 4)
            out.back().text = entry.text.substr(0, 4) + "…";
    }
    return out;
}

}  // namespace holdfast::incident
