#include "app/rules/template/functions.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "app/base/percent_encoding.h"
#include "app/base/readable_number.h"
#include "app/base/time_text.h"
#include "app/rules/template/go_format.h"
#include "app/rules/template/humanize.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace holdfast::rules::tmpl {

namespace {

using Arguments = std::span<const Value>;
using Function = Result<Value> (*)(Arguments, const FunctionContext&);

struct Entry {
    int least = 0;
    int most = 0;  ///< -1: any number
    Function call = nullptr;
};

Error wrongType(const Value& value, std::string_view wanted)
{
    return {.message =
                std::string("wrong type for value; expected ") + std::string(wanted) + "; got " + value.typeName(),
            .kind = ErrorKind::BadInput};
}

Result<std::string> text(const Value& value)
{
    if (const auto* s = std::get_if<std::string>(&value.data))
        return *s;
    return wrongType(value, "string");
}

Result<double> number(const Value& value)
{
    if (const auto* d = std::get_if<double>(&value.data))
        return *d;
    if (const auto* i = std::get_if<std::int64_t>(&value.data))
        return static_cast<double>(*i);
    if (const auto* s = std::get_if<std::string>(&value.data)) {
        if (const auto parsed = parseDouble(*s))
            return *parsed;
        return Error{.message = "strconv.ParseFloat: parsing " + goQuoted(*s) + ": invalid syntax",
                     .kind = ErrorKind::BadInput};
    }
    return Error{.message = std::string("can't convert ") + value.typeName() + " to float",
                 .kind = ErrorKind::BadInput};
}

Result<Value::List> list(const Value& value)
{
    if (const auto* l = std::get_if<Value::List>(&value.data))
        return *l;
    return wrongType(value, "query result");
}

Result<SampleValue> sample(const Value& value)
{
    if (const auto* s = std::get_if<SampleValue>(&value.data))
        return *s;
    return wrongType(value, "sample");
}

template <std::string (*F)(double)>
Result<Value> onNumber(Arguments a, const FunctionContext&)
{
    HF_TRY(const double v, number(a[0]));
    return makeText(F(v));
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Result<Value> toUpper(Arguments a, const FunctionContext&)
{
    HF_TRY(std::string s, text(a[0]));
    std::ranges::transform(s, s.begin(), upper);
    return makeText(std::move(s));
}

Result<Value> toLower(Arguments a, const FunctionContext&)
{
    HF_TRY(std::string s, text(a[0]));
    std::ranges::transform(s, s.begin(), lower);
    return makeText(std::move(s));
}

Result<Value> title(Arguments a, const FunctionContext&)
{
    HF_TRY(std::string s, text(a[0]));
    bool start = true;
    for (char& c : s) {
        if (start)
            c = upper(c);
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                          || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
        start = !word;
    }
    return makeText(std::move(s));
}

Result<std::unique_ptr<re2::RE2>> pattern(const Value& value)
{
    HF_TRY(const std::string source, text(value));
    auto regex = std::make_unique<re2::RE2>(source, re2::RE2::Quiet);
    if (!regex->ok())
        return Error{.message = "regular expression " + goQuoted(source) + ": " + regex->error(),
                     .kind = ErrorKind::BadInput};
    return regex;
}

Result<Value> match(Arguments a, const FunctionContext&)
{
    HF_TRY(const auto regex, pattern(a[0]));
    HF_TRY(const std::string s, text(a[1]));
    return Value{re2::RE2::PartialMatch(s, *regex)};
}

/// $1, ${1} and ${name} of a replacement. Source: Go regexp, Regexp.Expand.
std::string expandGroups(std::string_view replacement, const re2::RE2& regex, std::span<const re2::StringPiece> groups)
{
    std::string out;
    for (std::size_t i = 0; i < replacement.size();) {
        if (replacement[i] != '$' || i + 1 == replacement.size()) {
            out += replacement[i++];
            continue;
        }
        if (replacement[i + 1] == '$') {
            out += '$';
            i += 2;
            continue;
        }
        const bool braces = replacement[i + 1] == '{';
        std::size_t from = i + (braces ? 2 : 1);
        std::size_t to = from;
        const auto wordChar = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        };
        while (to < replacement.size() && wordChar(replacement[to]))
            ++to;
        if (to == from || (braces && (to == replacement.size() || replacement[to] != '}'))) {
            out += replacement[i++];
            continue;
        }
        const std::string name(replacement.substr(from, to - from));
        std::size_t index = groups.size();
        if (std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }) && name.size() < 4) {
            index = 0;
            for (const char c : name)
                index = index * 10 + static_cast<std::size_t>(c - '0');
        } else if (const auto found = regex.NamedCapturingGroups().find(name);
                   found != regex.NamedCapturingGroups().end()) {
            index = static_cast<std::size_t>(found->second);
        }
        if (index < groups.size() && groups[index].data())
            out.append(groups[index].data(), groups[index].size());
        i = to + (braces ? 1 : 0);
    }
    return out;
}

