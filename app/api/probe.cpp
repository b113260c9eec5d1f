#include "app/api/probe.h"

#include "app/api/parameters.h"
#include "app/model/label_set.h"
#include "app/promql/syntax/parser.h"
#include "app/signals/builtin_profiles.h"
#include "app/signals/expression.h"
#include "app/signals/profile.h"
#include "collectors/exposition/parser.h"
#include "collectors/scrape/body_decoder.h"
#include "collectors/scrape/failure_words.h"
#include "collectors/scrape/fetch_loop.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace holdfast::api {

namespace {

constexpr std::int64_t kTimeoutMs = 5'000;
constexpr std::uint64_t kBodyLimit = 64U << 20U;
constexpr std::uint64_t kSampleLimit = 200'000;
constexpr std::size_t kMostServices = 50;
constexpr std::size_t kMostBreakers = 20;
constexpr std::size_t kMostValues = 64;  // of one label that are kept

// Where servers keep their metrics when it is not /metrics: Spring Boot, Envoy.
constexpr std::array<std::string_view, 2> kOtherPaths{"/actuator/prometheus", "/stats/prometheus"};

/// What stands in an exposition: metric → label → values.
using Labels = std::map<std::string, std::set<std::string>, std::less<>>;
using Metrics = std::map<std::string, Labels, std::less<>>;

/// One signal with the expressions it can be read from, by profile.
struct Wanted {
    const char* id;
    std::vector<std::string> (*expressions)(const signals::Profile&);
    const char* gap;
};

std::vector<std::string> resourcesOf(const signals::Profile& profile)
{
    std::vector<std::string> expressions;
    for (const signals::ResourceRule& rule : profile.resources)
        expressions.push_back(rule.expr);
    return expressions;
}

const std::array<Wanted, 8> kWanted{{
    {"requests", [](const signals::Profile& p) { return std::vector{p.requests}; },
     "no counter of requests: throughput stays empty; count them in http_requests_total"},
    {"errors", [](const signals::Profile& p) { return std::vector{p.errors}; },
     "no counter that tells errors from successes: give requests a label code or status"},
    {"latency", [](const signals::Profile& p) { return std::vector{p.latencyBuckets}; },
     "no latency histogram: percentiles and the heatmap stay empty; record request durations in a histogram"},
    {"headroom", resourcesOf, "no pool, thread or queue with a capacity: headroom stays empty"},
    {"queue", [](const signals::Profile& p) { return std::vector{p.queues}; }, "no queue depth"},
    {"retries", [](const signals::Profile& p) { return std::vector{p.retries}; },
     "no counter of attempts: retries stay empty"},
    {"breakers", [](const signals::Profile& p) { return std::vector{p.breakerState}; },
     "no circuit breaker reports its state here"},
    {"flags", [](const signals::Profile& p) { return std::vector{p.flagsOn}; },
     "no degradation flag reports its state here"},
}};

bool fits(const std::string& value, const LabelMatcher& matcher)
{
    switch (matcher.type) {
    case MatchType::Equal: return value == matcher.value;
    case MatchType::NotEqual: return value != matcher.value;
    case MatchType::Regex: return RE2::FullMatch(value, matcher.value);
    case MatchType::NotRegex: return !RE2::FullMatch(value, matcher.value);
    }
    return false;
}

/// Names that a selector would read. A label it asks for must be there; its value may be one that has not come yet:
/// the first error is still to happen.
void select(const promql::VectorSelector& selector, const Metrics& metrics, std::set<std::string>& found)
{
    for (const auto& [name, labels] : metrics) {
        const bool reads =
            std::ranges::all_of(selector.matchers, [&, &metric = name, &has = labels](const LabelMatcher& m) {
                return m.name == "__name__" ? fits(metric, m) : fits({}, m) || has.contains(m.name);
            });
        if (reads)
            found.insert(name);
    }
}

void walk(const promql::Expr* expr, const Metrics& metrics, std::set<std::string>& found)
{
    using promql::ExprKind;
    if (expr == nullptr)
        return;
    switch (expr->kind) {
    case ExprKind::Number:
    case ExprKind::String: return;
    case ExprKind::VectorSelector: select(static_cast<const promql::VectorSelector&>(*expr), metrics, found); return;
    case ExprKind::MatrixSelector:
        select(*static_cast<const promql::MatrixSelector&>(*expr).selector, metrics, found);
        return;
    case ExprKind::Subquery: walk(static_cast<const promql::Subquery&>(*expr).expr.get(), metrics, found); return;
    case ExprKind::Call:
        for (const auto& argument : static_cast<const promql::Call&>(*expr).args)
            walk(argument.get(), metrics, found);
        return;
    case ExprKind::Aggregate: walk(static_cast<const promql::Aggregate&>(*expr).expr.get(), metrics, found); return;
    case ExprKind::Binary:
        walk(static_cast<const promql::Binary&>(*expr).lhs.get(), metrics, found);
        walk(static_cast<const promql::Binary&>(*expr).rhs.get(), metrics, found);
        return;
    case ExprKind::Unary: walk(static_cast<const promql::Unary&>(*expr).expr.get(), metrics, found); return;
    case ExprKind::Paren: walk(static_cast<const promql::Paren&>(*expr).expr.get(), metrics, found); return;
    }
}

std::set<std::string> metricsOf(const std::string& expression, const Metrics& metrics)
{
    std::set<std::string> found;
    if (expression.empty())
        return found;
    const auto parsed =
        promql::parseExpression(signals::filledIn(expression, {.by = "job", .match = {}, .window = "10s"}));
    if (parsed.ok())
        walk(parsed->get(), metrics, found);
    return found;
}

std::vector<signals::Profile> profilesByPrecedence()
{
    std::vector<signals::Profile> profiles;
    for (const signals::BuiltinProfile& builtin : signals::builtinProfiles()) {
        auto profile = signals::parseProfile(builtin.text, builtin.file);
        if (profile.ok())
            profiles.push_back(std::move(*profile));
    }
    std::ranges::stable_sort(profiles, {}, &signals::Profile::precedence);
    return profiles;
}

std::vector<std::string> valuesOf(const Metrics& metrics, const std::set<std::string>& names, const std::string& label,
                                  std::size_t most)
{
    std::set<std::string> values;
    for (const std::string& name : names) {
        const auto metric = metrics.find(name);
        const auto found = metric->second.find(label);
        if (found != metric->second.end())
            values.insert(found->second.begin(), found->second.end());
    }
    std::vector<std::string> list(values.begin(), values.end());
    if (list.size() > most)
        list.resize(most);
    return list;
}

/// The gap in the words of the convention, where it has a switch for it.
std::string gapText(const Wanted& wanted, const std::string& profile)
{
    const std::string id = wanted.id;
    if (id == "latency" && profile == "micrometer")
        return "no latency histogram: percentiles need "
               "management.metrics.distribution.percentiles-histogram.http.server.requests=true";
    if (id == "latency" && profile == "haproxy")
        return "HAProxy has no latency histogram: the mean of its last 1024 requests is shown, percentiles are not";
    return wanted.gap;
}

Result<Metrics> metricsIn(std::string_view body, exposition::Format format, ProbeReport& report)
{
    Metrics metrics;
    exposition::Parser parser(body, format);
    for (;;) {
        switch (parser.next()) {
        case exposition::Parser::Entry::Series: {
            HF_TRY(const LabelSet labels, parser.labels());
            if (static_cast<std::uint64_t>(++report.samples) > kSampleLimit)
                return Error{"more than 200000 samples", ErrorKind::Limit};
            Labels& known = metrics[std::string(labels.get("__name__"))];
            for (const Label& label : labels) {
                auto& values = known[label.name];
                if (values.size() < kMostValues)
                    values.insert(label.value);
            }
            break;
        }
        case exposition::Parser::Entry::Error: return Error{parser.error(), ErrorKind::BadInput};
        case exposition::Parser::Entry::End: return metrics;
        default: break;
        }
    }
}

void findSignals(const Metrics& metrics, const std::vector<const signals::Profile*>& inForce, ProbeReport& report)
{
    for (const Wanted& wanted : kWanted) {
        ProbedSignal signal;
        signal.id = wanted.id;
        for (const signals::Profile* profile : inForce) {
            std::set<std::string> found;
            for (const std::string& expression : wanted.expressions(*profile))
                found.merge(metricsOf(expression, metrics));
            if (found.empty())
                continue;
            signal.metrics.assign(found.begin(), found.end());
            if (signal.id == "breakers")
                report.breakers = valuesOf(metrics, found, "name", kMostBreakers);
            break;
        }
        if (signal.metrics.empty())
            signal.gap = gapText(wanted, report.profile);
        report.signalList.push_back(std::move(signal));
    }
}

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// A name for the job: the host where that is a name, else what runs on the port.
std::string jobName(const std::string& target)
{
    const std::size_t colon = target.rfind(':');
    const std::string host = target.substr(0, colon);
    const bool isAddress = host.empty() || host == "localhost" || host.front() == '['
                           || host.find_first_not_of("0123456789.") == std::string::npos;
    if (isAddress)
        return "port-" + (colon == std::string::npos ? std::string("80") : target.substr(colon + 1));
    std::string name = host.substr(0, host.find('.'));
    std::erase_if(name, [](char c) { return !isWord(c); });
    return name.empty() ? "service" : name;
}

struct Fetched {
    scrape::FetchResult result;
    bool done = false;
};

/// One GET; `judge` sees the answer while its body is there.
void fetch(ProbeReport& report)
{
    scrape::FetchMemory memory;
    scrape::HttpFetch http(memory);
    Fetched fetched;
    auto loop = scrape::FetchLoop::open([&](scrape::HttpFetch&, const scrape::FetchResult& result) {
        fetched.result = result;
        fetched.done = true;
    });
    if (!loop.ok()) {
        report.error = report.errorWords = loop.error().message;
        return;
    }
    scrape::FetchSettings settings;
    settings.url = report.url;
    settings.timeoutMs = kTimeoutMs;
    settings.bodyLimit = kBodyLimit;
    settings.sampleLimit = kSampleLimit;
    http.configure(settings);
    fetched.result = http.prepare(kTimeoutMs);
    if (fetched.result.failure == scrape::FetchFailure::None) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(2 * kTimeoutMs);
        (*loop)->begin(http);
        while (!fetched.done && std::chrono::steady_clock::now() < end)
            (*loop)->turn(200);
        if (!fetched.done) {
            (*loop)->cancel(http);
            report.error = report.errorWords = "no answer in time";
            return;
        }
    }
    const scrape::FetchResult& result = fetched.result;
    report.durationMs = result.totalMs;
    scrape::Failure failure = scrape::fetchFailure(result, report.url, kTimeoutMs);
    if (!failure.any()) {
        scrape::BodyDecoder decoder;
        const auto body = decoder.decode(result.body, result.contentEncoding, kBodyLimit);
        if (!body.ok()) {
            failure = {body.error().message, "The answer cannot be unpacked: " + body.error().message + "."};
        } else if (exposition::formatOf(result.contentType).verdict != exposition::FormatChoice::Verdict::Use) {
            scrape::FetchResult plain = result;
            plain.body = *body;
            failure = scrape::contentTypeFailure(plain, report.url);
        } else {
            report.bytes = static_cast<std::int64_t>(body->size());
            judgeExposition(*body, result.contentType, report);
            return;
        }
    }
    report.error = failure.raw;
    report.errorWords = failure.words;
}

}  // namespace

