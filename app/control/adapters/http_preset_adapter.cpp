#include "app/control/adapters/http_preset_adapter.h"

#include "app/base/number_text.h"
#include "app/base/time_text.h"
#include "app/config/load_config.h"
#include "app/control/adapters/preset.h"
#include "app/control/adapters/preset_request.h"
#include "app/control/fan_out.h"
#include "app/control/http_request.h"
#include "app/control/preset_facts.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace holdfast::control {

namespace {

using nlohmann::json;

constexpr std::uint64_t kMostListed = 20'000;  // controls of one list; a guess at what a person can look at

std::int64_t wallMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

/// A foreign sentence, short and on one line.
std::string oneLine(std::string text)
{
    constexpr std::size_t kLongest = 300;
    if (text.size() > kLongest)
        text.resize(kLongest);
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

/// What an answer says of its trouble, wherever systems like to put that.
std::string troubleOf(const json& body)
{
    if (body.is_string())
        return body.get<std::string>();
    if (!body.is_object())
        return {};
    for (const char* key : {"message", "error", "msg", "detail", "details", "title", "name"}) {
        const auto found = body.find(key);
        if (found == body.end())
            continue;
        if (found->is_string() && !found->get<std::string>().empty())
            return found->get<std::string>();
        if (found->is_array() && !found->empty() && found->front().is_object())
            return troubleOf(found->front());
        if (found->is_object())
            return troubleOf(*found);
    }
    return {};
}

/// "-1.0%" is "not enough calls yet"; "12.5%" and 12.5 are percent.
std::optional<double> failureRatio(std::string text)
{
    if (text.ends_with('%'))
        text.pop_back();
    const auto percent = parseDouble(text);
    if (!percent || !(*percent >= 0 && *percent <= 100))
        return std::nullopt;
    return *percent / 100;
}

std::int64_t timeOf(const Preset& preset, const Endpoint& endpoint)
{
    return preset.timeoutMs > 0 ? std::min(preset.timeoutMs, endpoint.timeoutMs) : endpoint.timeoutMs;
}

class HttpPresetAdapter final : public Adapter {
public:
    HttpPresetAdapter(PresetPtr preset, PresetValues settings, std::vector<std::string> secrets);

    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override;
    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override;
    [[nodiscard]] std::string describe(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] Receipt apply(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] ControlShapePtr shape(const Reading& /*reading*/) const override { return m_shape; }
    [[nodiscard]] std::vector<Reading> examples() const override;
    [[nodiscard]] bool fulfils(const Change& change, const Reading& after) const override;
    [[nodiscard]] Proof prove(const Endpoint& endpoint, const Change& change) const override;
    [[nodiscard]] Scope scope() const override
    {
        return m_preset->scope == "cluster" ? Scope::Cluster : Scope::Instance;
    }
    [[nodiscard]] std::string urlFor(const std::string& address, const std::string& path) const override;
    [[nodiscard]] std::vector<PresetSketch> readingRequests(const Endpoint& endpoint) const;

private:
    class Visit;
    [[nodiscard]] const PresetAct* actFor(const std::string& mode) const;
    [[nodiscard]] std::vector<std::string> secretsOf(const Endpoint& endpoint) const;
    [[nodiscard]] PresetValues valuesFor(const Endpoint& endpoint, const Change& change,
                                         const std::optional<Reading>& now) const;
    [[nodiscard]] std::string proofToken() const;

    const PresetPtr m_preset;
    const PresetValues m_settings;
    const std::vector<std::string> m_secrets;
    ControlShapePtr m_shape;
};

using Answer = Result<PresetReply>;

/// One call on one endpoint: everything it asks is asked once, and all of it together has the endpoint's time.
class HttpPresetAdapter::Visit {
public:
    Visit(const HttpPresetAdapter& adapter, const Endpoint& endpoint)
        : m_adapter(adapter),
          m_preset(*adapter.m_preset),
          m_endpoint(endpoint),
          m_secrets(adapter.secretsOf(endpoint)),
          m_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(timeOf(*adapter.m_preset, endpoint)))
    {
        m_values = adapter.m_settings;
        m_values.texts["instance"] = endpoint.instance;
    }

    [[nodiscard]] std::int64_t leftMs() const
    {
        using namespace std::chrono;
        return duration_cast<milliseconds>(m_deadline - steady_clock::now()).count();
    }
    /// Sends within the time that is left, and not at all when there is none.
    [[nodiscard]] HttpAnswer send(HttpRequest request) const
    {
        request.timeoutMs = leftMs();
        if (request.timeoutMs <= 0) {
            HttpAnswer late;
            late.error = "the time for this call was over before it could be sent";
            return late;
        }
        return sendOnce(request);
    }
    [[nodiscard]] std::string clean(std::string text) const
    {
        return withoutSecrets(oneLine(std::move(text)), m_secrets);
    }

    [[nodiscard]] Result<std::vector<Reading>> listAll();
    [[nodiscard]] Result<Reading> readOne(const std::string& name);
    /// One source on its own; `token` in the place of the reading token.
    [[nodiscard]] Result<Reading> readFrom(const PresetSource& source, const std::string& name,
                                           const std::string& token) const;
    [[nodiscard]] Receipt refused(const Error& error) const;
    [[nodiscard]] Receipt judged(const PresetAct& act, const HttpAnswer& sent, const PresetRequest& request,
                                 const PresetValues& values) const;

private:
    [[nodiscard]] Answer fetch(const PresetRequest& request, const std::string& token,
                               const PresetValues& values) const;
    [[nodiscard]] std::size_t takeNames(const PresetSource& source, const PresetReply& reply,
                                        std::set<std::string>& found, std::vector<Reading>* readings) const;
    [[nodiscard]] Result<std::set<std::string>> names(std::vector<Reading>* readings);
    [[nodiscard]] Reading readingOf(const PresetItem& item, const std::string& name, const PresetReply& reply,
                                    const json& here, const std::string& key,
                                    const std::optional<std::string>& raw) const;
    void interpret(Reading& reading, const std::optional<std::string>& raw, const PresetReply& reply, const json& here,
                   const std::string& key) const;
    [[nodiscard]] PresetValues named(const std::string& name) const
    {
        PresetValues values = m_values;
        values.texts["name"] = name;
        return values;
    }

    const HttpPresetAdapter& m_adapter;
    const Preset& m_preset;
    const Endpoint& m_endpoint;
    const std::vector<std::string> m_secrets;
    const std::chrono::steady_clock::time_point m_deadline;
    PresetValues m_values;
    std::optional<Answer> m_sharedRead;  ///< of a read whose request is the same for all controls
};

Answer HttpPresetAdapter::Visit::fetch(const PresetRequest& request, const std::string& token,
                                       const PresetValues& values) const
{
    HF_TRY(const HttpRequest made, buildRequest(m_preset, request, m_endpoint.url, token, values));
    const HttpAnswer answer = send(made);
    const std::string where = clean(made.method + " " + made.url);
    if (answer.outcome != HttpAnswer::Outcome::Answered)
        return Error{where + ": " + answer.error, ErrorKind::Unavailable};
    PresetReply reply = replyOf(answer, request);
    const std::string trouble = clean(troubleOf(reply.body));
    const std::string words =
        where + " answered " + std::to_string(answer.status) + (trouble.empty() ? "" : ": " + trouble);
    if (answer.status == 401 || answer.status == 403)
        return Error{words, ErrorKind::Denied};
    if (answer.status == 404)
        return Error{words, ErrorKind::NotFound};
    if (answer.status < 200 || answer.status > 299)
        return Error{words, answer.status >= 500 ? ErrorKind::Unavailable : ErrorKind::Failed};
    return reply;
}

void HttpPresetAdapter::Visit::interpret(Reading& reading, const std::optional<std::string>& raw,
                                         const PresetReply& reply, const json& here, const std::string& key) const
{
    PresetValues values = named(reading.key.name);
    for (const PresetState& state : m_preset.states) {
        const bool fits = state.values.empty() || std::ranges::any_of(state.values, [&](const PresetTemplate& text) {
                              const auto wanted = text.expand(values, Escape::None);
                              return wanted.ok() && raw && *wanted == *raw;
                          });
        if (!fits || !allHold(state.when, reply, here, key, values))
            continue;
        reading.state = state.state;
        reading.mode = state.mode.empty() ? raw.value_or("") : state.mode;
        reading.locked = state.locked;
        if (!m_preset.metric.empty()) {
            values.texts["value"] = raw.value_or("");
            if (const auto metric = PresetTemplate::parse(m_preset.metric); metric.ok())
                if (auto expression = metric->expand(values, Escape::Promql); expression.ok())
                    reading.metricExpr = std::move(*expression);
        }
        return;
    }
    if (!raw) {
        reading.locked = "The system does not tell its value.";
        return;
    }
    if (m_preset.number && parseDouble(*raw)) {
        reading.state = reading.mode = plainNumber(*raw);
    } else if (m_preset.text && raw->size() <= m_preset.mostText) {
        reading.state = reading.mode = *raw;
    } else {
        reading.locked = "It says \"" + clean(*raw) + "\", which preset " + m_preset.name + " does not know.";
        return;
    }
    if (m_adapter.actFor(reading.mode) == nullptr)
        reading.locked = "It is \"" + clean(*raw) + "\", which could not be put back.";
}

Reading HttpPresetAdapter::Visit::readingOf(const PresetItem& item, const std::string& name, const PresetReply& reply,
                                            const json& here, const std::string& key,
                                            const std::optional<std::string>& raw) const
{
    const PresetValues values = named(name);
    const auto text = [&](const std::optional<PresetField>& field) {
        return field ? fieldText(*field, reply, here, key, values).value_or("") : std::string();
    };
    Reading reading;
    reading.key = {m_preset.kind, name};
    reading.callee = text(item.callee);
    reading.flagKind = m_preset.flagKind;
    reading.effect = oneLine(text(item.about));
    reading.computed = text(item.computed);
    reading.revision = text(item.revision);
    reading.keep = text(item.keep);
    reading.holdRequest = text(item.request);
    reading.holdActor = text(item.actor);
    if (const std::string ends = text(item.ends); !ends.empty())
        reading.holdEndsMs = parseRfc3339(ends).value_or(0);
    if (const std::string failure = text(item.failure); !failure.empty())
        reading.failureRatio = failureRatio(failure);
    interpret(reading, raw, reply, here, key);
    return reading;
}

Result<Reading> HttpPresetAdapter::Visit::readFrom(const PresetSource& source, const std::string& name,
                                                   const std::string& token) const
{
    const PresetValues values = named(name);
    const bool shared = m_sharedRead && &source == &*m_preset.read;
    std::optional<Answer> own;
    if (!shared)
        own.emplace(fetch(source.request, token, values));
    const Answer& answer = shared ? *m_sharedRead : *own;
    if (!answer.ok())
        return answer.error();
    const PresetReply& reply = *answer;
    for (const auto& [key, here] : source.each.every(reply.body, values)) {
        if (!allHold(source.item.where, reply, *here, key, values))
            continue;
        if (source.item.name && fieldText(*source.item.name, reply, *here, key, values) != name)
            continue;
        std::optional<std::string> raw;
        if (source.item.value)
            raw = fieldText(*source.item.value, reply, *here, key, values);
        if (!raw && source.absent)
            raw = source.absent;
        return readingOf(source.item, name, reply, *here, key, raw);
    }
    if (source.absent)
        return readingOf(source.item, name, reply, json(), {}, source.absent);
    return Error{m_endpoint.instance + " does not list \"" + name + "\"", ErrorKind::NotFound};
}

/// Takes the items of one answer in; how many there were, whether taken or not.
std::size_t HttpPresetAdapter::Visit::takeNames(const PresetSource& source, const PresetReply& reply,
                                                std::set<std::string>& found, std::vector<Reading>* readings) const
{
    const auto items = source.each.every(reply.body, m_values);
    for (const auto& [key, here] : items) {
        if (!allHold(source.item.where, reply, *here, key, m_values))
            continue;
        const auto name = fieldText(*source.item.name, reply, *here, key, m_values);
        if (!name || name->empty() || !found.insert(*name).second || readings == nullptr)
            continue;
        if (source.item.value) {
            readings->push_back(readingOf(source.item, *name, reply, *here, key,
                                          fieldText(*source.item.value, reply, *here, key, named(*name))));
            continue;
        }
        Reading only;
        only.key = {m_preset.kind, *name};
        only.flagKind = m_preset.flagKind;
        if (source.item.about)
            only.effect = oneLine(fieldText(*source.item.about, reply, *here, key, named(*name)).value_or(""));
        readings->push_back(std::move(only));
    }
    return items.size();
}

/// The names that are listed; with `readings` also what the lists themselves tell of them.
Result<std::set<std::string>> HttpPresetAdapter::Visit::names(std::vector<Reading>* readings)
{
    std::set<std::string> found;
    for (const PresetSource& source : m_preset.lists)
        for (std::uint64_t offset = 0; offset < kMostListed; offset += source.pageSize) {
            m_values.texts["offset"] = std::to_string(offset);
            const auto answer = fetch(source.request, m_endpoint.readToken, m_values);
            if (!answer.ok() && answer.error().kind == ErrorKind::NotFound && source.noneIs404)
                break;
            if (!answer.ok())
                return answer.error();
            const std::size_t items = takeNames(source, *answer, found, readings);
            if (source.pageSize == 0 || items < source.pageSize)
                break;
        }
    return found;
}

Result<std::vector<Reading>> HttpPresetAdapter::Visit::listAll()
{
    constexpr std::size_t kAtOnce = 8;
    std::vector<Reading> readings;
    HF_TRY(const auto found, names(&readings));
    (void)found;
    const bool listTells =
        std::ranges::any_of(m_preset.lists, [](const auto& list) { return list.item.value.has_value(); });
    if (listTells || !m_preset.read)
        return readings;
    if (!m_preset.read->request.url.uses("name") && !m_preset.read->request.json && !m_preset.read->request.text)
        m_sharedRead.emplace(fetch(m_preset.read->request, m_endpoint.readToken, m_values));
    fanOut(readings.size(), m_sharedRead ? 1 : kAtOnce, [&](std::size_t i) {
        Reading& listed = readings[i];
        auto reading = readFrom(*m_preset.read, listed.key.name, m_endpoint.readToken);
        if (!reading.ok()) {
            listed.locked = "It is listed but cannot be read: " + reading.error().message;
            return;
        }
        if (reading->effect.empty())
            reading->effect = listed.effect;
        listed = std::move(*reading);
    });
    return readings;
}

Result<Reading> HttpPresetAdapter::Visit::readOne(const std::string& name)
{
    // A read of something absent may look like a read of something at rest: then only the list tells what there is.
    const bool proves = m_preset.read && !m_preset.read->absent;
    if (proves)
        return readFrom(*m_preset.read, name, m_endpoint.readToken);
    std::vector<Reading> readings;
    HF_TRY(const auto found, names(&readings));
    if (!found.contains(name))
        return Error{m_endpoint.instance + " does not list \"" + name + "\"", ErrorKind::NotFound};
    if (m_preset.read)
        return readFrom(*m_preset.read, name, m_endpoint.readToken);
    const auto reading = std::ranges::find_if(readings, [&](const Reading& one) { return one.key.name == name; });
    return std::move(*reading);
}

Receipt HttpPresetAdapter::Visit::refused(const Error& error) const
{
    Receipt receipt;
    receipt.kind = error.kind == ErrorKind::Denied        ? Receipt::Kind::Denied
                   : error.kind == ErrorKind::Conflict    ? Receipt::Kind::Conflict
                   : error.kind == ErrorKind::Unavailable ? Receipt::Kind::Unreachable
                                                          : Receipt::Kind::Rejected;
    receipt.message = "nothing was sent: " + clean(error.message);
    return receipt;
}

Receipt HttpPresetAdapter::Visit::judged(const PresetAct& act, const HttpAnswer& sent, const PresetRequest& request,
                                         const PresetValues& values) const
{
    using Means = PresetAnswer::Means;
    Receipt receipt{
        .kind = Receipt::Kind::Ambiguous, .status = sent.status, .message = {}, .latencyMs = sent.latencyMs};
    if (sent.outcome == HttpAnswer::Outcome::NotSent) {
        receipt.kind = Receipt::Kind::Unreachable;
        receipt.message = "could not be reached: " + clean(sent.error);
        return receipt;
    }
    if (sent.outcome == HttpAnswer::Outcome::Ambiguous) {
        receipt.message = "sent, but no answer came: " + clean(sent.error);
        return receipt;
    }
    const PresetReply reply = replyOf(sent, request);
    const bool success = sent.status >= 200 && sent.status <= 299;
    const std::string trouble = clean(troubleOf(reply.body));
    const std::string answered =
        "answered " + std::to_string(sent.status) + (trouble.empty() || success ? "" : ": " + trouble);
    for (const auto* answers : {&act.answers, &m_preset.answers})
        for (const PresetAnswer& answer : *answers) {
            const bool status = answer.statuses.empty()
                                    ? success
                                    : std::ranges::find(answer.statuses, sent.status) != answer.statuses.end();
            if (!status || !allHold(answer.when, reply, reply.body, {}, values))
                continue;
            receipt.kind = answer.means == Means::Accepted   ? Receipt::Kind::Accepted
                           : answer.means == Means::Rejected ? Receipt::Kind::Rejected
                           : answer.means == Means::Conflict ? Receipt::Kind::Conflict
                           : answer.means == Means::Denied   ? Receipt::Kind::Denied
                                                             : Receipt::Kind::Ambiguous;
            receipt.message = receipt.kind == Receipt::Kind::Accepted && answer.say.empty() ? "accepted" : answer.say;
            if (receipt.kind != Receipt::Kind::Accepted)
                receipt.message = answered + (answer.say.empty() ? "" : " – " + answer.say);
            if (answer.theirs)
                if (const auto theirs = fieldText(*answer.theirs, reply, reply.body, {}, values))
                    receipt.message += "; it is now \"" + clean(*theirs) + "\"";
            return receipt;
        }
    receipt.message = answered;
    if (sent.status == 401 || sent.status == 403) {
        receipt.kind = Receipt::Kind::Denied;
        receipt.message += sent.status == 401 ? " – the token to act with is missing or wrong"
                                              : " – the token to act with has no right to do this";
    } else if (sent.status == 409 || sent.status == 412) {
        receipt.kind = Receipt::Kind::Conflict;
    } else if (success) {
        receipt.message += ", but not as " + m_preset.name + " does when it is done; only a read can tell";
    } else if (sent.status < 500) {
        receipt.kind = Receipt::Kind::Rejected;
    } else {
        receipt.message += "; it may have been done all the same, only a read can tell";
    }
    return receipt;
}

HttpPresetAdapter::HttpPresetAdapter(PresetPtr preset, PresetValues settings, std::vector<std::string> secrets)
    : m_preset(std::move(preset)), m_settings(std::move(settings)), m_secrets(std::move(secrets))
{
    auto shape = std::make_shared<ControlShape>();
    std::vector<const PresetState*> states;
    for (const PresetState& state : m_preset->states)
        if (std::ranges::find(states, state.state, [](const PresetState* one) { return one->state; }) == states.end())
            states.push_back(&state);
    std::ranges::stable_sort(states, {}, [](const PresetState* one) { return one->meaning; });
    for (const PresetState* state : states)
        shape->states.push_back({.state = state->state,
                                 .word = state->word.empty() ? state->state : state->word,
                                 .meaning = state->meaning,
                                 .forced = state->forced});
    for (const PresetAct& option : m_preset->options)
        if (option.mode != m_preset->resting)
            shape->options.push_back({option.mode, option.label});
    for (const PresetAct& option : m_preset->options)
        if (option.mode == m_preset->resting)
            shape->options.push_back({option.mode, option.label});
    if (m_preset->number)
        shape->number = m_preset->range;
    shape->mostText = m_preset->text ? m_preset->mostText : 0;
    shape->resting = m_preset->resting;
    shape->nativeHold = m_preset->nativeHold;
    shape->lostOnRestart = m_preset->lostOnRestart;
    shape->fadesAfterS = m_preset->fadesAfterS;
    shape->countsNothing = m_preset->countsNothing;
    shape->readOnly = m_preset->readOnly;
    m_shape = std::move(shape);
}

const PresetAct* HttpPresetAdapter::actFor(const std::string& mode) const
{
    const auto option = std::ranges::find(m_preset->options, mode, &PresetAct::mode);
    if (option != m_preset->options.end())
        return &*option;
    if (!m_shape->accepts(mode))
        return nullptr;
    if (m_preset->number && parseDouble(mode))
        return &*m_preset->number;
    return m_preset->text ? &*m_preset->text : nullptr;
}

std::vector<std::string> HttpPresetAdapter::secretsOf(const Endpoint& endpoint) const
{
    std::vector<std::string> secrets = m_secrets;
    for (const std::string& token : {endpoint.readToken, endpoint.actToken}) {
        if (token.empty())
            continue;
        secrets.push_back(token);
        // Of "user:password" the password alone is a secret too.
        if (const auto colon = token.find(':'); m_preset->auth == "basic" && colon != std::string::npos)
            secrets.push_back(token.substr(colon + 1));
    }
    return secrets;
}

Result<Listing> HttpPresetAdapter::list(const Endpoint& endpoint) const
{
    Listing listing;
    if (const auto service = m_settings.texts.find("service"); service != m_settings.texts.end())
        listing.service = service->second;
    Visit visit(*this, endpoint);
    HF_TRY(listing.readings, visit.listAll());
    listing.warnings = m_preset->warnings;
    return listing;
}

Result<Reading> HttpPresetAdapter::read(const Endpoint& endpoint, const ControlKey& key) const
{
    if (key.kind != m_preset->kind)
        return Error{endpoint.instance + " lists no " + std::string(word(key.kind)) + " \"" + key.name + "\"",
                     ErrorKind::NotFound};
    return Visit(*this, endpoint).readOne(key.name);
}

PresetValues HttpPresetAdapter::valuesFor(const Endpoint& endpoint, const Change& change,
                                          const std::optional<Reading>& now) const
{
    PresetValues values = m_settings;
    const std::int64_t at = wallMs();
    const auto set = [&values](const char* name, std::string text) { values.texts[name] = std::move(text); };
    set("name", change.key.name);
    set("value", plainNumber(change.mode));
    set("instance", endpoint.instance);
    set("now", std::to_string(at));
    set("ends", std::to_string(at + change.ttlS * 1000));
    set("hold_s", std::to_string(change.ttlS));
    set("reason", change.reason);
    set("actor", change.actor);
    set("request_id", change.requestId);
    set("before", change.before ? change.before->mode : now ? now->mode : std::string());
    set("revision", now ? now->revision : change.ifRevision);
    set("keep", change.putsBack ? change.keep : now ? now->keep : std::string());
    return values;
}

std::string HttpPresetAdapter::describe(const Endpoint& endpoint, const Change& change) const
{
    const PresetAct* const act = actFor(change.mode);
    if (act == nullptr)
        return "nothing: " + change.key.name + " cannot be set to \"" + change.mode + "\"";
    PresetValues values = valuesFor(endpoint, change, change.before);
    values.sketch = true;
    for (const char* name : {"revision", "keep"})
        if (!change.before && values.texts[name].empty())
            values.texts[name] = std::string("<") + name + ">";
    const std::vector<std::string> secrets = secretsOf(endpoint);
    const auto line = [&](const PresetRequest& request) -> std::string {
        const auto made = buildRequest(*m_preset, request, endpoint.url, endpoint.actToken, values);
        return made.ok() ? requestLine(*made, secrets) : "nothing: " + made.error().message;
    };
    std::string text;
    for (const PresetStep& step : act->first) {
        text += line(step.request);
        for (const auto& [name, pointer] : step.captures)
            text += "  → " + name;
        text += "; then ";
    }
    return text + line(act->request);
}

Receipt HttpPresetAdapter::apply(const Endpoint& endpoint, const Change& change) const
{
    Visit visit(*this, endpoint);
    if (!m_preset->readOnly.empty())
        return visit.refused({m_preset->readOnly, ErrorKind::BadInput});
    const PresetAct* const act = actFor(change.mode);
    if (act == nullptr || change.key.kind != m_preset->kind)
        return visit.refused({change.key.name + " cannot be set to \"" + change.mode + "\"", ErrorKind::BadInput});
    const auto now = visit.readOne(change.key.name);
    if (!now.ok())
        return visit.refused(now.error());
    if (!now->locked.empty())
        return visit.refused({now->locked, ErrorKind::BadInput});
    const std::string theirs = "it is now \"" + now->mode + "\"";
    if (!change.ifRevision.empty() && now->revision != change.ifRevision)
        return visit.refused({"somebody changed it meanwhile; " + theirs, ErrorKind::Conflict});
    if (change.ifRevision.empty() && change.before && change.before->mode != now->mode)
        return visit.refused(
            {"somebody changed it meanwhile, from \"" + change.before->mode + "\"; " + theirs, ErrorKind::Conflict});

    PresetValues values = valuesFor(endpoint, change, *now);
    for (const PresetStep& step : act->first) {
        const auto request = buildRequest(*m_preset, step.request, endpoint.url, endpoint.actToken, values);
        if (!request.ok())
            return visit.refused(request.error());
        const HttpAnswer answer = visit.send(*request);
        if (answer.outcome == HttpAnswer::Outcome::Ambiguous && step.request.method != "GET")
            return visit.judged(*act, answer, step.request, values);
        if (answer.outcome != HttpAnswer::Outcome::Answered)
            return visit.refused({"the preparation failed: " + answer.error, ErrorKind::Unavailable});
        const PresetReply reply = replyOf(answer, step.request);
        if (answer.status < 200 || answer.status > 299) {
            const bool denied = answer.status == 401 || answer.status == 403;
            return visit.refused({"the preparation was answered " + std::to_string(answer.status) + " "
                                      + troubleOf(reply.body) + (denied ? " – see the token to act with" : ""),
                                  denied ? ErrorKind::Denied : ErrorKind::Failed});
        }
        for (const auto& [name, pointer] : step.captures) {
            const json* const found = pointer.find(reply.body, reply.body, values);
            if (found == nullptr)
                return visit.refused(
                    {"the preparation's answer lacks what is called \"" + name + "\"", ErrorKind::Failed});
            values.captures[name] = *found;
        }
    }
    const auto request = buildRequest(*m_preset, act->request, endpoint.url, endpoint.actToken, values);
    if (!request.ok())
        return visit.refused(request.error());
    Receipt receipt = visit.judged(*act, visit.send(*request), act->request, values);
    if (receipt.kind == Receipt::Kind::Conflict && receipt.message.find("it is now") == std::string::npos)
        if (const auto other = visit.readOne(change.key.name); other.ok())
            receipt.message += "; it is now \"" + other->mode + "\"";
    return receipt;
}

std::vector<Reading> HttpPresetAdapter::examples() const
{
    Reading example;
    example.key = {m_preset->kind, "NAME"};
    example.flagKind = m_preset->flagKind;
    return {example};
}

bool HttpPresetAdapter::fulfils(const Change& change, const Reading& after) const
{
    return after.mode == change.mode || (m_preset->number && plainNumber(change.mode) == after.mode);
}

std::string HttpPresetAdapter::proofToken() const
{
    const auto token = m_settings.texts.find(m_preset->verifyToken);
    return token == m_settings.texts.end() ? std::string() : token->second;
}

Proof HttpPresetAdapter::prove(const Endpoint& endpoint, const Change& change) const
{
    const bool possible = m_preset->verify && (m_preset->verifyToken.empty() || !proofToken().empty());
    if (!possible)
        return {};
    const auto seen = Visit(*this, endpoint).readFrom(*m_preset->verify, change.key.name, proofToken());
    Proof proof{.kind = Proof::Kind::Silent, .words = m_preset->verifyWords + ": "};
    if (!seen.ok()) {
        proof.words += seen.error().message;
        return proof;
    }
    if (seen->mode.empty()) {
        proof.words += "says nothing of it";
        return proof;
    }
    proof.kind = fulfils(change, *seen) ? Proof::Kind::Agrees : Proof::Kind::Disagrees;
    proof.words += seen->mode;
    return proof;
}

std::string HttpPresetAdapter::urlFor(const std::string& address, const std::string& path) const
{
    // The path of the own protocol is what a group has that says none.
    static const std::string kUnsaid = config::ControlGroupConfig().path;
    std::string base = Adapter::urlFor(address, path == kUnsaid ? m_preset->path : path);
    while (base.ends_with('/'))
        base.pop_back();
    return base;
}

std::vector<PresetSketch> HttpPresetAdapter::readingRequests(const Endpoint& endpoint) const
{
    std::vector<PresetSketch> lines;
    PresetValues values = m_settings;
    values.sketch = true;
    values.texts["name"] = "NAME";
    values.texts["instance"] = endpoint.instance;
    const auto add = [&](const char* what, const PresetSource& source, const std::string& token) {
        const auto made = buildRequest(*m_preset, source.request, endpoint.url, token, values);
        lines.push_back({what, made.ok() ? requestLine(*made, secretsOf(endpoint)) : made.error().message});
    };
    for (const PresetSource& source : m_preset->lists)
        add("list", source, endpoint.readToken);
    if (m_preset->read)
        add("read", *m_preset->read, endpoint.readToken);
    if (m_preset->verify && (m_preset->verifyToken.empty() || !proofToken().empty()))
        add("verify", *m_preset->verify, "set");
    return lines;
}

struct Made {
    PresetPtr preset;
    std::shared_ptr<const HttpPresetAdapter> adapter;
};

Result<Made> make(const config::ControlGroupConfig& group, bool sketch)
{
    HF_TRY(const PresetText text, findPreset(group.adapter));
    std::map<std::string, std::string> given;
    for (const auto& [key, value] : group.settings) {
        constexpr std::string_view kFile = "_file";
        if (key.starts_with("verify"))
            continue;  // of another path: makeVerifier()
        if (!key.ends_with(kFile)) {
            given[key] = value;
            continue;
        }
        config::Secret secret;
        secret.file = value;
        auto content = config::secretText(secret);
        if (!content.ok() && !sketch)
            return std::move(content).error();
        given[key.substr(0, key.size() - kFile.size())] = content.ok() ? *content : "<" + key + ">";
    }
    HF_TRY(PresetPtr preset,
           sketch ? sketchPreset(text.text, text.file, given) : readPreset(text.text, text.file, given));
    PresetValues values;
    std::vector<std::string> secrets;
    std::string names = "service";
    for (const PresetSetting& setting : preset->settings) {
        names += ", " + setting.name;
        const auto value = given.find(setting.name);
        values.texts[setting.name] = value != given.end() ? value->second
                                     : setting.fallback   ? *setting.fallback
                                                          : "<" + setting.name + ">";
        if (setting.secret && !values.texts[setting.name].starts_with('<'))
            secrets.push_back(values.texts[setting.name]);
    }
    for (const auto& [key, value] : given) {
        if (key == "service")
            values.texts[key] = value;
        else if (!values.texts.contains(key))
            return Error{"preset " + preset->name + " has no setting \"" + key + "\"; there is: " + names,
                         ErrorKind::BadInput};
    }
    return Made{preset, std::make_shared<HttpPresetAdapter>(preset, std::move(values), std::move(secrets))};
}

std::string holdWords(const Preset& preset)
{
    std::string text = preset.nativeHold ? "the system itself ends it" : "holds until it is put back";
    if (preset.fadesAfterS > 0)
        text = "fades by itself after " + std::to_string(preset.fadesAfterS) + " s";
    if (preset.lostOnRestart)
        text += ", and a restart forgets it";
    return text;
}

}  // namespace

