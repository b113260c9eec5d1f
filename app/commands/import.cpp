#include "app/commands/import.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "collectors/exposition/parser.h"

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace holdfast::commands {

namespace {

using exposition::Format;
using exposition::Parser;

constexpr std::size_t kBatch = 100'000;

/// A file's bytes without copying them; the kernel reads ahead and forgets. One thread at a time.
class MappedFile {
public:
    static Result<MappedFile> open(const std::string& path)
    {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat info {};
        if (fd < 0 || ::fstat(fd, &info) != 0) {
            Error error{path + ": " + std::strerror(errno), ErrorKind::NotFound};
            if (fd >= 0)
                ::close(fd);
            return error;
        }
        const auto size = static_cast<std::size_t>(info.st_size);
        void* data = size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
        ::close(fd);
        if (data == MAP_FAILED)
            return Error{path + " cannot be mapped: " + std::strerror(errno), ErrorKind::Failed};
        if (data)
            ::madvise(data, size, MADV_SEQUENTIAL);
        return MappedFile(static_cast<const char*>(data), size);
    }
    MappedFile(MappedFile&& other) noexcept
        : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
    {
    }
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile()
    {
        if (m_data)
            ::munmap(const_cast<char*>(m_data), m_size);
    }
    [[nodiscard]] std::string_view bytes() const { return {m_data, m_size}; }

private:
    MappedFile(const char* data, std::size_t size) : m_data(data), m_size(size) {}
    const char* m_data;
    std::size_t m_size;
};

Result<void> checkText(std::string_view text)
{
    Parser parser(text, Format::OpenMetrics);
    std::unordered_map<std::string_view, bool> seen;
    std::string_view last;
    while (true) {
        switch (parser.next(last)) {
        case Parser::Entry::End: return {};
        case Parser::Entry::Error: return Error{parser.error(), ErrorKind::BadInput};
        case Parser::Entry::Series: {
            const auto at = [&] { return "line " + std::to_string(parser.line()) + ": "; };
            if (!parser.timestamp())
                return Error{at() + "expected a timestamp after the value; without one a sample has no place in time",
                             ErrorKind::BadInput};
            if (*parser.timestamp() < 0)
                return Error{at() + "the timestamp lies before 1970", ErrorKind::BadInput};
            if (parser.matchedHint())
                break;
            last = parser.series();
            if (seen.emplace(last, true).second) {
                if (const auto labels = parser.labels(); !labels.ok())
                    return Error{at() + labels.error().message, ErrorKind::BadInput};
            }
            if (parser.hasExemplar()) {
                if (const auto labels = parser.exemplarLabels(); !labels.ok())
                    return Error{at() + labels.error().message, ErrorKind::BadInput};
            }
            break;
        }
        default: break;
        }
    }
}

/// Gathers samples into batches for the store. One thread at a time.
class Feeder {
public:
    Feeder(store::Store& store, ImportReport& report) : m_store(store), m_report(report) { m_batch.origin = "import"; }

    Result<void> add(SeriesId series, std::int64_t t, double v)
    {
        m_batch.samples.push_back({series, t, v});
        return m_batch.samples.size() < kBatch ? Result<void>() : send();
    }
    void addExemplar(SeriesId series, Exemplar exemplar) { m_batch.exemplars.push_back({series, std::move(exemplar)}); }
    void addMetadata(MetricMetadata entry) { m_batch.metadata.push_back(std::move(entry)); }

    Result<void> send()
    {
        Batch next{.origin = m_batch.origin, .samples = {}, .metadata = {}, .exemplars = {}};
        std::swap(next, m_batch);
        // The writer may be busy with what came before: then wait for it, there is no hurry.
        const store::StoreStats now = m_store.stats();
        if (now.queueDepth + next.samples.size() > now.queueCapacity)
            HF_CHECK(m_store.flush());
        HF_TRY(const store::AppendReport report, m_store.append(std::move(next)));
        m_report.samples.stored += report.stored;
        m_report.samples.duplicate += report.duplicate;
        m_report.samples.conflicting += report.conflicting;
        m_report.samples.outOfOrder += report.outOfOrder;
        m_report.samples.outOfBounds += report.outOfBounds;
        return {};
    }

private:
    store::Store& m_store;
    ImportReport& m_report;
    Batch m_batch;
};

/// HELP, TYPE and UNIT lines of one family, gathered until the next family begins. One thread at a time.
class MetadataGatherer {
public:
    explicit MetadataGatherer(Feeder& feeder) : m_feeder(feeder) {}
    MetricMetadata& of(std::string family)
    {
        if (family != m_entry.family) {
            finish();
            m_entry.family = std::move(family);
        }
        return m_entry;
    }
    void finish()
    {
        if (!m_entry.family.empty())
            m_feeder.addMetadata(std::exchange(m_entry, {}));
    }

private:
    Feeder& m_feeder;
    MetricMetadata m_entry;
};

Result<ImportReport> takeText(store::Store& store, std::string_view text)
{
    ImportReport report;
    Feeder feeder(store, report);
    MetadataGatherer metadata(feeder);
    Parser parser(text, Format::OpenMetrics);
    std::unordered_map<std::string_view, SeriesId> known;  // by the series' text in the file, which outlives it
    std::string_view last;
    SeriesId series = 0;
    while (true) {
        const Parser::Entry entry = parser.next(last);
        switch (entry) {
        case Parser::Entry::Error: return Error{parser.error(), ErrorKind::BadInput};
        case Parser::Entry::Help: metadata.of(parser.family()).help = parser.text(); break;
        case Parser::Entry::Unit: metadata.of(parser.family()).unit = parser.text(); break;
        case Parser::Entry::Type: metadata.of(parser.family()).type = parser.type(); break;
        case Parser::Entry::Comment: break;
        case Parser::Entry::Series:
            if (!parser.matchedHint()) {
                last = parser.series();
                const auto [at, isNew] = known.try_emplace(last, 0);
                if (isNew) {
                    HF_TRY(const LabelSet labels, parser.labels());
                    HF_TRY(at->second, store.series(labels));
                }
                series = at->second;
            }
            HF_CHECK(feeder.add(series, *parser.timestamp(), parser.value()));
            if (parser.hasExemplar()) {
                HF_TRY(LabelSet labels, parser.exemplarLabels());
                feeder.addExemplar(series, {std::move(labels), parser.exemplarValue(),
                                            parser.exemplarTimestamp().value_or(*parser.timestamp())});
            }
            break;
        case Parser::Entry::End:
            metadata.finish();
            HF_CHECK(feeder.send());
            HF_CHECK(store.flush());
            report.series = known.size();
            return report;
        }
    }
}

struct Arguments {
    std::vector<std::string> files;
    std::string db;
    bool strict = false;
    bool json = false;
};

/// The answer as it grows, and how it is told. One thread at a time.
class Told {
public:
    explicit Told(bool asJson) : m_asJson(asJson) {}

    void file(const std::string& name, const ImportReport& report, double seconds)
    {
        const store::AppendReport& n = report.samples;
        m_files.push_back({{"file", name},
                           {"series", report.series},
                           {"stored", n.stored},
                           {"duplicate", n.duplicate},
                           {"conflicting", n.conflicting},
                           {"seconds", seconds}});
        m_conflicts += n.conflicting;
        if (!m_asJson)
            std::printf("%s: %llu samples of %llu series\n", name.c_str(), big(n.stored), big(report.series));
        if (n.duplicate > 0)
            std::fprintf(stderr, "%s: %llu samples were there already\n", name.c_str(), big(n.duplicate));
        if (n.conflicting > 0)
            std::fprintf(stderr,
                         "%s: %llu samples were left out, because others of the same series and time came first\n",
                         name.c_str(), big(n.conflicting));
    }
    void error(const std::string& message)
    {
        m_errors.push_back(message);
        std::fprintf(stderr, "holdfast import: %s\n", message.c_str());
    }
    int end(const Arguments& arguments)
    {
        if (m_asJson) {
            const nlohmann::json answer{{"files", m_files}, {"errors", m_errors}};
            std::printf("%s\n", answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
        }
        if (!m_errors.empty())
            return 2;
        return m_conflicts > 0 && arguments.strict ? 1 : 0;
    }
    [[nodiscard]] bool failed() const { return !m_errors.empty(); }

private:
    static unsigned long long big(std::uint64_t v) { return v; }
    const bool m_asJson;
    nlohmann::json m_files = nlohmann::json::array();
    std::vector<std::string> m_errors;
    std::uint64_t m_conflicts = 0;
};

// All files are looked at before the database is touched: a mistake in the last one is told at once, not after an hour.
std::vector<MappedFile> openAndCheck(const std::vector<std::string>& files, Told& told)
{
    std::vector<MappedFile> out;
    for (const std::string& file : files) {
        auto mapped = MappedFile::open(file);
        Result<void> good = mapped.ok() ? checkText(mapped->bytes()).in(file) : Result<void>(mapped.error());
        if (good.ok())
            out.push_back(std::move(mapped).value());
        else
            told.error(good.error().message);
    }
    if (told.failed())
        told.error("nothing was taken");
    return out;
}

int runImport(const Arguments& arguments)
{
    Told told(arguments.json);
    const std::vector<MappedFile> files = openAndCheck(arguments.files, told);
    if (told.failed())
        return told.end(arguments);
    const SystemClock clock;
    Log log(stderr, LogLevel::Warning, clock);
    store::StoreOptions options;
    options.path = arguments.db;
    options.outOfOrderMs = store::kAnyAge;
    options.futureMs = store::kAnyAge;
    // Nobody waits for the single commit here, and fewer of them make larger chunks of the same groups.
    options.commitEvery = std::chrono::milliseconds(250);
    const auto store = store::Store::open(options, clock, log);
    if (!store.ok()) {
        told.error(store.error().message);
        return told.end(arguments);
    }
    for (std::size_t i = 0; i < files.size() && !told.failed(); ++i) {
        const auto started = std::chrono::steady_clock::now();
        const auto report = takeText(**store, files[i].bytes()).in(arguments.files[i]);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        if (report.ok())
            told.file(arguments.files[i], *report, seconds);
        else
            told.error(report.error().message);
    }
    for (const auto& done : {(*store)->closeChunks(), (*store)->close()}) {
        if (!done.ok())
            told.error(done.error().message);
    }
    return told.end(arguments);
}

}  // namespace

Result<ImportReport> importText(store::Store& store, std::string_view text, const std::string& name)
{
    HF_CHECK(checkText(text).in(name));
    return takeText(store, text).in(name);
}

void addImportCommand(CLI::App& app, CommandResult& result)
{
    auto arguments = std::make_shared<Arguments>();
    CLI::App* import = app.add_subcommand("import", "Take OpenMetrics text with timestamps into a database");
    import->add_option("files", arguments->files, "OpenMetrics files; all are checked before any of them is taken")
        ->required()
        ->type_name("FILE");
    import->add_option("--db", arguments->db, "The database; made when it does not exist")->required()->type_name("F");
    import->add_flag("--strict", arguments->strict, "Exit with 1 when samples were left out because others came first");
    import->add_flag("--json", arguments->json, "Answer in JSON");
    import->footer(
        "Samples that are there already, to the bit, are skipped, so an import may be run again. Of two samples with "
        "the "
        "same series and time but different values, which OpenMetrics allows, the one that came first stays; the other "
        "is left out, and how many were is said.\n"
        "Exit code: 0 taken; 1 with --strict: taken, but for samples that contradict others; 2 a file or the database "
        "cannot be used.");
    import->callback([arguments, &result] { result.exitCode = runImport(*arguments);
});
}  // namespace holdfast::commands

}  // namespace holdfast::commands