Result<ProbeReport> splitUrl(std::string_view typed)
{
    const auto bad = [](const std::string& what) { return Error{what, ErrorKind::BadInput}; };
    const std::size_t first = typed.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return bad("type where the metrics are, such as http://localhost:8080/metrics");
    typed = typed.substr(first, typed.find_last_not_of(" \t\r\n") - first + 1);
    ProbeReport report;
    report.scheme = "http";
    if (const std::size_t scheme = typed.find("://"); scheme != std::string_view::npos) {
        report.scheme = std::string(typed.substr(0, scheme));
        std::ranges::transform(report.scheme, report.scheme.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        typed = typed.substr(scheme + 3);
    }
    if (report.scheme != "http" && report.scheme != "https")
        return bad("metrics are read over http or https, not over " + report.scheme);
    typed = typed.substr(0, typed.find('#'));
    const std::size_t path = typed.find_first_of("/?");
    report.target = std::string(typed.substr(0, path));
    const std::string_view rest = path == std::string_view::npos ? std::string_view() : typed.substr(path);
    const std::size_t question = rest.find('?');
    report.metricsPath = std::string(rest.substr(0, question));
    report.query = question == std::string_view::npos ? std::string() : std::string(rest.substr(question + 1));
    if (report.metricsPath.empty() || report.metricsPath == "/")
        report.metricsPath = "/metrics";
    if (report.target.find('@') != std::string::npos)
        return bad("a password in the URL would be stored and shown; write basic_auth into the configuration instead");
    const bool strange = std::ranges::any_of(std::string(typed), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '\\' || c == '<' || c == '>';
    });
    const std::size_t colon = report.target.rfind(':');
    if (report.target.empty() || report.target.front() == ':' || strange)
        return bad("\"" + std::string(typed) + "\" is no address of metrics; expected http://HOST:PORT/metrics");
    if (colon != std::string::npos && report.target.back() != ']') {
        const std::string port = report.target.substr(colon + 1);
        const auto number = parseInteger(port);
        if (!number || *number < 1 || *number > 65535)
            return bad("\"" + port + "\" is no port; expected a number from 1 to 65535");
    }
    report.job = jobName(report.target);
    report.url = report.scheme + "://" + report.target + report.metricsPath
                 + (report.query.empty() ? std::string() : "?" + report.query);
    return report;
}

