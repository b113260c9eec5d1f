#include "collectors/exposition/strict_check.h"

#include "collectors/exposition/parser.h"
#include "collectors/exposition/value_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace holdfast::exposition {

namespace {

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The samples of one label set (without le and quantile) of a histogram.
struct Group {
    double lastBound = -INFINITY;
    double lastCount = 0;
    bool buckets = false;
    bool infinite = false;
    bool negativeBound = false;
    std::optional<double> count;
    bool sum = false;
    std::optional<double> sumValue;
    std::size_t line = 0;
};

struct Family {
    MetricType type = MetricType::Unknown;
    bool hasType = false;
    bool hasHelp = false;
    bool hasUnit = false;
    bool samples = false;
    bool closed = false;
    std::map<LabelSet, Group> groups;
    std::optional<LabelSet> currentGroup;
    std::set<LabelSet> leftGroups;
    std::map<LabelSet, std::optional<std::int64_t>> times;
};

class Checker {
public:
    Checker(std::string_view body, Format format) : m_parser(body, format), m_format(format) {}

    std::vector<Finding> run(std::string_view body)
    {
        for (;;) {
            const Parser::Entry entry = m_parser.next();
            if (entry == Parser::Entry::Error) {
                m_findings.push_back({m_parser.errorLine(), m_parser.error(), false});
                return std::move(m_findings);
            }
            if (entry == Parser::Entry::End)
                break;
            if (entry == Parser::Entry::Series)
                takeSample();
            else if (entry != Parser::Entry::Comment)
                takeMetadata(entry);
        }
        leaveFamily();
        if (m_format == Format::Text && !body.empty() && body.find_last_not_of(" \t") != std::string_view::npos
            && body[body.find_last_not_of(" \t")] != '\n')
            add("the last line does not end with a line break");
        return std::move(m_findings);
    }

private:
    [[nodiscard]] bool strict() const { return m_format == Format::OpenMetrics; }
    void add(const std::string& what) { m_findings.push_back({m_parser.line(), what, false}); }
    void advise(const std::string& what) { m_findings.push_back({m_parser.line(), what, true}); }

    Family& enter(const std::string& name)
    {
        if (name != m_name) {
            leaveFamily();
            m_name = name;
            if (strict() && m_families[name].closed)
                add("the family " + name + " stands in two places");
        }
        return m_families[name];
    }

    void leaveFamily()
    {
        if (m_name.empty())
            return;
        Family& family = m_families[m_name];
        for (const auto& [labels, group] : family.groups)
            checkWhole(family, group);
        family.closed = true;
        family.groups.clear();
    }

    void checkWhole(const Family& family, const Group& group)
    {
        const bool gauge = family.type == MetricType::GaugeHistogram;
        if ((family.type != MetricType::Histogram && !gauge) || !strict())
            return;
        const auto say = [&](const std::string& what) {
            m_findings.push_back({group.line, m_name + ": " + what, false});
        };
        if (!group.infinite)
            say("a histogram needs the bucket le=\"+Inf\"");
        else if (group.count && *group.count != group.lastCount)
            say("the count differs from the bucket le=\"+Inf\"");
        if (group.count.has_value() != group.sum)
            say("count and sum come together or not at all");
        if (group.negativeBound && group.sum && !gauge)
            say("a histogram with negative bounds has no sum");
        if (gauge && !group.negativeBound && group.sumValue && *group.sumValue < 0)
            say("a negative sum needs negative bounds");
    }

    void takeMetadata(Parser::Entry entry)
    {
        const std::string name = m_parser.family();
        Family& family = enter(name);
        bool& flag = entry == Parser::Entry::Type   ? family.hasType
                     : entry == Parser::Entry::Help ? family.hasHelp
                                                    : family.hasUnit;
        if (flag)
            add("a second line of this kind for " + name);
        flag = true;
        if (family.samples && (strict() || entry == Parser::Entry::Type))
            add("metadata of " + name + " after its samples");
        if (entry == Parser::Entry::Type) {
            family.type = m_parser.type();
            if (strict())
                checkClash(name, family.type);
        }
        const bool unitless = family.type == MetricType::Info || family.type == MetricType::StateSet;
        if (family.hasUnit && family.hasType && unitless && entry != Parser::Entry::Help
            && !(entry == Parser::Entry::Unit && m_parser.text().empty()))
            add(name + ": this type has no unit");
        if (entry == Parser::Entry::Help && m_format == Format::Text && m_parser.text().empty())
            advise(name + ": no help text");
    }

