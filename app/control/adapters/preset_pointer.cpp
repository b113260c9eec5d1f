#include "app/control/adapters/preset_pointer.h"

#include "app/control/control_shape.h"

#include <charconv>
#include <cstddef>

namespace holdfast::control {

namespace {

using nlohmann::json;

/// Pieces between slashes that stand outside of brackets and braces.
std::vector<std::string> pieces(std::string_view text)
{
    std::vector<std::string> list;
    int depth = 0;
    for (const char c : text) {
        if (c == '/' && depth == 0) {
            list.emplace_back();
            continue;
        }
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        list.back() += c;
    }
    return list;
}

std::string unescaped(std::string_view step)
{
    std::string out;
    for (std::size_t i = 0; i < step.size(); ++i) {
        if (step[i] == '~' && i + 1 < step.size()) {
            out += step[++i] == '1' ? '/' : '~';
            continue;
        }
        out += step[i];
    }
    return out;
}

const json* memberOf(const json& here, const std::string& name)
{
    if (here.is_object()) {
        const auto found = here.find(name);
        return found == here.end() ? nullptr : &*found;
    }
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    if (!here.is_array() || error != std::errc() || end != name.data() + name.size() || index >= here.size())
        return nullptr;
    return &here[index];
}

}  // namespace

std::optional<std::string> jsonText(const json& value)
{
    if (value.is_null() || value.is_discarded())
        return std::nullopt;
    if (value.is_string())
        return value.get<std::string>();
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return value.is_number() ? plainNumber(text) : text;
}

Result<PresetPointer> PresetPointer::parse(std::string_view text)
{
    PresetPointer made;
    if (text.empty())
        return made;
    if (text.front() != '/')
        return Error{"\"" + std::string(text) + "\" is no JSON pointer: it begins with /, or is empty",
                     ErrorKind::BadInput};
    for (const std::string& piece : pieces(text)) {
        Step step;
        std::string words = unescaped(piece);
        if (piece == "*") {
            step.kind = Step::Kind::Every;
            words.clear();
        } else if (piece.starts_with('[') && piece.ends_with(']') && piece.find('=') != std::string::npos) {
            const auto equal = piece.find('=');
            const std::string left = piece.substr(1, equal - 1);
            words = piece.substr(equal + 1, piece.size() - equal - 2);
            step.kind = left.starts_with('/') ? Step::Kind::Position : Step::Kind::Where;
            step.member = left;
            if (step.kind == Step::Kind::Position)
                step.layers = pieces(left);
        }
        HF_TRY(step.text, PresetTemplate::parse(words));
        made.m_steps.push_back(std::move(step));
    }
    return made;
}

const json* PresetPointer::take(const Step& step, const json& whole, const json& here, const PresetValues& values)
{
    const auto wanted = step.text.expand(values, Escape::None);
    if (!wanted.ok())
        return nullptr;
    if (step.kind == Step::Kind::Member)
        return memberOf(here, *wanted);
    if (step.kind == Step::Kind::Where) {
        if (here.is_array())
            for (const json& element : here)
                if (const json* member = memberOf(element, step.member);
                    member != nullptr && jsonText(*member) == *wanted)
                    return &element;
        return nullptr;
    }
    if (step.kind == Step::Kind::Position) {
        const json* layers = &whole;
        for (const std::string& name : step.layers)
            if (layers != nullptr)
                layers = memberOf(*layers, name);
        if (layers == nullptr || !layers->is_array() || !here.is_array())
            return nullptr;
        for (std::size_t i = 0; i < layers->size() && i < here.size(); ++i)
            if (jsonText((*layers)[i]) == *wanted)
                return &here[i];
    }
    return nullptr;
}

const json* PresetPointer::find(const json& whole, const json& here, const PresetValues& values) const
{
    const json* at = &here;
    for (const Step& step : m_steps) {
        at = take(step, whole, *at, values);
        if (at == nullptr)
            return nullptr;
    }
    return at;
}

std::vector<std::pair<std::string, const json*>> PresetPointer::every(const json& whole,
                                                                      const PresetValues& values) const
{
    std::vector<std::pair<std::string, const json*>> found{{std::string(), &whole}};
    for (const Step& step : m_steps) {
        std::vector<std::pair<std::string, const json*>> next;
        for (const auto& [name, at] : found) {
            if (step.kind != Step::Kind::Every) {
                if (const json* below = take(step, whole, *at, values))
                    next.emplace_back(name, below);
                continue;
            }
            if (at->is_object())
                for (auto member = at->begin(); member != at->end(); ++member)
                    next.emplace_back(member.key(), &*member);
            else if (at->is_array())
                for (std::size_t i = 0; i < at->size(); ++i)
                    next.emplace_back(std::to_string(i), &(*at)[i]);
        }
        found = std::move(next);
    }
    return found;
}

Result<json*> PresetPointer::place(json& document, const PresetValues& values) const
{
    json* at = &document;
    for (const Step& step : m_steps) {
        if (const json* below = take(step, document, *at, values)) {
            at = const_cast<json*>(below);  // it lies in `document`, which is ours to change
            continue;
        }
        if (step.kind != Step::Kind::Member || !(at->is_object() || at->is_null()))
            return Error{"there is no place \"" + step.text.source() + "\" to write to", ErrorKind::BadInput};
        HF_TRY(const std::string name, step.text.expand(values, Escape::None));
        at = &(*at)[name];
    }
    return at;
}

std::set<std::string> PresetPointer::variables() const
{
    std::set<std::string> names;
    for (const Step& step : m_steps)
        names.merge(step.text.variables());
    return names;
}

bool PresetPointer::many() const
{
    for (const Step& step : m_steps)
        if (step.kind == Step::Kind::Every)
            return true;
    return false;
}

}  // namespace holdfast::control
