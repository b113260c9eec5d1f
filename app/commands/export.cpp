#include "app/commands/export.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/number_text.h"
#include "app/base/time_text.h"
#include "app/model/sample.h"
#include "app/promql/syntax/parser.h"
#include "app/store/store.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::commands {

namespace {

constexpr std::size_t kPiece = 1U << 20U;

struct Family {
    MetricMetadata about;  ///< family empty: nothing is known
    std::vector<std::string> metrics;
};

// OpenMetrics names a counter's family without the "_total" that its samples have.
std::string familyName(const MetricMetadata& about)
{
    constexpr std::string_view total = "_total";
    const bool strip = about.type == MetricType::Counter && about.family.ends_with(total);
    return strip ? about.family.substr(0, about.family.size() - total.size()) : about.family;
}

std::vector<std::string> suffixesOf(MetricType type)
{
    switch (type) {
    case MetricType::Counter: return {"_total", "_created"};
    case MetricType::Histogram: return {"_bucket", "_sum", "_count", "_created"};
    case MetricType::GaugeHistogram: return {"_bucket", "_gsum", "_gcount"};
    case MetricType::Summary: return {"", "_sum", "_count", "_created"};
    case MetricType::Info: return {"_info"};
    default: return {""};
    }
}

/// Metrics gathered under their families, families in the order of their names.
std::map<std::string, Family> families(const store::Querier& querier, const std::vector<std::string>& metrics)
{
    std::map<std::string, Family> out;
    std::map<std::string, std::string> familyOf;
    for (const MetricMetadata& about : querier.metadata("")) {
        const std::string name = familyName(about);
        if (!out[name].about.family.empty())
            continue;
        out[name].about = about;
        for (const std::string& suffix : suffixesOf(about.type))
            familyOf.try_emplace(name + suffix, name);
    }
    for (const std::string& metric : metrics) {
        const auto family = familyOf.find(metric);
        // A counter whose samples lack "_total" is none to OpenMetrics; it is written without a type.
        out[family == familyOf.end() ? metric : family->second].metrics.push_back(metric);
    }
    for (auto& [name, family] : out) {
        const bool untyped = std::ranges::any_of(family.metrics, [&](const std::string& metric) {
            const auto known = familyOf.find(metric);
            return known == familyOf.end() || known->second != name;
        });
        if (untyped)
            family.about = {};
    }
    std::erase_if(out, [](const auto& entry) { return entry.second.metrics.empty(); });
    return out;
}

void appendEscaped(std::string& out, std::string_view text)
{
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"')
            out += '\\';
        out += c;
    }
}

void appendSeconds(std::string& out, std::int64_t ms)
{
    out += std::to_string(ms / 1000);
    if (const std::int64_t rest = ms % 1000; rest != 0) {
        const std::string digits = std::to_string(1000 + rest);
        out += '.';
        out += std::string_view(digits).substr(1);
    }
}

void appendSeriesText(std::string& out, const LabelSet& labels)
{
    const std::string_view name = labels.metricName();
    const bool plain = isClassicMetricName(name);
    if (plain)
        out += name;
    bool first = true;
    const auto separate = [&] { out += std::exchange(first, false) ? '{' : ','; };
    if (!plain && !name.empty()) {
        separate();
        out += quotedLabelValue(name);
    }
    for (const Label& label : labels) {
        if (label.name == kMetricName)
            continue;
        separate();
        out += isClassicLabelName(label.name) ? label.name : quotedLabelValue(label.name);
        out += '=';
        out += quotedLabelValue(label.value);
    }
    if (!first)
        out += '}';
}

void appendHead(std::string& out, const std::string& name, const MetricMetadata& about)
{
    if (about.family.empty())
        return;
    const std::string shown = isClassicMetricName(name) ? name : quotedLabelValue(name);
    out += "# TYPE " + shown + " " + metricTypeWord(about.type) + "\n";
    if (!about.unit.empty() && name.ends_with("_" + about.unit))
        out += "# UNIT " + shown + " " + about.unit + "\n";
    if (!about.help.empty()) {
        out += "# HELP " + shown + " ";
        appendEscaped(out, about.help);
        out += '\n';
    }
}

std::optional<std::int64_t> parseTime(const std::string& text)
{
    if (const auto seconds = parseDouble(text); seconds && std::isfinite(*seconds))
        return static_cast<std::int64_t>(std::llround(*seconds * 1000));
    return parseRfc3339(text);
}

