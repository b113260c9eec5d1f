#include "app/control/adapters/preset_request.h"

#include "app/base/percent_encoding.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>

namespace holdfast::control {

namespace {

using nlohmann::json;

Result<json> buildBody(const PresetBody& body, const PresetValues& values);

/// The value of a member or element; nothing where it is left out.
Result<std::optional<json>> buildPart(const PresetBody& body, const PresetValues& values)
{
    if (body.kind == PresetBody::Kind::Text)
        return body.text.expandJson(values);
    HF_TRY(json made, buildBody(body, values));
    return std::optional<json>(std::move(made));
}

Result<json> buildEdit(const PresetBody& body, const PresetValues& values)
{
    const auto captured = values.captures.find(body.capture);
    if (captured == values.captures.end()) {
        if (values.sketch)
            return json("<" + body.capture + " with changes>");
        return Error{"{" + body.capture + "} was not captured", ErrorKind::BadInput};
    }
    json document = captured->second;
    for (const PresetBody::Change& change : body.changes) {
        HF_TRY(json* const at, change.at.place(document, values));
        if (change.kind == PresetBody::Change::Kind::Set) {
            HF_TRY(*at, buildBody(change.value.front(), values));
            continue;
        }
        if (!at->is_array())
            return Error{"{" + body.capture + "} is no list, so nothing can be added to it", ErrorKind::BadInput};
        if (change.kind == PresetBody::Change::Kind::Append) {
            HF_TRY(json element, buildBody(change.value.front(), values));
            at->push_back(std::move(element));
            continue;
        }
        const PresetReply whole{.status = 200, .body = document, .etag = {}};
        at->erase(
            std::remove_if(at->begin(), at->end(),
                           [&](const json& element) { return allHold(change.conditions, whole, element, {}, values); }),
            at->end());
    }
    return document;
}

Result<json> buildBody(const PresetBody& body, const PresetValues& values)
{
    switch (body.kind) {
    case PresetBody::Kind::Literal: return body.literal;
    case PresetBody::Kind::Text: {
        HF_TRY(auto made, body.text.expandJson(values));
        return made.value_or(json(""));
    }
    case PresetBody::Kind::Object: {
        json made = json::object();
        for (const auto& [key, value] : body.members) {
            HF_TRY(const std::string name, key.expand(values, Escape::None));
            HF_TRY(auto part, buildPart(value, values));
            if (part)
                made[name] = std::move(*part);
        }
        return made;
    }
    case PresetBody::Kind::Array: {
        json made = json::array();
        for (const PresetBody& element : body.elements) {
            HF_TRY(auto part, buildPart(element, values));
            if (part)
                made.push_back(std::move(*part));
        }
        return made;
    }
    case PresetBody::Kind::Edit: return buildEdit(body, values);
    }
    return json();
}

std::string dumped(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::string> pathOf(const PresetRequest& request, const PresetValues& values)
{
    HF_TRY(std::string url, request.url.expand(values, Escape::Url));
    if (url.find_first_of("/?") != 0)
        return Error{"\"" + url + "\" is no path: it would make the request go somewhere else", ErrorKind::BadInput};
    const std::string path = url.substr(0, url.find('?')) + "/";
    for (std::size_t from = 0; from < path.size();) {
        const auto slash = path.find('/', from);
        const std::string step = path.substr(from, slash - from);
        if (step == "." || step == "..")
            return Error{"a name that is \"" + step + "\" would make the request go somewhere else",
                         ErrorKind::BadInput};
        from = slash + 1;
    }
    return url;
}

void addToken(const Preset& preset, const std::string& token, HttpRequest& made)
{
    if (token.empty() || preset.auth == "none")
        return;
    if (preset.auth == "bearer")
        made.bearerToken = token;
    else if (preset.auth == "basic")
        made.headers.push_back({"Authorization", "Basic " + base64(token), true});
    else
        made.headers.push_back({preset.authHeader, token, true});
}

/// Every match of a pattern with named groups, as objects.
json rowsOf(const std::string& text, const std::string& pattern)
{
    const RE2 row(pattern, RE2::Quiet);
    json rows = json::array();
    if (!row.ok())
        return rows;
    const auto count = static_cast<std::size_t>(row.NumberOfCapturingGroups()) + 1;
    std::vector<re2::StringPiece> groups(count);
    const re2::StringPiece input(text);
    std::size_t from = 0;
    while (from <= text.size()
           && row.Match(input, from, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(count))) {
        json object = json::object();
        for (const auto& [index, name] : row.CapturingGroupNames())
            object[name] = std::string(groups[static_cast<std::size_t>(index)]);
        rows.push_back(std::move(object));
        const auto end = static_cast<std::size_t>(groups[0].data() - text.data()) + groups[0].size();
        from = end > from ? end : from + 1;
    }
    return rows;
}

std::string trimmed(const std::string& text)
{
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string::npos)
        return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

bool holds(const PresetCondition& condition, const PresetReply& reply, const json& here, const std::string& key,
           const PresetValues& values)
{
    const auto text = fieldText(condition.field, reply, here, key, values);
    if (condition.kind == PresetCondition::Kind::Missing)
        return !text;
    if (condition.kind == PresetCondition::Kind::Present)
        return text.has_value();
    const auto wanted = condition.text.expand(values, Escape::None);
    if (!wanted.ok())
        return false;
    switch (condition.kind) {
    case PresetCondition::Kind::Is: return text && *text == *wanted;
    case PresetCondition::Kind::IsNot: return !text || *text != *wanted;
    case PresetCondition::Kind::Starts: return text && text->starts_with(*wanted);
    default: return text && text->find(*wanted) != std::string::npos;
    }
}

}  // namespace

Result<HttpRequest> buildRequest(const Preset& preset, const PresetRequest& request, const std::string& base,
                                 const std::string& token, const PresetValues& values)
{
    HttpRequest made;
    made.method = request.method;
    HF_TRY(const std::string path, pathOf(request, values));
    made.url = base + path;
    for (const auto& [name, value] : request.headers) {
        HF_TRY(std::string text, value.expand(values, Escape::Header));
        const auto used = value.variables();
        const bool secret = std::ranges::any_of(preset.settings, [&used](const PresetSetting& setting) {
            return setting.secret && used.contains(setting.name);
        });
        if (!text.empty())
            made.headers.push_back({name, std::move(text), secret});
    }
    if (request.json) {
        HF_TRY(const json body, buildBody(*request.json, values));
        made.body = dumped(body);
    } else if (!request.form.empty()) {
        made.contentType = "application/x-www-form-urlencoded";
        for (const auto& [name, value] : request.form) {
            HF_TRY(const json part, buildBody(value, values));
            std::string text = part.is_string() ? part.get<std::string>() : dumped(part);
            if (request.formTwice)
                text = percentEncoded(text);
            made.body += (made.body.empty() ? "" : "&") + percentEncoded(name) + "=" + percentEncoded(text);
        }
    } else if (request.text) {
        made.contentType = "text/plain; charset=utf-8";
        HF_TRY(made.body, request.text->expand(values, Escape::None));
    }
    if (!request.contentType.empty())
        made.contentType = request.contentType;
    addToken(preset, token, made);
    constexpr std::size_t kMostBytes = 16U << 20U;  // lists of flags and silences are long
    made.mostBytes = kMostBytes;
    return made;
}

PresetReply replyOf(const HttpAnswer& answer, const PresetRequest& request)
{
    PresetReply reply{.status = answer.status, .body = {}, .etag = answer.etag};
    if (!request.rows.empty()) {
        reply.body = rowsOf(answer.body, request.rows);
        return reply;
    }
    reply.body = json::parse(answer.body, nullptr, false);
    if (reply.body.is_discarded())
        reply.body = trimmed(answer.body);
    return reply;
}

std::optional<std::string> fieldText(const PresetField& field, const PresetReply& reply, const json& here,
                                     const std::string& key, const PresetValues& values)
{
    std::optional<std::string> text;
    if (field.key) {
        text = key;
    } else if (field.etag) {
        if (!reply.etag.empty())
            text = reply.etag;
    } else if (const json* at = field.at.find(reply.body, here, values)) {
        text = jsonText(*at);
    }
    if (!text)
        return field.missing;
    if (field.base64)
        text = fromBase64(*text);
    if (text && !field.match.empty()) {
        std::string group;
        if (!RE2::PartialMatch(*text, RE2(field.match, RE2::Quiet), &group))
            return std::nullopt;
        return group;
    }
    return text;
}

bool allHold(const std::vector<PresetCondition>& conditions, const PresetReply& reply, const json& here,
             const std::string& key, const PresetValues& values)
{
    return std::ranges::all_of(
        conditions, [&](const PresetCondition& condition) { return holds(condition, reply, here, key, values); });
}

std::string withoutSecrets(std::string text, const std::vector<std::string>& secrets)
{
    constexpr std::size_t kShortest = 4;  // a secret of fewer bytes would blank half of the text
    for (const std::string& secret : secrets) {
        if (secret.size() < kShortest)
            continue;
        for (const std::string& form : {secret, percentEncoded(secret), base64(secret)})
            for (auto at = text.find(form); at != std::string::npos; at = text.find(form, at + 3))
                text.replace(at, form.size(), "***");
    }
    return text;
}

std::string requestLine(const HttpRequest& request, const std::vector<std::string>& secrets)
{
    return withoutSecrets(redacted(request), secrets);
}

}  // namespace holdfast::control