Result<Value> reReplaceAll(Arguments a, const FunctionContext&)
{
    HF_TRY(const auto regex, pattern(a[0]));
    HF_TRY(const std::string replacement, text(a[1]));
    HF_TRY(const std::string s, text(a[2]));
    std::vector<re2::StringPiece> groups(static_cast<std::size_t>(regex->NumberOfCapturingGroups()) + 1);
    std::string out;
    std::size_t at = 0;
    while (at <= s.size()
           && regex->Match(s, at, s.size(), re2::RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) {
        const auto begin = static_cast<std::size_t>(groups[0].data() - s.data());
        out.append(s, at, begin - at);
        out += expandGroups(replacement, *regex, groups);
        at = begin + groups[0].size();
        if (groups[0].empty()) {
            if (at < s.size())
                out += s[at];
            ++at;
        }
    }
    if (at < s.size())
        out.append(s, at);
    return makeText(std::move(out));
}

Result<Value> query(Arguments a, const FunctionContext& context)
{
    HF_TRY(const std::string expression, text(a[0]));
    if (!context.query)
        return Error{.message = "query is not available here"};
    HF_TRY(const auto vector, context.query(expression));
    return makeSamples(vector);
}

Result<Value> first(Arguments a, const FunctionContext&)
{
    HF_TRY(const auto items, list(a[0]));
    if (!items || items->empty())
        return Error{.message = "first() called on vector with no elements"};
    return items->front();
}

Result<Value> label(Arguments a, const FunctionContext&)
{
    HF_TRY(const std::string name, text(a[0]));
    HF_TRY(const auto s, sample(a[1]));
    const auto found = s.labels->find(name);
    return makeText(found == s.labels->end() ? std::string() : found->second);
}

Result<Value> value(Arguments a, const FunctionContext&)
{
    HF_TRY(const auto s, sample(a[0]));
    return Value{s.value};
}

Result<Value> strvalue(Arguments a, const FunctionContext&)
{
    HF_TRY(const auto s, sample(a[0]));
    const auto found = s.labels->find("__value__");
    return makeText(found == s.labels->end() ? std::string() : found->second);
}

Result<Value> sortByLabel(Arguments a, const FunctionContext&)
{
    HF_TRY(const std::string name, text(a[0]));
    HF_TRY(const auto items, list(a[1]));
    auto sorted = std::make_shared<std::vector<Value>>(*items);
    const auto key = [&](const Value& v) {
        const auto* s = std::get_if<SampleValue>(&v.data);
        const auto found = s ? s->labels->find(name) : TextMap::const_iterator{};
        return s && found != s->labels->end() ? found->second : std::string();
    };
    std::ranges::stable_sort(*sorted, {}, key);
    return Value{Value::List(std::move(sorted))};
}

Result<Value> arguments(Arguments a, const FunctionContext&)
{
    auto fields = std::make_shared<Fields>();
    for (std::size_t i = 0; i < a.size(); ++i)
        fields->emplace("arg" + std::to_string(i), a[i]);
    return Value{std::shared_ptr<const Fields>(std::move(fields))};
}

/// As Go's url.QueryEscape does: a space is a plus.
std::string queryEscape(std::string_view s)
{
    std::string out = percentEncoded(s, " ");
    std::ranges::replace(out, ' ', '+');
    return out;
}

Result<Value> link(const Value& expression, std::string_view tab)
{
    HF_TRY(const std::string s, text(expression));
    return makeText("/graph?g0.expr=" + queryEscape(s) + "&g0.tab=" + std::string(tab));
}

Result<Value> stripPort(Arguments a, const FunctionContext&)
{
    HF_TRY(std::string s, text(a[0]));
    const auto colon = s.rfind(':');
    if (colon == std::string::npos || (s.find(':') != colon && s.front() != '['))
        return makeText(std::move(s));
    s.resize(colon);
    if (s.size() > 1 && s.front() == '[' && s.back() == ']')
        s = s.substr(1, s.size() - 2);
    return makeText(std::move(s));
}

Result<Value> stripDomain(Arguments a, const FunctionContext&)
{
    HF_TRY(const std::string s, text(a[0]));
    const auto colon = s.rfind(':');
    const bool port = colon != std::string::npos && s.find(':') == colon;
    const std::string host = port ? s.substr(0, colon) : s;
    if (std::ranges::all_of(host, [](char c) { return c == '.' || c == ':' || (c >= '0' && c <= '9'); }))
        return makeText(s);
    return makeText(host.substr(0, host.find('.')) + (port ? s.substr(colon) : std::string()));
}

Result<Value> parseDurationSeconds(Arguments a, const FunctionContext&)
{
    HF_TRY(const std::string s, text(a[0]));
    HF_TRY(const std::int64_t ms, parseDuration(s));
    return Value{static_cast<double>(ms) / 1000.0};
}

Result<Value> length(Arguments a, const FunctionContext&)
{
    std::size_t n = 0;
    if (const auto* s = std::get_if<std::string>(&a[0].data))
        n = s->size();
    else if (const auto* l = std::get_if<Value::List>(&a[0].data))
        n = *l ? (*l)->size() : 0;
    else if (const auto* m = std::get_if<std::shared_ptr<const TextMap>>(&a[0].data))
        n = *m ? (*m)->size() : 0;
    else
        return Error{.message = std::string("len of type ") + a[0].typeName()};
    return Value{static_cast<std::int64_t>(n)};
}

Result<Value> index(Arguments a, const FunctionContext&)
{
    Value at = a[0];
    for (const Value& key : a.subspan(1)) {
        if (const auto* m = std::get_if<std::shared_ptr<const TextMap>>(&at.data)) {
            HF_TRY(const std::string name, text(key));
            const auto found = (*m)->find(name);
            at = makeText(found == (*m)->end() ? std::string() : found->second);
        } else if (const auto* l = std::get_if<Value::List>(&at.data)) {
            const auto* i = std::get_if<std::int64_t>(&key.data);
            if (!i || *i < 0 || static_cast<std::size_t>(*i) >= (*l)->size())
                return Error{.message = "index out of range: " + key.text()};
            at = Value((**l)[static_cast<std::size_t>(*i)]);
        } else {
            return Error{.message = std::string("can't index item of type ") + at.typeName()};
        }
    }
    return at;
}

/// Go's print: a space between operands when neither is a string.
std::string printed(Arguments a, bool spaces)
{
    std::string out;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const bool gap = spaces
                         || (i > 0 && !std::holds_alternative<std::string>(a[i].data)
                             && !std::holds_alternative<std::string>(a[i - 1].data));
        if (i > 0 && gap)
            out += ' ';
        out += a[i].text();
    }
    return out;
}