struct Arguments {
    std::string db;
    std::vector<std::string> selectors;
    std::string start;
    std::string end;
};

int fail(const std::string& message)
{
    std::fprintf(stderr, "holdfast export: %s\n", message.c_str());
    return 2;
}

int runExport(const Arguments& arguments)
{
    const SystemClock clock;
    Log log(stderr, LogLevel::Warning, clock);
    TimeRange range{0, std::numeric_limits<std::int64_t>::max()};
    const auto readTime = [](const std::string& text, std::int64_t& out) {
        const auto time = text.empty() ? std::optional(out) : parseTime(text);
        out = time.value_or(out);
        return time.has_value();
    };
    if (!readTime(arguments.start, range.start) || !readTime(arguments.end, range.end))
        return fail("a time is seconds since 1970 or like 2026-01-02T03:04:05Z");
    std::vector<std::vector<LabelMatcher>> selections;
    for (const std::string& selector : arguments.selectors) {
        auto matchers = promql::parseSelector(selector);
        if (!matchers.ok())
            return fail(matchers.error().message);
        selections.push_back(std::move(matchers).value());
    }
    if (selections.size() > 1)
        return fail("one --match at a time: text of several selections could hold a series twice");
    store::StoreOptions options;
    options.path = arguments.db;
    options.mode = store::OpenMode::ReadOnly;
    const auto store = store::Store::open(options, clock, log);
    if (!store.ok())
        return fail(store.error().message);
    bool written = true;
    const auto write = [&](std::string_view text) {
        written = written && std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    };
    const auto report =
        exportText(**store, selections.empty() ? std::vector<LabelMatcher>() : selections.front(), range, write);
    if (!report.ok())
        return fail(report.error().message);
    if (std::fflush(stdout) != 0 || !written)
        return fail("the output could not be written");
    if (report->staleMarkers > 0)
        std::fprintf(stderr, "holdfast export: %llu ends of series left out, OpenMetrics has no word for them\n",
                     static_cast<unsigned long long>(report->staleMarkers));
    return 0;
}

}  // namespace

Result<ExportReport> exportText(const store::Querier& querier, std::span<const LabelMatcher> matchers, TimeRange range,
                                const std::function<void(std::string_view)>& write)
{
    ExportReport report;
    store::ReadLimits limits;
    limits.maxSamples = std::numeric_limits<std::uint64_t>::max();
    HF_TRY(std::vector<std::string> metrics, querier.labelValues(kMetricName, matchers, range, limits));
    metrics.emplace_back();  // series without a name
    std::string out;
    for (const auto& [name, family] : families(querier, metrics)) {
        bool headed = false;
        for (const std::string& metric : family.metrics) {
            std::vector<LabelMatcher> narrowed(matchers.begin(), matchers.end());
            narrowed.push_back({MatchType::Equal, std::string(kMetricName), metric});
            HF_TRY(const store::SeriesSet set, querier.select(narrowed, range, {}, limits));
            for (const std::string& warning : set.warnings)
                std::fprintf(stderr, "holdfast export: left out: %s\n", warning.c_str());
            for (const store::SeriesView& series : set.series) {
                if (!headed)
                    appendHead(out, name, family.about);
                headed = true;
                std::string text;
                appendSeriesText(text, *series.labels);
                ++report.series;
                for (std::size_t i = 0; i < series.times.size(); ++i) {
                    if (isStaleMarker(series.values[i])) {
                        ++report.staleMarkers;
                        continue;
                    }
                    out += text;
                    out += ' ';
                    appendNumber(out, series.values[i]);
                    out += ' ';
                    appendSeconds(out, series.times[i]);
                    out += '\n';
                    ++report.samples;
                    if (out.size() > kPiece) {
                        write(out);
                        out.clear();
                    }
                }
            }
        }
    }
    out += "# EOF\n";
    write(out);
    return report;
}

void addExportCommand(CLI::App& app, CommandResult& result)
{
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = app.add_subcommand("export", "Write samples as OpenMetrics text");
    command->add_option("--db", arguments->db, "The database")->required()->type_name("F");
    command->add_option("--match", arguments->selectors, "Only these series, like up{job=\"shop\"}")->type_name("SEL");
    command->add_option("--start", arguments->start, "First time: seconds since 1970 or RFC 3339")->type_name("A");
    command->add_option("--end", arguments->end, "Last time, inclusive")->type_name("B");
    command->callback([arguments, &result] { result.exitCode = runExport(*arguments); });
}

}  // namespace holdfast::commands
