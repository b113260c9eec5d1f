#pragma once

#include "app/base/result.h"
#include "app/model/label_set.h"
#include "app/model/metric_metadata.h"
#include "collectors/exposition/format.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::exposition {

/// Walks an exposition, entry by entry, without copying: what it hands out are views into the body.
///
///     Parser parser(body, format);
///     while ((entry = parser.next(hint)) != Parser::Entry::End) …
///
/// A hint is the series() text expected next, usually that of the last scrape: where the body has it, the line
/// costs a memcmp and the value. A wrong hint costs nothing but that.
///
/// Accepts what Prometheus 3 accepts, UTF-8 names in quotes included; after Error it stays at Error.
/// Source: Prometheus model/textparse/{promlex.l,promparse.go,openmetricslex.l,openmetricsparse.go}. Beyond it:
/// several blanks before the word of a TYPE line (text), blanks after commas between labels (OpenMetrics); and
/// refused as by Prometheus 2: a line break or an unknown escape in a quoted name, exemplars on series that OpenMetrics
/// gives none. The body outlives the parser. One thread at a time.
class Parser {
public:
    enum class Entry { Series, Help, Type, Unit, Comment, End, Error };

    Parser(std::string_view body, Format format);

    Entry next(std::string_view hint = {});

    /// Skips a line that was read before (HELP, TYPE, UNIT), given with its line end, if it comes next.
    bool skipLine(std::string_view line);
    /// The current entry as it stands in the body, with its line end.
    [[nodiscard]] std::string_view entryText() const { return {m_entry, static_cast<std::size_t>(m_at - m_entry)}; }

    // After Series.
    /// The series as it stands in the body: name and braces, without the value. The cache key of a series.
    [[nodiscard]] std::string_view series() const { return m_series; }
    /// True when the hint matched: labels() and name() are then not available, the caller knows them.
    [[nodiscard]] bool matchedHint() const { return m_matchedHint; }
    [[nodiscard]] double value() const { return m_value; }
    [[nodiscard]] std::optional<std::int64_t> timestamp() const { return m_timestamp; }
    /// Decoded labels with `__name__`. Fails where a name stands twice or is no UTF-8.
    [[nodiscard]] Result<LabelSet> labels() const;
    [[nodiscard]] bool hasExemplar() const { return m_hasExemplar; }
    [[nodiscard]] Result<LabelSet> exemplarLabels() const;
    [[nodiscard]] double exemplarValue() const { return m_exemplarValue; }
    [[nodiscard]] std::optional<std::int64_t> exemplarTimestamp() const { return m_exemplarTimestamp; }

    // After Help, Type, Unit.
    /// The metric family, decoded.
    [[nodiscard]] std::string family() const;
    [[nodiscard]] MetricType type() const { return m_type; }
    /// The help text decoded, or the unit.
    [[nodiscard]] std::string text() const;

    // After Error.
    /// "line 3, column 7: expected a value after the metric, found "abc"".
    [[nodiscard]] const std::string& error() const { return m_error; }
    [[nodiscard]] std::size_t errorLine() const { return m_errorLine; }

    /// Number of the line on which the current entry begins, from 1. Walks the body: for messages only.
    [[nodiscard]] std::size_t line() const;

private:
    struct Span {
        const char* begin = nullptr;
        const char* end = nullptr;
        bool escaped = false;  ///< has backslashes
        [[nodiscard]] std::string_view view() const { return {begin, static_cast<std::size_t>(end - begin)}; }
    };
    struct LabelSpan {
        Span name;
        Span value;
    };

    Entry fail(const char* at, std::string_view what);
    Entry failExpected(const char* at, std::string_view expected);
    void skipBlanks();
    [[nodiscard]] bool atBlank() const { return m_at != m_end && (*m_at == ' ' || *m_at == '\t'); }
    enum class QuotedName { No, Yes };
    bool readQuoted(Span& span, QuotedName names);
    bool readName(Span& span, bool colons);
    Entry readHash();
    Entry readMetadata(Entry kind);
    Entry readSeries();
    bool readLabels(std::vector<LabelSpan>& labels, bool exemplar);
    Entry readValueText();
    Entry readValueOpenMetrics();
    bool readExemplar();
    [[nodiscard]] bool mayHaveExemplar() const;
    bool tryHint(std::string_view hint);
    [[nodiscard]] std::string_view word();
    [[nodiscard]] Result<LabelSet> decode(const std::vector<LabelSpan>& spans, const Span* name) const;

    const char* const m_begin;
    const char* const m_end;
    const char* m_at;
    const char* m_entry;  ///< where the current entry begins
    const Format m_format;

    std::string_view m_series;
    bool m_matchedHint = false;
    Span m_name;
    std::vector<LabelSpan> m_labels;
    double m_value = 0;
    std::optional<std::int64_t> m_timestamp;
    bool m_hasExemplar = false;
    std::vector<LabelSpan> m_exemplarLabels;
    double m_exemplarValue = 0;
    std::optional<std::int64_t> m_exemplarTimestamp;

    Span m_family;
    Span m_text;
    MetricType m_type = MetricType::Unknown;
    Span m_typedFamily;                          ///< of the last TYPE line …
    MetricType m_typedAs = MetricType::Unknown;  ///< … which says what may carry an exemplar

    bool m_failed = false;
    std::string m_error;
    std::size_t m_errorLine = 0;
};

}  // namespace holdfast::exposition
