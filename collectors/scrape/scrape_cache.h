#pragma once

#include "app/base/result.h"
#include "app/model/batch.h"
#include "app/model/sample.h"
#include "collectors/exposition/parser.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace holdfast::scrape {

/// What a scrape made of its lines.
struct IngestCounts {
    std::uint64_t samples = 0;      ///< as exposed
    std::uint64_t kept = 0;         ///< after metric relabeling
    std::uint64_t seriesAdded = 0;  ///< not in the scrape before
    std::uint64_t tooOld = 0;       ///< left out for their own time
    std::uint64_t linesCached = 0;
    std::uint64_t linesParsed = 0;
};

/// The text of every series of a target's last scrape with the series it stands for, in the order of the body.
///
/// A body that lists its lines in the order of the last one costs a memcmp and a number a line. Where the order
/// breaks, the line is read in full and looked up in a table that is made for that purpose.
///
/// Invariants
///  1. A scrape is begun, fed and ended, or given up; giving up leaves no trace but markGone().
///  2. A series gets a staleness marker when it was in the last scrape, is not in this one, and never carried a
///     timestamp of its own. Source: Prometheus scrape/scrape.go, scrapeCache.
/// One thread at a time.
class ScrapeCache {
public:
    /// Finds or makes the series of labels that were met for the first time; nothing: it is dropped.
    using Resolve = std::function<Result<std::optional<SeriesId>>(const LabelSet& exposed)>;

    /// Asked every so many lines; true: leave the rest for later.
    using Pause = std::function<bool()>;

    ScrapeCache();
    ~ScrapeCache();

    struct Options {
        bool honorTimestamps = true;
        std::uint64_t sampleLimit = 0;      ///< 0: none
        std::int64_t oldestMs = INT64_MIN;  ///< a sample whose own time is before this is left out and counted
    };

    /// Reads a body into `batch` (samples at `atMs` unless they carry a time, metadata that is new, exemplars,
    /// staleness markers of what is gone). On error the batch is not to be used; call markGone().
    [[nodiscard]] Result<IngestCounts> ingest(std::string_view body, exposition::Format format, std::int64_t atMs,
                                              const Options& options, const Resolve& resolve, Batch& batch);

    /// ingest() in pieces: begin(), then read() until it returns counts (the end) or an error; nothing: it paused.
    /// The body stays where it is and the batch is the same from begin() to the end; markGone() gives up in between.
    void begin(std::string_view body, exposition::Format format, std::int64_t atMs, const Options& options,
               Batch& batch);
    [[nodiscard]] Result<std::optional<IngestCounts>> read(const Resolve& resolve, const Pause& pause, Batch& batch);

    /// Adds staleness markers for everything of the last scrape and forgets it.
    void markGone(std::int64_t atMs, Batch& batch);

    /// The rules from text to series changed: the next scrape that begins resolves every line again.
    void forgetTexts() { m_forgotten = true; }

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    enum Flags : std::uint32_t { metaLine = 1, dropped = 2, ownTime = 4 };
    struct Reading;
    struct Entry {
        std::uint64_t offset = 0;  ///< into m_texts
        std::uint32_t length = 0;
        std::uint32_t flags = 0;
        SeriesId series = 0;
    };

    [[nodiscard]] std::string_view text(const Entry& entry) const
    {
        return {m_texts.data() + entry.offset, entry.length};
    }
    Entry remember(std::string_view text, std::uint32_t flags, SeriesId series);
    /// Index in the last scrape's order of a line that was not where it was expected; or none.
    std::size_t lookUp(std::string_view text, std::size_t expected);
    void compact();
    void addGone(std::int64_t atMs, Batch& batch);
    IngestCounts end(Reading& reading, Batch& batch);

    static constexpr std::size_t none = SIZE_MAX;

    std::unique_ptr<Reading> m_reading;  ///< the scrape being read
    std::string m_texts;
    std::vector<Entry> m_entries;  ///< of the last scrape, in its order
    std::vector<Entry> m_next;     ///< of the scrape being read, once its order differs
    std::vector<bool> m_seen;      ///< of m_entries, in the scrape being read, once its order differs
    std::unordered_map<std::string_view, std::size_t> m_table;  ///< over m_entries, only while needed
    bool m_forgotten = false;
    std::vector<MetricMetadata> m_metadata;  ///< last said of each family
    std::unordered_map<std::string, std::size_t> m_families;
};

}  // namespace holdfast::scrape