Result<int> compared(const Value& a, const Value& b)
{
    if (a.data.index() != b.data.index())
        return Error{.message = "incompatible types for comparison"};
    if (const auto* x = std::get_if<double>(&a.data)) {
        const double y = std::get<double>(b.data);
        return *x < y ? -1 : *x == y ? 0 : *x > y ? 1 : 2;  // 2: NaN compares to nothing
    }
    if (const auto* x = std::get_if<std::int64_t>(&a.data)) {
        const auto y = std::get<std::int64_t>(b.data);
        return *x < y ? -1 : *x == y ? 0 : 1;
    }
    if (const auto* x = std::get_if<std::string>(&a.data)) {
        const int order = x->compare(std::get<std::string>(b.data));
        return order < 0 ? -1 : order == 0 ? 0 : 1;
    }
    if (const auto* x = std::get_if<bool>(&a.data))
        return *x == std::get<bool>(b.data) ? 0 : 2;
    return Error{.message = std::string("invalid type for comparison: ") + a.typeName()};
}

Result<Value> equal(Arguments a, const FunctionContext&)
{
    for (const Value& other : a.subspan(1)) {
        HF_TRY(const int order, compared(a[0], other));
        if (order == 0)
            return Value{true};
    }
    return Value{false};
}

template <bool (*Test)(int)>
Result<Value> relation(Arguments a, const FunctionContext&)
{
    HF_TRY(const int order, compared(a[0], a[1]));
    return Value{Test(order)};
}

bool isDifferent(int order)
{
    return order != 0;
}
bool isLess(int order)
{
    return order == -1;
}
bool isAtMost(int order)
{
    return order == -1 || order == 0;
}
bool isGreater(int order)
{
    return order == 1;
}
bool isAtLeast(int order)
{
    return order == 0 || order == 1;
}

