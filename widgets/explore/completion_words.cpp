#include "widgets/explore/completion_words.h"

#include "app/promql/syntax/function_signature.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

struct Help {
    const char* name;
    const char* text;
};

// What people reach for; the rest is told by its arguments.
constexpr Help helps[] = {
    {"rate", QT_TRANSLATE_NOOP("Explore", "per-second increase of a counter, averaged over the range")},
    {"irate", QT_TRANSLATE_NOOP("Explore", "per-second increase from the last two samples: jumpy, for zooming in")},
    {"increase", QT_TRANSLATE_NOOP("Explore", "how much a counter grew over the range")},
    {"delta", QT_TRANSLATE_NOOP("Explore", "difference between the ends of the range, for gauges")},
    {"deriv", QT_TRANSLATE_NOOP("Explore", "slope per second of a gauge, by linear regression")},
    {"predict_linear", QT_TRANSLATE_NOOP("Explore", "value so many seconds from now if the trend goes on")},
    {"histogram_quantile", QT_TRANSLATE_NOOP("Explore", "quantile from buckets: sum them by (le) first")},
    {"avg_over_time", QT_TRANSLATE_NOOP("Explore", "mean of the samples in the range")},
    {"max_over_time", QT_TRANSLATE_NOOP("Explore", "largest sample in the range")},
    {"min_over_time", QT_TRANSLATE_NOOP("Explore", "smallest sample in the range")},
    {"sum_over_time", QT_TRANSLATE_NOOP("Explore", "sum of the samples in the range")},
    {"count_over_time", QT_TRANSLATE_NOOP("Explore", "number of samples in the range")},
    {"last_over_time", QT_TRANSLATE_NOOP("Explore", "newest sample in the range")},
    {"quantile_over_time", QT_TRANSLATE_NOOP("Explore", "quantile of the samples in the range")},
    {"absent", QT_TRANSLATE_NOOP("Explore", "1 if nothing matches, otherwise nothing")},
    {"absent_over_time", QT_TRANSLATE_NOOP("Explore", "1 if nothing matched anywhere in the range")},
    {"changes", QT_TRANSLATE_NOOP("Explore", "how often the value changed in the range")},
    {"resets", QT_TRANSLATE_NOOP("Explore", "how often a counter fell in the range")},
    {"label_replace", QT_TRANSLATE_NOOP("Explore", "sets a label from another one by a regular expression")},
    {"label_join", QT_TRANSLATE_NOOP("Explore", "sets a label from several others")},
    {"clamp_min", QT_TRANSLATE_NOOP("Explore", "raises what is below a bound to it")},
    {"clamp_max", QT_TRANSLATE_NOOP("Explore", "lowers what is above a bound to it")},
    {"round", QT_TRANSLATE_NOOP("Explore", "rounds to a multiple")},
    {"time", QT_TRANSLATE_NOOP("Explore", "seconds since 1970 at the evaluation")},
    {"timestamp", QT_TRANSLATE_NOOP("Explore", "when each sample was taken, seconds since 1970")},
    {"vector", QT_TRANSLATE_NOOP("Explore", "a scalar as a vector without labels")},
    {"scalar", QT_TRANSLATE_NOOP("Explore", "the one element of a vector as a number")},
    {"sort_desc", QT_TRANSLATE_NOOP("Explore", "largest first, in instant queries")},
    {"sum", QT_TRANSLATE_NOOP("Explore", "adds up: sum by (label) (…)")},
    {"avg", QT_TRANSLATE_NOOP("Explore", "mean; never of quantiles or ratios")},
    {"max", QT_TRANSLATE_NOOP("Explore", "largest of each group")},
    {"min", QT_TRANSLATE_NOOP("Explore", "smallest of each group")},
    {"count", QT_TRANSLATE_NOOP("Explore", "number of series in each group")},
    {"topk", QT_TRANSLATE_NOOP("Explore", "the k largest: topk(5, …)")},
    {"bottomk", QT_TRANSLATE_NOOP("Explore", "the k smallest")},
    {"quantile", QT_TRANSLATE_NOOP("Explore", "quantile over the series of a group")},
    {"group", QT_TRANSLATE_NOOP("Explore", "1 for each group that exists")},
    {"stddev", QT_TRANSLATE_NOOP("Explore", "standard deviation over the series of a group")},
    {"count_values", QT_TRANSLATE_NOOP("Explore", "number of series by value")},
};