Result<ProbeReport> probe(std::string_view typed)
{
    HF_TRY(ProbeReport report, splitUrl(typed));
    fetch(report);
    const bool pathTyped = typed.find(report.metricsPath) != std::string_view::npos;
    if (report.error.empty() || pathTyped || report.error.find("404") == std::string::npos)
        return report;
    for (const std::string_view path : kOtherPaths) {
        HF_TRY(ProbeReport other, splitUrl(report.scheme + "://" + report.target + std::string(path)));
        fetch(other);
        if (other.error.empty())
            return other;
    }
    return report;
}

void judgeExposition(std::string_view body, std::string_view contentType, ProbeReport& report)
{
    const auto found = metricsIn(body, exposition::formatOf(contentType).format, report);
    if (!found.ok()) {
        report.error = found.error().message;
        report.errorWords = "It answers, but not in a format of Prometheus: " + found.error().message
                            + ". Is this the metrics address?";
        return;
    }
    const Metrics& metrics = *found;
    report.metrics = static_cast<std::int64_t>(metrics.size());
    if (metrics.empty()) {
        report.error = "no samples";
        report.errorWords = "It answers, but without a single metric. Has the service begun to count?";
        return;
    }
    const std::vector<signals::Profile> profiles = profilesByPrecedence();
    std::vector<const signals::Profile*> inForce;
    for (const signals::Profile& profile : profiles) {
        const bool here =
            std::ranges::any_of(profile.detect, [&](const std::string& name) { return metrics.contains(name); });
        if (here)
            inForce.push_back(&profile);
    }
    if (!inForce.empty()) {
        const signals::Profile& first = *inForce.front();
        report.profile = first.name;
        report.profileTitle = first.title;
        std::set<std::string> all;
        for (const auto& [name, labels] : metrics)
            all.insert(name);
        for (const std::string& label : first.service) {
            if (label == "job" || !report.services.empty())
                continue;
            report.services = valuesOf(metrics, all, label, kMostServices);
        }
    }
    findSignals(metrics, inForce, report);
}

}  // namespace holdfast::api
