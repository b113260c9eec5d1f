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

int runImport(const std::vector<std::string>& files, const std::string& db, bool asJson)
{
    const SystemClock clock;
    Log log(stderr, LogLevel::Warning, clock);
    store::StoreOptions options;
    options.path = db;
    options.outOfOrderMs = store::kAnyAge;
    options.futureMs = store::kAnyAge;
    // Nobody waits for the single commit here, and fewer of them make larger chunks of the same groups.
    options.commitEvery = std::chrono::milliseconds(250);
    auto store = store::Store::open(options, clock, log);
    if (!store.ok()) {
        std::fprintf(stderr, "holdfast import: %s\n", store.error().message.c_str());
        return 2;
    }
    nlohmann::json answer = nlohmann::json::array();
    const auto finish = [&](int code) {
        const auto closing = (*store)->closeChunks();
        const auto closed = (*store)->close();
        if (asJson)
            std::printf("%s\n", nlohmann::json{{"files", answer}}.dump().c_str());
        if (!closing.ok() || !closed.ok()) {
            std::fprintf(stderr, "holdfast import: %s\n", (closing.ok() ? closed : closing).error().message.c_str());
            return 2;
        }
        return code;
    };
    for (const std::string& file : files) {
        const auto started = std::chrono::steady_clock::now();
        const auto mapped = MappedFile::open(file);
        const auto report =
            mapped.ok() ? importText(**store, mapped->bytes(), file) : Result<ImportReport>(mapped.error());
        if (!report.ok()) {
            std::fprintf(stderr, "holdfast import: %s; nothing of this file was taken\n",
                         report.error().message.c_str());
            return finish(2);
        }
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        const store::AppendReport& n = report->samples;
        answer.push_back({{"file", file},
                          {"series", report->series},
                          {"stored", n.stored},
                          {"duplicate", n.duplicate},
                          {"conflicting", n.conflicting},
                          {"seconds", seconds}});
        if (!asJson)
            std::printf("%s: %llu samples of %llu series\n", file.c_str(), static_cast<unsigned long long>(n.stored),
                        static_cast<unsigned long long>(report->series));
        if (n.duplicate > 0)
            std::fprintf(stderr, "%s: %llu samples were there already\n", file.c_str(),
                         static_cast<unsigned long long>(n.duplicate));
        if (n.conflicting > 0)
            std::fprintf(stderr,
                         "%s: %llu samples were left out, because others of the same series and time came first\n",
                         file.c_str(), static_cast<unsigned long long>(n.conflicting));
    }
    return finish(0);
}

}  // namespace

Result<ImportReport> importText(store::Store& store, std::string_view text, const std::string& name)
{
    HF_CHECK(checkText(text).in(name));
    return takeText(store, text).in(name);
}

void addImportCommand(CLI::App& app, CommandResult& result)
{
    struct Arguments {
        std::vector<std::string> files;
        std::string db;
        bool json = false;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App* import = app.add_subcommand("import", "Take OpenMetrics text with timestamps into a database");
    import->add_option("files", arguments->files, "OpenMetrics files; all or nothing of each is taken")
        ->required()
        ->type_name("FILE");
    import->add_option("--db", arguments->db, "The database; made when it does not exist")->required()->type_name("F");
    import->add_flag("--json", arguments->json, "Answer in JSON");
    import->callback([arguments, &result] {
        result.exitCode = runImport(arguments->files, arguments->db, arguments->json);
});
}  // namespace holdfast::commands

}  // namespace holdfast::commands