Result<AdapterPtr> makePresetAdapter(const config::ControlGroupConfig& group)
{
    HF_TRY(const Made made, make(group, false));
    return AdapterPtr(made.adapter);
}

Result<PresetFacts> presetFacts(const config::ControlGroupConfig& group, bool whole)
{
    HF_TRY(const Made made, make(group, !whole));
    const Preset& preset = *made.preset;
    PresetFacts facts{.name = preset.name,
                      .title = preset.title,
                      .about = preset.about,
                      .proven = preset.proven,
                      .kind = word(preset.kind),
                      .scope = preset.scope,
                      .auth = preset.auth,
                      .hold = holdWords(preset),
                      .readOnly = preset.readOnly,
                      .requests = {}};
    const std::string host = group.endpoints.empty() ? "HOST:PORT" : group.endpoints.front();
    Endpoint endpoint;
    endpoint.group = group.name;
    endpoint.instance = host;
    endpoint.address = host;
    endpoint.url = made.adapter->urlFor(host, group.path);
    endpoint.readToken = group.readToken.empty() ? "" : "set";
    endpoint.actToken = group.actToken.empty() ? "" : "set";
    facts.requests = made.adapter->readingRequests(endpoint);
    const auto add = [&](const std::string& what, const std::string& mode) {
        Change change{.key = {preset.kind, "NAME"},
                      .mode = mode,
                      .ttlS = 900,
                      .reason = "REASON",
                      .actor = "ACTOR",
                      .requestId = "ID",
                      .ifRevision = {},
                      .before = {},
                      .putsBack = false,
                      .keep = {}};
        facts.requests.push_back({what, made.adapter->describe(endpoint, change)});
    };
    const ControlShapePtr shape = made.adapter->shape({});
    for (const Option& option : shape->options)
        add(option.label + " (" + option.value + ")", option.value);
    if (shape->number)
        add("a number from " + numberText(shape->number->least) + " to " + numberText(shape->number->most)
                + (shape->number->unit.empty() ? "" : " " + shape->number->unit),
            numberText(shape->number->most));
    if (shape->mostText > 0)
        add("any text up to " + std::to_string(shape->mostText) + " bytes", "TEXT");
    return facts;
}

bool namesPreset(const std::string& adapter)
{
    const std::vector<BuiltinPreset> presets = builtinPresets();
    return adapter.ends_with(".yml") || adapter.ends_with(".yaml")
           || std::ranges::find(presets, adapter, &BuiltinPreset::name) != presets.end();
}

}  // namespace holdfast::control