std::string htmlEscaped(std::string_view s)
{
    std::string out;
    for (const char c : s) {
        switch (c) {
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '&': out += "&amp;"; break;
        case '"': out += "&#34;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

const std::map<std::string_view, Entry>& table()
{
    static const std::map<std::string_view, Entry> entries{
        {"query", {1, 1, query}},
        {"first", {1, 1, first}},
        {"label", {2, 2, label}},
        {"value", {1, 1, value}},
        {"strvalue", {1, 1, strvalue}},
        {"args", {0, -1, arguments}},
        {"sortByLabel", {2, 2, sortByLabel}},
        {"reReplaceAll", {3, 3, reReplaceAll}},
        {"match", {2, 2, match}},
        {"title", {1, 1, title}},
        {"toUpper", {1, 1, toUpper}},
        {"toLower", {1, 1, toLower}},
        {"safeHtml", {1, 1, [](Arguments a, const FunctionContext&) -> Result<Value> { return a[0]; }}},
        {"graphLink", {1, 1, [](Arguments a, const FunctionContext&) { return link(a[0], "0"); }}},
        {"tableLink", {1, 1, [](Arguments a, const FunctionContext&) { return link(a[0], "1"); }}},
        {"stripPort", {1, 1, stripPort}},
        {"stripDomain", {1, 1, stripDomain}},
        {"humanize", {1, 1, onNumber<humanize>}},
        {"humanize1024", {1, 1, onNumber<humanize1024>}},
        {"humanizeDuration", {1, 1, onNumber<humanizeDuration>}},
        {"humanizePercentage", {1, 1, onNumber<humanizePercentage>}},
        {"readablePercentage", {1, 1, onNumber<readableRatio>}},
        {"readableDuration", {1, 1, onNumber<readableSeconds>}},
        {"humanizeTimestamp", {1, 1, onNumber<humanizeTimestamp>}},
        {"toTime", {1, 1, onNumber<humanizeTimestamp>}},
        {"parseDuration", {1, 1, parseDurationSeconds}},
        {"externalURL",
         {0, 0, [](Arguments, const FunctionContext& c) -> Result<Value> { return makeText(c.externalUrl); }}},
        {"pathPrefix",
         {0, 0,
          [](Arguments, const FunctionContext& c) -> Result<Value> {
              const auto host = c.externalUrl.find("://");
              const auto slash = c.externalUrl.find('/', host == std::string::npos ? 0 : host + 3);
              return makeText(slash == std::string::npos ? std::string() : c.externalUrl.substr(slash));
          }}},
        {"len", {1, 1, length}},
        {"index", {1, -1, index}},
        {"not", {1, 1, [](Arguments a, const FunctionContext&) -> Result<Value> { return Value{!a[0].truth()}; }}},
        {"eq", {2, -1, equal}},
        {"ne", {2, 2, relation<isDifferent>}},
        {"lt", {2, 2, relation<isLess>}},
        {"le", {2, 2, relation<isAtMost>}},
        {"gt", {2, 2, relation<isGreater>}},
        {"ge", {2, 2, relation<isAtLeast>}},
        {"print",
         {0, -1, [](Arguments a, const FunctionContext&) -> Result<Value> { return makeText(printed(a, false)); }}},
        {"println",
         {0, -1,
          [](Arguments a, const FunctionContext&) -> Result<Value> { return makeText(printed(a, true) + "\n"); }}},
        {"printf",
         {1, -1,
          [](Arguments a, const FunctionContext&) -> Result<Value> {
              HF_TRY(const std::string format, text(a[0]));
              return makeText(sprintf(format, a.subspan(1)));
          }}},
        {"html",
         {0, -1,
          [](Arguments a, const FunctionContext&) -> Result<Value> {
              return makeText(htmlEscaped(printed(a, false)));
          }}},
        {"urlquery",
         {0, -1,
          [](Arguments a, const FunctionContext&) -> Result<Value> {
              return makeText(queryEscape(printed(a, false)));
          }}},
    };
    return entries;
}

}  // namespace

bool isFunction(std::string_view name)
{
    return name == "and" || name == "or" || table().contains(name);
}

Result<Value> callFunction(std::string_view name, Arguments arguments, const FunctionContext& context)
{
    const auto found = table().find(name);
    if (found == table().end())
        return Error{.message = "function " + goQuoted(name) + " not defined", .kind = ErrorKind::BadInput};
    const auto count = static_cast<int>(arguments.size());
    const Entry& entry = found->second;
    if (count < entry.least || (entry.most >= 0 && count > entry.most))
        return Error{.message = "wrong number of args for " + std::string(name) + ": want "
                                + (entry.most < 0 ? "at least " : "") + std::to_string(entry.least) + " got "
                                + std::to_string(count),
                     .kind = ErrorKind::BadInput};
    return entry.call(arguments, context).in("error calling " + std::string(name));
}

}  // namespace holdfast::rules::tmpl
