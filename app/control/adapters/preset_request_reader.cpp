#include "app/control/adapters/preset_request_reader.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

using config::Findings;
using config::Section;
using Names = PresetRequestReader::Names;

constexpr std::array<std::string_view, 5> kMethods{"get", "post", "put", "patch", "delete"};

void checkNames(Findings& findings, const std::set<std::string>& used, const YAML::Mark& at, const Names& names)
{
    for (const std::string& variable : used) {
        if (names.contains(variable))
            continue;
        std::string list;
        for (const std::string& name : names)
            list += (list.empty() ? "" : ", ") + name;
        findings.fail(at, "{" + variable + "} is not known here; there is: " + list);
    }
}

}  // namespace

PresetTemplate PresetRequestReader::words(const std::string& text, const YAML::Mark& at, const Names& names)
{
    auto made = PresetTemplate::parse(text);
    if (!made.ok()) {
        m_findings.fail(at, made.error().message);
        return {};
    }
    checkNames(m_findings, made->variables(), at, names);
    return std::move(*made);
}

PresetPointer PresetRequestReader::pointer(const std::string& text, const YAML::Mark& at, const Names& names)
{
    auto made = PresetPointer::parse(text);
    if (!made.ok()) {
        m_findings.fail(at, made.error().message);
        return {};
    }
    checkNames(m_findings, made->variables(), at, names);
    return std::move(*made);
}

void PresetRequestReader::regex(const std::string& text, const YAML::Mark& at)
{
    if (const RE2 made(text, RE2::Quiet); !made.ok())
        m_findings.fail(at, "\"" + text + "\" is no regular expression: " + made.error());
    else if (!text.empty() && made.NumberOfCapturingGroups() < 1)
        m_findings.fail(at, "\"" + text + "\" has no group ( ) to take");
}

std::optional<PresetField> PresetRequestReader::field(Section& section, const YAML::Node& node, const std::string& key,
                                                      const Names& names)
{
    if (!section.has(key))
        return std::nullopt;
    section.accept({key});
    const YAML::Node value = node[key];
    const YAML::Mark at = section.markOf(key);
    PresetField made;
    made.line = at.line + 1;
    std::string text;
    if (value.IsMap()) {
        Section entry(m_findings, value, section.path(key), at);
        entry.text("at", text);
        entry.text("match", made.match);
        entry.flag("base64", made.base64);
        if (entry.has("missing")) {
            made.missing.emplace();
            entry.text("missing", *made.missing);
        }
        regex(made.match, entry.markOf("match"));
        entry.finish();
    } else if (value.IsScalar() || value.IsNull()) {
        text = config::scalarText(value).value_or("");
    } else {
        m_findings.fail(at, section.path(key) + ": expected a JSON pointer, $key, $etag, or {at: …}");
    }
    made.key = text == "$key";
    made.etag = text == "$etag";
    if (!made.key && !made.etag)
        made.at = pointer(text, at, names);
    if (made.at.many())
        m_findings.fail(at, section.path(key) + ": * stands only in each");
    return made;
}

std::vector<PresetCondition> PresetRequestReader::conditions(Section& section, const std::string& key,
                                                             const Names& names)
{
    std::vector<PresetCondition> list;
    section.each(key, [&](const YAML::Node& node, const std::string& name, const YAML::Mark& at) {
        Section entry(m_findings, node, name, at);
        PresetCondition made;
        if (auto where = field(entry, node, "at", names))
            made.field = std::move(*where);
        else
            entry.fail("a condition needs at: a JSON pointer");
        int kinds = 0;
        const auto compare = [&](const char* word, PresetCondition::Kind kind) {
            std::string text;
            if (!entry.has(word))
                return;
            entry.text(word, text);
            made.kind = kind;
            made.text = words(text, entry.markOf(word), names);
            ++kinds;
        };
        compare("is", PresetCondition::Kind::Is);
        compare("is_not", PresetCondition::Kind::IsNot);
        compare("starts", PresetCondition::Kind::Starts);
        compare("holds", PresetCondition::Kind::Holds);
        if (entry.has("missing")) {
            bool missing = true;
            entry.flag("missing", missing);
            made.kind = missing ? PresetCondition::Kind::Missing : PresetCondition::Kind::Present;
            ++kinds;
        }
        if (kinds != 1)
            entry.fail("a condition says exactly one of is, is_not, starts, holds, missing");
        entry.finish();
        list.push_back(std::move(made));
    });
    return list;
}

PresetBody PresetRequestReader::edit(const YAML::Node& node, const Names& names)
{
    PresetBody made;
    made.kind = PresetBody::Kind::Edit;
    Section section(m_findings, node, "$edit", node.Mark());
    section.text("$edit", made.capture);
    checkNames(m_findings, {made.capture}, section.markOf("$edit"), names);
    section.each("changes", [&](const YAML::Node& entry, const std::string& name, const YAML::Mark& at) {
        Section change(m_findings, entry, name, at);
        PresetBody::Change step;
        std::string to;
        if (change.has("set")) {
            change.text("set", to);
            change.accept({"to"});
            step.kind = PresetBody::Change::Kind::Set;
            step.value.push_back(body(entry["to"], names));
        } else if (change.has("append")) {
            change.accept({"append"});
            change.text("in", to);
            step.kind = PresetBody::Change::Kind::Append;
            step.value.push_back(body(entry["append"], names));
        } else {
            change.text("in", to);
            step.kind = PresetBody::Change::Kind::Drop;
            step.conditions = conditions(change, "drop", names);
            if (step.conditions.empty())
                change.fail("a change says set, append or drop");
        }
        step.at = pointer(to, at, names);
        change.finish();
        made.changes.push_back(std::move(step));
    });
    section.finish();
    return made;
}