    static std::vector<std::string_view> suffixes(MetricType type, bool strictFormat)
    {
        switch (type) {
        case MetricType::Counter:
            return strictFormat ? std::vector<std::string_view>{"_total", "_created"}
                                : std::vector<std::string_view>{""};
        case MetricType::Histogram: return {"_bucket", "_count", "_sum", "_created"};
        case MetricType::GaugeHistogram: return {"_bucket", "_gcount", "_gsum"};
        case MetricType::Summary: return {"", "_count", "_sum", "_created"};
        case MetricType::Info: return {"_info"};
        default: return {""};
        }
    }

    void checkClash(const std::string& name, MetricType type)
    {
        for (const std::string_view suffix : suffixes(type, true)) {
            const auto [it, fresh] = m_sampleNames.emplace(name + std::string(suffix), name);
            if (!fresh && it->second != name)
                add(name + " and " + it->second + " both stand for " + it->first);
        }
    }

    /// The family of a sample's name, and the suffix that leads to it.
    std::pair<std::string, std::string> familyOf(const std::string& name)
    {
        const auto belongs = [&](const std::string& family) {
            const auto it = m_families.find(family);
            if (it == m_families.end() || !it->second.hasType || name.substr(0, family.size()) != family)
                return false;
            const auto allowed = suffixes(it->second.type, strict());
            return std::ranges::find(allowed, std::string_view(name).substr(family.size())) != allowed.end();
        };
        if (!m_name.empty() && belongs(m_name))
            return {m_name, name.substr(m_name.size())};
        for (const char* suffix : {"_total", "_created", "_bucket", "_count", "_sum", "_gcount", "_gsum", "_info"}) {
            if (endsWith(name, suffix)) {
                const std::string family = name.substr(0, name.size() - std::string_view(suffix).size());
                if (belongs(family))
                    return {family, suffix};
            }
        }
        return {name, ""};
    }

    void takeSample()
    {
        const Result<LabelSet> parsed = m_parser.labels();
        if (!parsed) {
            add(parsed.error().message);
            return;
        }
        const auto [name, suffix] = familyOf(std::string(parsed->metricName()));
        Family& family = enter(name);
        if (strict() && !family.samples && family.hasType) {
            const auto allowed = suffixes(family.type, true);
            if (std::ranges::find(allowed, std::string_view(suffix)) == allowed.end())
                add(std::string(parsed->metricName()) + ": a metric of type " + metricTypeWord(family.type)
                    + " has no sample of this name");
        }
        family.samples = true;
        checkValue(family, *parsed, suffix);
        checkGroup(family, *parsed, suffix);
        if (strict())
            checkTime(family, *parsed);
        if (m_parser.hasExemplar())
            checkExemplar(family, suffix);
        if (!strict() && m_parser.series().find('\n') != std::string_view::npos)
            add("a line break inside a label value");
    }

    void checkValue(const Family& family, const LabelSet& labels, const std::string& suffix)
    {
        const double v = m_parser.value();
        const auto name = std::string(labels.metricName());
        const auto counts = suffix == "_total" || suffix == "_bucket" || suffix == "_count" || suffix == "_gcount";
        const bool wholes = suffix == "_bucket" || suffix == "_count" || suffix == "_gcount";
        if (!family.hasType)
            return;
        const bool histogram = family.type == MetricType::Histogram || family.type == MetricType::GaugeHistogram;
        if (!strict()) {
            if (family.type == MetricType::Histogram && wholes && !(v >= 0))
                add(name + ": a count that is negative or no number");
            return;
        }
        if (counts && (std::isnan(v) || v < 0))
            add(name + ": a count that is negative or no number");
        if (wholes && std::isfinite(v) && v != std::floor(v))
            add(name + ": a count that is not whole");
        if (suffix == "_sum" && (std::isnan(v) || (family.type == MetricType::Summary && v < 0)))
            add(name + ": a sum that is negative or no number");
        if (suffix == "_gsum" && std::isnan(v))
            add(name + ": a sum that is no number");
        if (family.type == MetricType::Summary && suffix.empty() && v < 0)
            add(name + ": a quantile's value is never negative");
        if (family.type == MetricType::Info && v != 1)
            add(name + ": the value of an info is 1");
        if (family.type == MetricType::StateSet && v != 0 && v != 1)
            add(name + ": the value of a state is 0 or 1");
        if (family.type == MetricType::StateSet && !labels.has(labels.metricName()))
            add(name + ": a state set needs a label with its own name");
        static_cast<void>(histogram);
    }

