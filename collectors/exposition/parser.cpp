#include "collectors/exposition/parser.h"

#include "collectors/exposition/utf8.h"
#include "collectors/exposition/value_text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace holdfast::exposition {

namespace {

constexpr unsigned char nameStart = 1;   // [a-zA-Z_]
constexpr unsigned char nameDigit = 2;   // [0-9]
constexpr unsigned char nameColon = 4;   // ':'
constexpr unsigned char quotedStop = 8;  // ends or complicates a quoted text: '"' '\\' '\n' and bytes >= 0x80

constexpr std::array<unsigned char, 256> classes = [] {
    std::array<unsigned char, 256> table{};
    for (unsigned c = 'a'; c <= 'z'; ++c)
        table[c] = nameStart;
    for (unsigned c = 'A'; c <= 'Z'; ++c)
        table[c] = nameStart;
    table['_'] = nameStart;
    for (unsigned c = '0'; c <= '9'; ++c)
        table[c] = nameDigit;
    table[':'] = nameColon;
    table['"'] = table['\\'] = table['\n'] = quotedStop;
    for (unsigned c = 0x80; c <= 0xff; ++c)
        table[c] = quotedStop;
    return table;
}();

unsigned char classOf(char c)
{
    return classes[static_cast<unsigned char>(c)];
}

/// A few bytes of foreign text, printable.
std::string shown(const char* at, const char* end)
{
    constexpr std::ptrdiff_t most = 20;
    if (at == end)
        return "the end of the body";
    if (*at == '\n')
        return "the end of the line";
    std::string out = "\"";
    const char* const stop = at + std::min(most, end - at);
    for (; at != stop && *at != '\n'; ++at) {
        const auto c = static_cast<unsigned char>(*at);
        if (c < 0x20 || c >= 0x7f) {
            constexpr std::string_view digits = "0123456789abcdef";
            out += "\\x";
            out += digits[c >> 4U];
            out += digits[c & 15U];
        } else {
            out += *at;
        }
    }
    return out + '"';
}

/// Backslash sequences of label values and quoted names: \\ \" \n; any other stays as it is.
std::string unescaped(std::string_view text, bool quotes)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            const char next = text[i + 1];
            if (next == '\\' || next == 'n' || (quotes && next == '"')) {
                out += next == 'n' ? '\n' : next;
                ++i;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

std::optional<MetricType> typeOf(std::string_view word, Format format)
{
    if (word == "counter")
        return MetricType::Counter;
    if (word == "gauge")
        return MetricType::Gauge;
    if (word == "histogram")
        return MetricType::Histogram;
    if (word == "summary")
        return MetricType::Summary;
    if (format == Format::Text)
        return word == "untyped" ? std::optional(MetricType::Unknown) : std::nullopt;
    if (word == "gaugehistogram")
        return MetricType::GaugeHistogram;
    if (word == "info")
        return MetricType::Info;
    if (word == "stateset")
        return MetricType::StateSet;
    return word == "unknown" ? std::optional(MetricType::Unknown) : std::nullopt;
}

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

Parser::Parser(std::string_view body, Format format)
    : m_begin(body.data()), m_end(body.data() + body.size()), m_at(m_begin), m_entry(m_begin), m_format(format)
{
    m_labels.reserve(16);
}

Parser::Entry Parser::next(std::string_view hint)
{
    if (m_failed)
        return Entry::Error;
    if (m_format == Format::Text) {
        while (m_at != m_end && (*m_at == '\n' || *m_at == ' ' || *m_at == '\t'))
            ++m_at;
        m_entry = m_at;
        if (m_at == m_end)
            return Entry::End;
    } else {
        m_entry = m_at;
        if (m_at == m_end)
            return fail(m_at, "the data does not end with # EOF");
    }
    m_timestamp.reset();
    m_hasExemplar = false;
    if (!hint.empty() && tryHint(hint)) {
        m_matchedHint = true;
        return m_format == Format::Text ? readValueText() : readValueOpenMetrics();
    }
    m_matchedHint = false;
    if (*m_at == '#')
        return readHash();
    return readSeries();
}

bool Parser::skipLine(std::string_view line)
{
    if (m_failed || static_cast<std::size_t>(m_end - m_at) < line.size()
        || std::memcmp(m_at, line.data(), line.size()) != 0)
        return false;
    m_at += line.size();
    return true;
}

bool Parser::tryHint(std::string_view hint)
{
    const auto left = static_cast<std::size_t>(m_end - m_at);
    if (left <= hint.size() || std::memcmp(m_at, hint.data(), hint.size()) != 0)
        return false;
    const char* after = m_at + hint.size();
    if (*after != ' ' && *after != '\t')
        return false;
    if (m_format == Format::Text) {
        // "name {…}": what matched is only the name of another series.
        while (after != m_end && (*after == ' ' || *after == '\t'))
            ++after;
        if (after == m_end || *after == '{')
            return false;
    }
    m_series = {m_at, hint.size()};
    m_name = {};
    m_at += hint.size();
    return true;
}

Parser::Entry Parser::fail(const char* at, std::string_view what)
{
    m_failed = true;
    const char* lineStart = m_begin;
    m_errorLine = 1;
    for (const char* p = m_begin; p != at; ++p) {
        if (*p == '\n') {
            ++m_errorLine;
            lineStart = p + 1;
        }
    }
    m_error = "line " + std::to_string(m_errorLine) + ", column " + std::to_string(at - lineStart + 1) + ": ";
    m_error += what;
    return Entry::Error;
}

Parser::Entry Parser::failExpected(const char* at, std::string_view expected)
{
    return fail(at, "expected " + std::string(expected) + ", found " + shown(at, m_end));
}

std::size_t Parser::line() const
{
    return 1 + static_cast<std::size_t>(std::count(m_begin, m_entry, '\n'));
}

void Parser::skipBlanks()
{
    while (atBlank())
        ++m_at;
}

/// At an opening quote. False, with the error set, where the text does not end or is no UTF-8.
bool Parser::readQuoted(Span& span, QuotedName names)
{
    const bool lineBreaks = names == QuotedName::No && m_format == Format::Text;
    const char* at = m_at + 1;
    span = {at, at, false};
    bool foreign = false;
    for (;; ++at) {
        while (at != m_end && classOf(*at) != quotedStop)
            ++at;
        if (at == m_end || (*at == '\n' && !lineBreaks)) {
            failExpected(m_at, "a text that ends with a quote on its line");
            return false;
        }
        if (*at == '"')
            break;
        if (*at == '\\') {
            span.escaped = true;
            if (++at == m_end || *at == '\n') {
                failExpected(m_at, "a text that ends with a quote on its line");
                return false;
            }
            foreign = foreign || static_cast<unsigned char>(*at) >= 0x80;
            if (names == QuotedName::Yes && *at != '\\' && *at != '"' && *at != 'n') {
                fail(at - 1, "unknown escape " + shown(at - 1, at + 1) + " in a quoted name");
                return false;
            }
        } else if (*at != '\n') {
            foreign = true;
        }
    }
    span.end = at;
    if (foreign && !isUtf8(span.view())) {
        fail(m_at, "invalid UTF-8 in " + shown(m_at, at + 1));
        return false;
    }
    m_at = at + 1;
    return true;
}

/// False, nothing read and no error set, where no name begins.
bool Parser::readName(Span& span, bool colons)
{
    const unsigned char start = colons ? nameStart | nameColon : nameStart;
    if (m_at == m_end || (classOf(*m_at) & start) == 0)
        return false;
    const char* at = m_at + 1;
    const auto part = static_cast<unsigned char>(start | nameDigit);
    while (at != m_end && (classOf(*at) & part) != 0)
        ++at;
    span = {m_at, at, false};
    m_at = at;
    return true;
}

/// The rest of the line without its end; m_at stays.
std::string_view Parser::word()
{
    const auto left = static_cast<std::size_t>(m_end - m_at);
    const void* stop = std::memchr(m_at, '\n', left);
    return {m_at, stop != nullptr ? static_cast<std::size_t>(static_cast<const char*>(stop) - m_at) : left};
}

Parser::Entry Parser::readHash()
{
    const bool strict = m_format == Format::OpenMetrics;
    const char* const hash = m_at++;
    const std::string_view rest = word();
    std::size_t blanks = 0;
    while (blanks < rest.size() && (rest[blanks] == ' ' || (!strict && rest[blanks] == '\t'))
           && !(strict && blanks == 1))
        ++blanks;
    const std::string_view after = rest.substr(blanks);
    const auto begins = [&](std::string_view keyword) {
        return blanks > 0 && after.size() > keyword.size() && after.substr(0, keyword.size()) == keyword
               && (after[keyword.size()] == ' ' || (!strict && after[keyword.size()] == '\t'));
    };
    if (strict && blanks > 0 && after.substr(0, 3) == "EOF") {
        m_at += blanks + 3;
        if (m_at != m_end && *m_at == '\n')
            ++m_at;
        if (m_at != m_end)
            return fail(m_at, "unexpected data after # EOF");
        return Entry::End;
    }
    for (const auto& [keyword, kind] : {std::pair{std::string_view("HELP"), Entry::Help},
                                        {std::string_view("TYPE"), Entry::Type},
                                        {std::string_view("UNIT"), Entry::Unit}}) {
        if (begins(keyword) && (strict || kind != Entry::Unit)) {
            m_at += blanks + keyword.size() + 1;
            if (!strict)
                skipBlanks();
            return readMetadata(kind);
        }
    }
    if (strict)
        return failExpected(hash, "a series, # HELP, # TYPE, # UNIT or # EOF");
    m_at += rest.size();
    if (m_at != m_end)
        ++m_at;
    return Entry::Comment;
}

Parser::Entry Parser::readMetadata(Entry kind)
{
    const bool strict = m_format == Format::OpenMetrics;
    if (m_at != m_end && *m_at == '"') {
        if (!readQuoted(m_family, QuotedName::Yes))
            return Entry::Error;
    } else if (!readName(m_family, true)) {
        return failExpected(m_at, "a metric name");
    }
    const std::string_view rest = word();
    const bool separated = !rest.empty() && (rest.front() == ' ' || (!strict && rest.front() == '\t'));
    if (!separated && (strict || !rest.empty()))
        return failExpected(m_at, "a blank and the text after the metric name");
    const char* const lineEnd = m_at + rest.size();
    if (strict && lineEnd == m_end)
        return fail(lineEnd, "the data does not end with # EOF");
    const char* begin = separated ? m_at + 1 : m_at;
    if (kind == Entry::Type) {
        while (!strict && begin != lineEnd && (*begin == ' ' || *begin == '\t'))
            ++begin;
        const std::string_view name{begin, static_cast<std::size_t>(lineEnd - begin)};
        const std::optional<MetricType> type = typeOf(name, m_format);
        if (!type)
            return fail(begin, "invalid metric type " + shown(begin, m_end));
        m_type = *type;
        m_typedFamily = m_family;
        m_typedAs = m_type;
    }
    m_text = {begin, lineEnd, true};
    if (kind == Entry::Help && !isUtf8(m_text.view()))
        return fail(begin, "the help text is no valid UTF-8");
    if (kind == Entry::Unit && !m_text.view().empty() && !endsWith(m_family.view(), "_" + std::string(m_text.view())))
        return fail(begin, "the unit " + shown(begin, m_end) + " is no suffix of its metric's name");
    m_at = lineEnd == m_end ? lineEnd : lineEnd + 1;
    return kind;
}

Parser::Entry Parser::readSeries()
{
    const bool text = m_format == Format::Text;
    m_labels.clear();
    m_name = {};
    const char* const start = m_at;
    if (readName(m_name, true)) {
        m_series = m_name.view();
        if (text) {
            const char* const end = m_at;
            skipBlanks();
            if (m_at == m_end || *m_at != '{')
                m_at = end;
        }
    } else if (*m_at != '{') {
        return failExpected(m_at, "a metric name, '{' or '#'");
    }
    if (m_at != m_end && *m_at == '{') {
        if (!readLabels(m_labels, false))
            return Entry::Error;
        m_series = {start, static_cast<std::size_t>(m_at - start)};
    }
    if (m_name.begin == nullptr)
        return fail(start, "this series has no metric name");
    return text ? readValueText() : readValueOpenMetrics();
}

/// At '{'. Reads to behind '}'.
bool Parser::readLabels(std::vector<LabelSpan>& labels, bool exemplar)
{
    const bool text = m_format == Format::Text;
    ++m_at;
    for (bool afterComma = false;;) {
        if (text || afterComma)
            skipBlanks();
        if (m_at != m_end && *m_at == '}' && (text || !afterComma)) {
            ++m_at;
            return true;
        }
        LabelSpan& label = labels.emplace_back();
        const char* const at = m_at;
        const bool quoted = m_at != m_end && *m_at == '"';
        if (quoted ? !readQuoted(label.name, QuotedName::Yes) : !readName(label.name, false)) {
            if (!m_failed)
                failExpected(m_at, "a label name");
            return false;
        }
        if (text)
            skipBlanks();
        if (quoted && !exemplar && m_at != m_end && (*m_at == ',' || *m_at == '}')) {
            if (m_name.begin != nullptr) {
                fail(at, "a second metric name in one series");
                return false;
            }
            if (label.name.begin == label.name.end) {
                fail(at, "the metric name is empty");
                return false;
            }
            m_name = label.name;
            labels.pop_back();
        } else {
            if (m_at == m_end || *m_at != '=') {
                failExpected(m_at, "'=' after a label name");
                return false;
            }
            ++m_at;
            if (text)
                skipBlanks();
            if (m_at == m_end || *m_at != '"') {
                failExpected(m_at, "a label value in quotes");
                return false;
            }
            if (!readQuoted(label.value, QuotedName::No))
                return false;
            if (text)
                skipBlanks();
        }
        afterComma = m_at != m_end && *m_at == ',';
        if (afterComma)
            ++m_at;
        else if (!text && (m_at == m_end || *m_at != '}')) {
            failExpected(m_at, "',' or '}' after a label value");
            return false;
        }
    }
}

Parser::Entry Parser::readValueText()
{
    skipBlanks();
    const char* at = m_at;
    while (at != m_end && *at != ' ' && *at != '\n' && *at != '\t' && *at != '{')
        ++at;
    if (at == m_at)
        return failExpected(m_at, "a value after the series");
    const std::optional<double> value = parseValue({m_at, static_cast<std::size_t>(at - m_at)});
    if (!value)
        return failExpected(m_at, "a number as value");
    m_value = *value;
    m_at = at;
    if (m_at != m_end && *m_at == '\n') {
        ++m_at;
        return Entry::Series;
    }
    skipBlanks();
    if (m_at != m_end && *m_at != '\n') {
        at = m_at;
        while (at != m_end && *at >= '0' && *at <= '9')
            ++at;
        if (at == m_at)
            return failExpected(m_at, "a timestamp or the end of the line");
        m_timestamp = parseMillis({m_at, static_cast<std::size_t>(at - m_at)});
        if (!m_timestamp)
            return fail(m_at, "the timestamp does not fit 64 bits");
        m_at = at;
        skipBlanks();
        if (m_at != m_end && *m_at != '\n')
            return failExpected(m_at, "the end of the line after the timestamp");
    }
    if (m_at != m_end)
        ++m_at;
    return Entry::Series;
}

Parser::Entry Parser::readValueOpenMetrics()
{
    const auto part = [this] {
        const char* at = m_at + 1;
        while (at != m_end && *at != ' ' && *at != '\n')
            ++at;
        return std::string_view{m_at + 1, static_cast<std::size_t>(at - m_at - 1)};
    };
    if (m_at == m_end || *m_at != ' ')
        return failExpected(m_at, "one space and a value after the series");
    std::string_view text = part();
    const std::optional<double> value = parseValue(text);
    if (!value)
        return failExpected(m_at + 1, "a number as value");
    m_value = *value;
    m_at += 1 + text.size();
    const auto beginsExemplar = [this] { return m_end - m_at >= 4 && std::memcmp(m_at, " # {", 4) == 0; };
    if (m_at != m_end && *m_at == ' ' && !beginsExemplar()) {
        text = part();
        m_timestamp = parseSeconds(text);
        if (!m_timestamp)
            return failExpected(m_at + 1, "a timestamp in seconds, or # and an exemplar");
        m_at += 1 + text.size();
    }
    if (beginsExemplar() && !readExemplar())
        return Entry::Error;
    if (m_at == m_end)
        return fail(m_at, "the data does not end with # EOF");
    if (*m_at != '\n')
        return failExpected(m_at, "the end of the line");
    ++m_at;
    return Entry::Series;
}

/// At " # {".
bool Parser::readExemplar()
{
    const char* const start = m_at;
    if (!mayHaveExemplar()) {
        fail(start + 1, "this series cannot carry an exemplar");
        return false;
    }
    m_at += 3;
    m_exemplarLabels.clear();
    m_exemplarTimestamp.reset();
    if (!readLabels(m_exemplarLabels, true))
        return false;
    const auto part = [this] {
        const char* at = m_at + 1;
        while (at != m_end && *at != ' ' && *at != '\n')
            ++at;
        return std::string_view{m_at + 1, static_cast<std::size_t>(at - m_at - 1)};
    };
    if (m_at == m_end || *m_at != ' ') {
        failExpected(m_at, "a value after the exemplar's labels");
        return false;
    }
    std::string_view text = part();
    const std::optional<double> value = parseValue(text);
    if (!value) {
        failExpected(m_at + 1, "a number as the exemplar's value");
        return false;
    }
    m_exemplarValue = *value;
    m_at += 1 + text.size();
    if (m_at != m_end && *m_at == ' ') {
        text = part();
        m_exemplarTimestamp = parseSeconds(text);
        if (!m_exemplarTimestamp) {
            failExpected(m_at + 1, "the exemplar's timestamp in seconds");
            return false;
        }
        m_at += 1 + text.size();
    }
    m_hasExemplar = true;
    return true;
}

bool Parser::mayHaveExemplar() const
{
    std::string_view name = m_series.substr(0, m_series.find('{'));
    if (name.empty() && m_name.begin != nullptr)
        name = m_name.view();
    if (name.empty() || endsWith(name, "_total") || endsWith(name, "_bucket") || endsWith(name, "_count"))
        return true;
    const std::string_view family = m_typedFamily.begin != nullptr ? m_typedFamily.view() : std::string_view{};
    if (family.empty() || name.substr(0, family.size()) != family)
        return true;
    return m_typedAs == MetricType::Summary && endsWith(name, "_sum");
}

Result<LabelSet> Parser::decode(const std::vector<LabelSpan>& spans, const Span* name) const
{
    const auto nameText = [](const Span& span) {
        return span.escaped ? unescaped(span.view(), true) : std::string(span.view());
    };
    std::vector<Label> labels;
    labels.reserve(spans.size() + 1);
    if (name != nullptr)
        labels.push_back({std::string(kMetricName), nameText(*name)});
    for (const LabelSpan& span : spans) {
        if (span.name.begin == span.name.end)
            return Error{"a label name is empty", ErrorKind::BadInput};
        labels.push_back({nameText(span.name), nameText(span.value)});
    }
    std::ranges::sort(labels, {}, &Label::name);
    const auto twice = std::ranges::adjacent_find(labels, {}, &Label::name);
    if (twice != labels.end())
        return Error{"label name \"" + twice->name + "\" is not unique: invalid sample", ErrorKind::BadInput};
    return LabelSet(std::move(labels));
}

Result<LabelSet> Parser::labels() const
{
    return decode(m_labels, &m_name);
}

Result<LabelSet> Parser::exemplarLabels() const
{
    return decode(m_exemplarLabels, nullptr);
}

std::string Parser::family() const
{
    return m_family.escaped ? unescaped(m_family.view(), true) : std::string(m_family.view());
}

std::string Parser::text() const
{
    return unescaped(m_text.view(), m_format == Format::OpenMetrics);
}

}  // namespace holdfast::exposition
