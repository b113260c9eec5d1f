#include "app/commands/db.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/time_text.h"
#include "app/control/audit_log.h"
#include "app/store/check.h"
#include "app/store/store.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::commands {

namespace {

using nlohmann::json;

struct Arguments {
    std::string db;
    std::string target;
    std::size_t top = 10;
    bool json = false;
};

int fail(const std::string& message)
{
    std::fprintf(stderr, "holdfast db: %s\n", message.c_str());
    return 2;
}

void print(const json& answer)
{
    std::printf("%s\n", answer.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
}

unsigned long long big(std::uint64_t v)
{
    return v;
}

Result<std::unique_ptr<store::Store>> openStore(const Arguments& arguments, store::OpenMode mode, const Clock& clock,
                                                Log& log)
{
    store::StoreOptions options;
    options.path = arguments.db;
    options.mode = mode;
    return store::Store::open(options, clock, log);
}

/// Every link of the audit trail.
Result<control::AuditChain> auditChain(const Arguments& arguments)
{
    const SystemClock clock;
    Log log(stderr, LogLevel::Error, clock);
    HF_TRY(const auto store, openStore(arguments, store::OpenMode::ReadOnly, clock, log));
    return control::verifyAuditChain(*store);
}

int runCheck(const Arguments& arguments)
{
    auto report = store::checkFile(arguments.db);
    if (!report.ok())
        return fail(report.error().message);
    const auto read = auditChain(arguments);
    const control::AuditChain chain = read.ok() ? *read : control::AuditChain{};
    if (!read.ok())
        report->problems.push_back("audit: " + read.error().message);
    else if (chain.brokenAt)
        report->problems.push_back("audit: " + chain.why);
    const bool sound = report->problems.empty();
    if (arguments.json) {
        print({{"sound", sound},
               {"problems", report->problems},
               {"groups", report->groups},
               {"series", report->series},
               {"chunks", report->chunks},
               {"samples", report->samples},
               {"journal_rows", report->journalRows},
               {"last_commit", report->lastCommit},
               {"audit_rows", chain.rows},
               {"audit_last_hash", chain.lastHash}});
        return sound ? 0 : 1;
    }
    for (const std::string& problem : report->problems)
        std::printf("%s\n", problem.c_str());
    std::printf("%s: %llu chunks with %llu samples of %llu series, %llu commits in the journal\n",
                sound ? "sound" : "damaged", big(report->chunks), big(report->samples), big(report->series),
                big(report->journalRows));
    std::printf("audit: %lld rows%s, last hash %s\n", static_cast<long long>(chain.rows),
                chain.brokenAt ? " up to the break" : " in one chain", chain.lastHash.c_str());
    return sound ? 0 : 1;
}

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

Counts largest(const std::map<std::string, std::uint64_t>& counts, std::size_t top)
{
    Counts out(counts.begin(), counts.end());
    std::ranges::stable_sort(out, std::ranges::greater{}, &Counts::value_type::second);
    out.resize(std::min(out.size(), top));
    return out;
}

struct Cardinality {
    Counts byMetric;  ///< series
    Counts byLabel;   ///< distinct values
};

Result<Cardinality> cardinality(const store::Store& store, std::size_t top)
{
    const TimeRange always{0, std::numeric_limits<std::int64_t>::max()};
    HF_TRY(const auto all, store.series({}, always, {}));
    std::map<std::string, std::uint64_t> byMetric;
    for (const LabelSetPtr& labels : all)
        ++byMetric[std::string(labels->metricName())];
    HF_TRY(const auto names, store.labelNames({}, always, {}));
    std::map<std::string, std::uint64_t> byLabel;
    for (const std::string& name : names) {
        HF_TRY(const auto values, store.labelValues(name, {}, always, {}));
        byLabel[name] = values.size();
    }
    return Cardinality{largest(byMetric, top), largest(byLabel, top)};
}

json asJson(const Counts& counts)
{
    json out = json::array();
    for (const auto& [name, n] : counts)
        out.push_back({{"name", name}, {"count", n}});
    return out;
}

void printTable(const char* title, const Counts& counts)
{
    std::printf("%s\n", title);
    for (const auto& [name, n] : counts)
        std::printf("  %10llu  %s\n", big(n), name.c_str());
}

int runStats(const Arguments& arguments)
{
    const SystemClock clock;
    Log log(stderr, LogLevel::Warning, clock);
    const auto store = openStore(arguments, store::OpenMode::ReadOnly, clock, log);
    if (!store.ok())
        return fail(store.error().message);
    const store::StoreStats stats = (*store)->stats();
    const auto sums =
        (*store)->read({"SELECT count(*), coalesce(sum(n), 0), coalesce(sum(length(data)), 0) FROM chunk", {}});
    const auto journal = (*store)->read({"SELECT count(*), coalesce(sum(length(data)), 0) FROM journal", {}});
    const auto sizes = cardinality(**store, arguments.top);
    for (const Error* error : {sums.ok() ? nullptr : &sums.error(), journal.ok() ? nullptr : &journal.error(),
                               sizes.ok() ? nullptr : &sizes.error()}) {
        if (error)
            return fail(error->message);
    }
    const auto chunkSamples = static_cast<std::uint64_t>(sums->front().integer(1));
    const auto chunkBytes = static_cast<std::uint64_t>(sums->front().integer(2));
    const std::uint64_t samples = chunkSamples + stats.openSamples;
    if (arguments.json) {
        print({{"file_bytes", stats.fileBytes},
               {"series", stats.series},
               {"groups", stats.groups},
               {"samples", samples},
               {"oldest_ms", stats.oldestMs},
               {"newest_ms", stats.newestMs},
               {"chunks", sums->front().integer(0)},
               {"chunk_bytes", chunkBytes},
               {"journal_rows", journal->front().integer(0)},
               {"journal_bytes", journal->front().integer(1)},
               {"series_by_metric", asJson(sizes->byMetric)},
               {"values_by_label", asJson(sizes->byLabel)}});
        return 0;
    }
    std::printf("file      %llu bytes, %.3f bytes a sample\n", big(stats.fileBytes),
                samples == 0 ? 0.0 : static_cast<double>(stats.fileBytes) / static_cast<double>(samples));
    std::printf("samples   %llu, of which %llu in the journal only\n", big(samples), big(stats.openSamples));
    std::printf("chunks    %lld, %llu bytes, %.3f bytes a sample\n", static_cast<long long>(sums->front().integer(0)),
                big(chunkBytes),
                chunkSamples == 0 ? 0.0 : static_cast<double>(chunkBytes) / static_cast<double>(chunkSamples));
    std::printf("journal   %lld commits, %lld bytes\n", static_cast<long long>(journal->front().integer(0)),
                static_cast<long long>(journal->front().integer(1)));
    std::printf("series    %llu in %llu groups\n", big(stats.series), big(stats.groups));
    if (samples > 0)
        std::printf("time      %s to %s\n", rfc3339(stats.oldestMs).c_str(), rfc3339(stats.newestMs).c_str());
    printTable("series by metric", sizes->byMetric);
    printTable("values by label", sizes->byLabel);
    return 0;
}

int runCompact(const Arguments& arguments)
{
    const SystemClock clock;
    Log log(stderr, LogLevel::Warning, clock);
    if (const auto exists = openStore(arguments, store::OpenMode::ReadOnly, clock, log); !exists.ok())
        return fail(exists.error().message);
    const auto store = openStore(arguments, store::OpenMode::ReadWrite, clock, log);
    if (!store.ok())
        return fail(store.error().message);
    const std::uint64_t before = (*store)->stats().fileBytes;
    auto done = (*store)->compact();
    const std::uint64_t after = (*store)->stats().fileBytes;
    if (done.ok())
        done = (*store)->close();
    if (!done.ok())
        return fail(done.error().message);
    if (arguments.json)
        print({{"bytes_before", before}, {"bytes_after", after}});
    else
        std::printf("%llu bytes before, %llu after\n", big(before), big(after));
    return 0;
}

int runBackup(const Arguments& arguments)
{
    const SystemClock clock;
    Log log(stderr, LogLevel::Warning, clock);
    const auto store = openStore(arguments, store::OpenMode::ReadOnly, clock, log);
    if (!store.ok())
        return fail(store.error().message);
    if (const auto done = (*store)->backup(arguments.target); !done.ok())
        return fail(done.error().message);
    if (arguments.json)
        print({{"target", arguments.target}});
    else
        std::printf("copied to %s\n", arguments.target.c_str());
    return 0;
}

}  // namespace

void addDbCommand(CLI::App& app, CommandResult& result)
{
    auto arguments = std::make_shared<Arguments>();
    CLI::App* db = app.add_subcommand("db", "Look after a database");
    db->require_subcommand(1);
    const auto add = [&](const char* name, const char* about, int (*run)(const Arguments&)) {
        CLI::App* command = db->add_subcommand(name, about);
        command->add_option("--db", arguments->db, "The database")->required()->type_name("F");
        command->add_flag("--json", arguments->json, "Answer in JSON");
        command->callback([arguments, run, &result] { result.exitCode = run(*arguments); });
        return command;
    };
    add("check", "Read every byte, compare every checksum, follow the audit's chain", runCheck);
    add("stats", "Tell sizes and where series come from", runStats)
        ->add_option("--top", arguments->top, "Lines of each list")
        ->type_name("N");
    add("compact", "Join small chunks and hand free pages back", runCompact);
    add("backup", "Copy the database while it is in use", runBackup)
        ->add_option("target", arguments->target, "The copy; must not exist")
        ->required()
        ->type_name("FILE");
}

}  // namespace holdfast::commands