    void checkGroup(Family& family, const LabelSet& labels, const std::string& suffix)
    {
        const bool histogram = family.type == MetricType::Histogram || family.type == MetricType::GaugeHistogram;
        const bool summary = family.type == MetricType::Summary;
        if (!family.hasType || (!histogram && !summary))
            return;
        const auto name = std::string(labels.metricName());
        LabelSet key = labels.without(kMetricName);
        if (suffix == "_bucket")
            key = key.without("le");
        if (summary && suffix.empty())
            key = key.without("quantile");
        if (strict() && family.currentGroup != key) {
            if (family.currentGroup)
                family.leftGroups.insert(*family.currentGroup);
            if (family.leftGroups.contains(key))
                add(name + ": the samples of one label set stand in two places");
            family.currentGroup = key;
        }
        if (summary && suffix.empty()) {
            const auto quantile = parseValue(labels.get("quantile"));
            if (!quantile || !(*quantile >= 0 && *quantile <= 1))
                add(name + ": a summary needs a quantile from 0 to 1");
            return;
        }
        if (!histogram)
            return;
        Group& group = family.groups[key];
        group.line = m_parser.line();
        const double v = m_parser.value();
        if (suffix == "_bucket") {
            const std::string_view le = labels.get("le");
            const auto bound = parseValue(le);
            if (!bound || std::isnan(*bound) || (strict() && std::isinf(*bound) && le != "+Inf"))
                return add(name + ": a bucket needs a bound in le, and +Inf is written +Inf");
            if (strict() && group.buckets && !(*bound > group.lastBound))
                add(name + ": the bounds of the buckets do not rise");
            if (strict() && group.buckets && v < group.lastCount)
                add(name + ": the counts of the buckets fall");
            group.buckets = true;
            group.lastBound = *bound;
            group.lastCount = v;
            group.infinite = group.infinite || std::isinf(*bound);
            group.negativeBound = group.negativeBound || *bound < 0;
        } else if (suffix == "_count" || suffix == "_gcount") {
            group.count = v;
        } else if (suffix == "_sum" || suffix == "_gsum") {
            group.sum = true;
            group.sumValue = v;
        }
    }

    void checkTime(Family& family, const LabelSet& labels)
    {
        const auto [it, fresh] = family.times.try_emplace(labels, m_parser.timestamp());
        if (fresh)
            return;
        const auto before = it->second;
        const auto now = m_parser.timestamp();
        if (before.has_value() != now.has_value())
            add(std::string(labels.metricName()) + ": with and without a timestamp");
        else if (!before)
            add("the series " + labels.text() + " stands twice");
        else if (*now < *before)
            add(std::string(labels.metricName()) + ": the timestamps go back");
        it->second = now;
    }

    void checkExemplar(const Family& family, const std::string& suffix)
    {
        const bool fits = (family.type == MetricType::Counter && suffix == "_total")
                          || ((family.type == MetricType::Histogram || family.type == MetricType::GaugeHistogram)
                              && suffix == "_bucket");
        if (!fits && family.hasType)
            add("only counters and buckets carry exemplars");
        const auto labels = m_parser.exemplarLabels();
        if (!labels)
            return add(labels.error().message);
        std::size_t characters = 0;
        for (const Label& label : *labels) {
            for (const std::string* text : {&label.name, &label.value})
                characters += static_cast<std::size_t>(std::ranges::count_if(
                    *text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
        }
        constexpr std::size_t most = 128;
        if (characters > most)
            add("the exemplar's labels have more than 128 characters");
    }

    Parser m_parser;
    Format m_format;
    std::string m_name;
    std::map<std::string, Family> m_families;
    std::map<std::string, std::string> m_sampleNames;
    std::vector<Finding> m_findings;
};

}  // namespace

std::vector<Finding> strictCheck(std::string_view body, Format format)
{
    return Checker(body, format).run(body);
}

}  // namespace holdfast::exposition
