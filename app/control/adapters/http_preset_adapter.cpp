#include "app/control/adapters/http_preset_adapter.h"

#include "app/base/number_text.h"
#include "app/config/config.h"
#include "app/control/adapters/preset_judge.h"
#include "app/control/adapters/preset_request.h"
#include "app/control/adapters/preset_shape.h"
#include "app/control/adapters/preset_visit.h"

#include <chrono>
#include <utility>

namespace holdfast::control {

namespace {

std::int64_t wallMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

HttpPresetAdapter::HttpPresetAdapter(PresetPtr preset, PresetValues settings, std::vector<std::string> secrets)
    : m_preset(std::move(preset)),
      m_settings(std::move(settings)),
      m_secrets(std::move(secrets)),
      m_shape(std::make_shared<const ControlShape>(shapeOf(*m_preset)))
{
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

PresetContext HttpPresetAdapter::contextOf(const Endpoint& endpoint) const
{
    PresetContext context{.preset = *m_preset, .shape = *m_shape, .values = m_settings, .secrets = secretsOf(endpoint)};
    context.values.texts["instance"] = endpoint.instance;
    return context;
}

Result<Listing> HttpPresetAdapter::list(const Endpoint& endpoint) const
{
    Listing listing;
    if (const auto service = m_settings.texts.find("service"); service != m_settings.texts.end())
        listing.service = service->second;
    PresetVisit visit(contextOf(endpoint), endpoint);
    HF_TRY(listing.readings, visit.listAll());
    listing.warnings = m_preset->warnings;
    return listing;
}

Result<Reading> HttpPresetAdapter::read(const Endpoint& endpoint, const ControlKey& key) const
{
    if (key.kind != m_preset->kind)
        return Error{endpoint.instance + " lists no " + std::string(word(key.kind)) + " \"" + key.name + "\"",
                     ErrorKind::NotFound};
    return PresetVisit(contextOf(endpoint), endpoint).readOne(key.name);
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
    const PresetAct* const act = actFor(*m_preset, *m_shape, change.mode);
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
    PresetVisit visit(contextOf(endpoint), endpoint);
    const auto refused = [&visit](const Error& error) { return refusal(visit.context(), error); };
    if (!m_preset->readOnly.empty())
        return refused({m_preset->readOnly, ErrorKind::BadInput});
    const PresetAct* const act = actFor(*m_preset, *m_shape, change.mode);
    if (act == nullptr || change.key.kind != m_preset->kind)
        return refused({change.key.name + " cannot be set to \"" + change.mode + "\"", ErrorKind::BadInput});
    const auto now = visit.readOne(change.key.name);
    if (!now.ok())
        return refused(now.error());
    if (!now->locked.empty())
        return refused({now->locked, ErrorKind::BadInput});
    const std::string theirs = "it is now \"" + now->mode + "\"";
    if (!change.ifRevision.empty() && now->revision != change.ifRevision)
        return refused({"somebody changed it meanwhile; " + theirs, ErrorKind::Conflict});
    if (change.ifRevision.empty() && change.before && change.before->mode != now->mode)
        return refused(
            {"somebody changed it meanwhile, from \"" + change.before->mode + "\"; " + theirs, ErrorKind::Conflict});

    Receipt receipt = visit.perform(*act, valuesFor(endpoint, change, *now));
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
    const auto seen =
        PresetVisit(contextOf(endpoint), endpoint).readFrom(*m_preset->verify, change.key.name, proofToken());
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

}  // namespace holdfast::control