PresetBody PresetRequestReader::body(const YAML::Node& node, const Names& names)
{
    PresetBody made;
    if (!node.IsDefined() || node.IsNull())
        return made;
    if (node.IsMap() && node["$edit"].IsDefined())
        return edit(node, names);
    if (node.IsMap()) {
        made.kind = PresetBody::Kind::Object;
        for (const auto& pair : node)
            made.members.emplace_back(words(pair.first.Scalar(), pair.first.Mark(), names), body(pair.second, names));
        return made;
    }
    if (node.IsSequence()) {
        made.kind = PresetBody::Kind::Array;
        for (const YAML::Node& element : node)
            made.elements.push_back(body(element, names));
        return made;
    }
    // A plain true or 5 is a JSON value, as in YAML; what is quoted is a text.
    if (node.Tag() == "?") {
        const std::string& text = node.Scalar();
        const auto value = nlohmann::json::parse(text, nullptr, false);
        if (value.is_boolean() || value.is_number()) {
            made.literal = value;
            return made;
        }
    }
    made.kind = PresetBody::Kind::Text;
    made.text = words(node.Scalar(), node.Mark(), names);
    return made;
}

PresetRequest PresetRequestReader::request(Section& section, const YAML::Node& node, const Names& names)
{
    PresetRequest made;
    made.line = section.mark().line + 1;
    int methods = 0;
    for (const std::string_view method : kMethods) {
        if (!section.has(method))
            continue;
        std::string url;
        section.text(method, url);
        made.method = std::string(method);
        std::ranges::transform(made.method, made.method.begin(), [](char c) { return c - ('a' - 'A'); });
        made.url = words(url, section.markOf(method), names);
        if (!url.empty() && url.find_first_of("/?{") != 0)
            section.failAt(method, "a request's URL begins with / and goes on below the endpoint's");
        ++methods;
    }
    if (methods != 1)
        section.fail("a request says exactly one of get, post, put, patch, delete");
    section.pairs("headers", [&](const std::string& key, const YAML::Node& value, const YAML::Mark& at) {
        made.headers.emplace_back(key, words(config::scalarText(value).value_or(""), at, names));
        if (std::ranges::any_of(key, [](char c) { return c <= 0x20 || c == ':' || c == 0x7F; }))
            m_findings.fail(at, "\"" + key + "\" is no name of a header");
    });
    section.text("content_type", made.contentType);
    int bodies = 0;
    if (section.has("json")) {
        section.accept({"json"});
        made.json = body(node["json"], names);
        ++bodies;
    }
    if (section.has("form")) {
        section.pairs("form", [&](const std::string& key, const YAML::Node& value, const YAML::Mark&) {
            made.form.emplace_back(key, body(value, names));
        });
        ++bodies;
    }
    if (section.has("text")) {
        std::string text;
        section.text("text", text);
        made.text = words(text, section.markOf("text"), names);
        ++bodies;
    }
    if (bodies > 1)
        section.fail("a request has one body: json, form or text");
    section.flag("form_twice", made.formTwice);
    section.text("rows", made.rows);
    regex(made.rows, section.markOf("rows"));
    return made;
}

PresetItem PresetRequestReader::item(Section& section, const YAML::Node& node, const Names& names)
{
    PresetItem made;
    made.where = conditions(section, "where", names);
    made.name = field(section, node, "name", names);
    made.value = field(section, node, "value", names);
    made.revision = field(section, node, "revision", names);
    made.keep = field(section, node, "keep", names);
    made.ends = field(section, node, "ends", names);
    made.request = field(section, node, "request", names);
    made.actor = field(section, node, "actor", names);
    made.about = field(section, node, "about", names);
    made.callee = field(section, node, "callee", names);
    made.computed = field(section, node, "computed", names);
    made.failure = field(section, node, "failure", names);
    return made;
}

PresetSource PresetRequestReader::source(const YAML::Node& node, const std::string& name, const YAML::Mark& at,
                                         const Names& names, bool list)
{
    Section section(m_findings, node, name, at);
    PresetSource made;
    made.line = at.line + 1;
    made.request = request(section, node, names);
    std::string each;
    section.text("each", each);
    made.each = pointer(each, section.markOf("each"), names);
    Names inItem = names;
    inItem.insert("name");
    made.item = item(section, node, list ? names : inItem);
    if (list && !made.item.name)
        section.fail("a list needs name: where an item tells its name ($key: the member's own name)");
    if (!list && !made.item.value && !section.has("absent"))
        section.fail("it needs value: where the answer tells the control's value");
    if (list) {
        section.count("page_size", made.pageSize);
        section.flag("none_is_404", made.noneIs404);
        if (made.request.url.uses("offset") != (made.pageSize > 0))
            section.fail("page_size and {offset} in the URL go together");
    }
    if (!list && section.has("absent")) {
        made.absent.emplace();
        section.text("absent", *made.absent);
    }
    section.finish();
    return made;
}

}  // namespace holdfast::control