constexpr std::array aggregations{"sum",     "avg",      "max",   "min",    "count",  "topk",
                                  "bottomk", "quantile", "group", "stddev", "stdvar", "count_values"};
constexpr std::array keywords{"by",   "without", "on",  "ignoring", "group_left", "group_right",
                              "bool", "offset",  "and", "or",       "unless"};

constexpr std::array groupings{"by", "without", "on", "ignoring", "group_left", "group_right"};

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char(':');
}

QString nameBefore(const QString& text, int end)
{
    int start = end;
    while (start > 0 && isNamePart(text[start - 1]))
        --start;
    return text.mid(start, end - start);
}

/// Where the braces that enclose `cursor` open, and whether the cursor stands inside a quoted value there.
struct Enclosure {
    int brace = -1;
    int quote = -1;
};

Enclosure enclosureOf(const QString& text, int cursor)
{
    Enclosure found;
    for (int i = 0; i < cursor; ++i) {
        const QChar c = text[i];
        if (found.quote >= 0) {
            if (c == QLatin1Char('\\'))
                ++i;
            else if (c == text[found.quote])
                found.quote = -1;
        } else if (c == QLatin1Char('"') || c == QLatin1Char('\'') || c == QLatin1Char('`')) {
            found.quote = i;
        } else if (c == QLatin1Char('{')) {
            found.brace = i;
        } else if (c == QLatin1Char('}')) {
            found.brace = -1;
        }
    }
    return found;
}

/// Whether the parenthesis around `cursor` lists labels: `by (job, |`.
bool insideGrouping(const QString& text, int cursor)
{
    int depth = 0;
    int open = cursor - 1;
    for (; open >= 0; --open) {
        if (text[open] == QLatin1Char(')'))
            ++depth;
        else if (text[open] == QLatin1Char('(') && depth-- == 0)
            break;
    }
    while (open > 0 && text[open - 1].isSpace())
        --open;
    const QString word = open > 0 ? nameBefore(text, open) : QString();
    return std::ranges::any_of(groupings, [&](const char* each) { return word == QLatin1String(each); });
}

}  // namespace

QString helpFor(const QString& name)
{
    for (const Help& help : helps) {
        if (name == QLatin1String(help.name))
            return QCoreApplication::translate("Explore", help.text);
    }
    return {};
}

std::vector<CompletionWord> languageWords()
{
    std::vector<CompletionWord> words;
    for (const promql::FunctionSignature& function : promql::allFunctions()) {
        if (function.experimental)
            continue;
        const QString name = QString::fromUtf8(function.name.data(), static_cast<qsizetype>(function.name.size()));
        words.push_back({name + QLatin1Char('('), helpFor(name)});
    }
    for (const char* name : aggregations)
        words.push_back({QLatin1String(name) + QLatin1Char('('), helpFor(QLatin1String(name))});
    for (const char* name : keywords)
        words.push_back({QLatin1String(name), {}});
    return words;
}

CompletionPlace completionPlace(const QString& text, int cursor)
{
    const Enclosure inside = enclosureOf(text, cursor);
    CompletionPlace place;
    if (inside.brace < 0) {
        if (inside.quote >= 0)
            return place;
        place.kind = insideGrouping(text, cursor) ? CompletionPlace::Kind::GroupLabel : CompletionPlace::Kind::Name;
        place.prefix = nameBefore(text, cursor);
        return place;
    }
    place.metric = nameBefore(text, inside.brace);
    if (inside.quote < 0) {
        place.kind = CompletionPlace::Kind::LabelName;
        place.prefix = nameBefore(text, cursor);
        return place;
    }
    int end = inside.quote;
    while (end > inside.brace && !isNamePart(text[end - 1]))
        --end;
    place.kind = CompletionPlace::Kind::LabelValue;
    place.label = nameBefore(text, end);
    place.prefix = text.mid(inside.quote + 1, cursor - inside.quote - 1);
    return place;
}

}  // namespace holdfast::widgets
