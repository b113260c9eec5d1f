#include "collectors/scrape/scrape_cache.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace holdfast::scrape {

namespace {

constexpr std::size_t lookAhead = 16;          // lines tried before a table is made; guessed
constexpr std::size_t longestMetaLine = 4096;  // longer ones are read again each time instead of being kept
constexpr std::size_t mostFamilies = 100'000;
constexpr std::size_t linesBetweenPauses = 32;  // a new series costs some 10 µs, a look at the clock 50 ns

}  // namespace

/// How far the scrape being read came.
struct ScrapeCache::Reading {
    exposition::Parser parser;
    const std::size_t bodySize;
    const std::int64_t atMs;
    const Options options;
    const bool forgotten;  ///< m_forgotten when it began
    IngestCounts counts;
    std::size_t cursor = 0;
    bool inOrder = false;
    std::vector<std::size_t> said;        ///< indices of m_metadata
    std::unordered_set<SeriesId> before;  ///< only where the texts do not tell what was there
};

ScrapeCache::ScrapeCache() = default;
ScrapeCache::~ScrapeCache() = default;

ScrapeCache::Entry ScrapeCache::remember(std::string_view text, std::uint32_t flags, SeriesId series)
{
    const Entry entry{m_texts.size(), static_cast<std::uint32_t>(text.size()), flags, series};
    m_texts.append(text);
    return entry;
}

std::size_t ScrapeCache::lookUp(std::string_view text, std::size_t expected)
{
    const std::size_t stop = std::min(m_entries.size(), expected + lookAhead);
    for (std::size_t i = expected; i < stop; ++i) {
        if (this->text(m_entries[i]) == text)
            return i;
    }
    if (m_table.empty()) {
        m_table.reserve(m_entries.size());
        for (std::size_t i = 0; i < m_entries.size(); ++i)
            m_table.emplace(this->text(m_entries[i]), i);
    }
    const auto it = m_table.find(text);
    return it == m_table.end() ? none : it->second;
}

Result<IngestCounts> ScrapeCache::ingest(std::string_view body, exposition::Format format, std::int64_t atMs,
                                         const Options& options, const Resolve& resolve, Batch& batch)
{
    begin(body, format, atMs, options, batch);
    HF_TRY(const std::optional<IngestCounts> counts, read(
                                                         resolve, [] { return false; }, batch));
    return *counts;
}

void ScrapeCache::begin(std::string_view body, exposition::Format format, std::int64_t atMs, const Options& options,
                        Batch& batch)
{
    const bool forgotten = std::exchange(m_forgotten, false);
    m_reading.reset(
        new Reading{exposition::Parser(body, format), body.size(), atMs, options, forgotten, {}, 0, false, {}, {}});
    m_reading->inOrder = !m_entries.empty() && !forgotten;
    if (forgotten) {
        for (const Entry& entry : m_entries) {
            if ((entry.flags & (metaLine | dropped)) == 0)
                m_reading->before.insert(entry.series);
        }
    }
    m_next.clear();
    m_seen.assign(m_reading->inOrder ? 0 : m_entries.size(), false);
    m_table = {};
    batch.samples.reserve(m_entries.size() + 8);
    m_texts.reserve(m_texts.size() + (m_reading->inOrder ? 0 : body.size()));
}

Result<std::optional<IngestCounts>> ScrapeCache::read(const Resolve& resolve, const Pause& pause, Batch& batch)
{
    using exposition::Parser;
    Reading& reading = *m_reading;
    const Options& options = reading.options;
    const std::int64_t atMs = reading.atMs;
    Parser& parser = reading.parser;
    IngestCounts& counts = reading.counts;
    std::size_t& cursor = reading.cursor;
    bool& inOrder = reading.inOrder;

    const auto leaveOrder = [&] {
        if (!inOrder)
            return;
        inOrder = false;
        m_next.assign(m_entries.begin(), m_entries.begin() + static_cast<std::ptrdiff_t>(cursor));
        m_seen.assign(m_entries.size(), false);
        std::fill_n(m_seen.begin(), cursor, true);
        // The table's keys point into m_texts: room for all that may come, so that they stay where they are.
        if (m_texts.capacity() < m_texts.size() + reading.bodySize) {
            m_table.clear();
            m_texts.reserve(m_texts.size() + reading.bodySize);
        }
    };
    const auto keep = [&](std::size_t index) {
        if (!inOrder && !m_seen[index]) {
            m_seen[index] = true;
            m_next.push_back(m_entries[index]);
        }
    };
    const auto addSample = [&](Entry& entry) {
        ++counts.samples;
        if ((entry.flags & dropped) != 0)
            return true;
        ++counts.kept;
        std::int64_t t = atMs;
        entry.flags &= ~static_cast<std::uint32_t>(ownTime);
        if (options.honorTimestamps && parser.timestamp()) {
            t = *parser.timestamp();
            entry.flags |= ownTime;
            if (t < options.oldestMs) {
                ++counts.tooOld;
                return options.sampleLimit == 0 || counts.kept <= options.sampleLimit;
            }
        }
        batch.samples.push_back({entry.series, t, parser.value()});
        return options.sampleLimit == 0 || counts.kept <= options.sampleLimit;
    };
    const auto addExemplar = [&](const Entry& entry) {
        if (!parser.hasExemplar() || (entry.flags & dropped) != 0)
            return;
        if (auto labels = parser.exemplarLabels())
            batch.exemplars.push_back(
                {entry.series,
                 {std::move(*labels), parser.exemplarValue(), parser.exemplarTimestamp().value_or(atMs)}});
    };
    const auto sampleLimit = [&] {
        return Error{"sample limit exceeded: more than " + std::to_string(options.sampleLimit), ErrorKind::Limit};
    };
    const auto addMetadata = [&](Parser::Entry kind) {
        const std::string family = parser.family();
        const auto [it, fresh] = m_families.try_emplace(family, m_metadata.size());
        if (fresh)
            m_metadata.push_back({family, MetricType::Unknown, {}, {}});
        MetricMetadata& metadata = m_metadata[it->second];
        if (kind == Parser::Entry::Help)
            metadata.help = parser.text();
        else if (kind == Parser::Entry::Unit)
            metadata.unit = parser.text();
        else
            metadata.type = parser.type();
        reading.said.push_back(it->second);
    };

    for (std::size_t lines = 1;; ++lines) {
        if (lines % linesBetweenPauses == 0 && pause())
            return std::optional<IngestCounts>();
        if (!reading.forgotten) {
            while (cursor < m_entries.size() && (m_entries[cursor].flags & metaLine) != 0
                   && parser.skipLine(text(m_entries[cursor]))) {
                keep(cursor);
                ++cursor;
            }
        }
        const bool hinted =
            !reading.forgotten && cursor < m_entries.size() && (m_entries[cursor].flags & metaLine) == 0;
        const Parser::Entry kind = parser.next(hinted ? text(m_entries[cursor]) : std::string_view{});
        if (kind == Parser::Entry::End)
            break;
        if (kind == Parser::Entry::Error)
            return Error{parser.error(), ErrorKind::BadInput};
        if (kind == Parser::Entry::Comment)
            continue;
        if (kind == Parser::Entry::Series && parser.matchedHint()) {
            ++counts.linesCached;
            if (!addSample(m_entries[cursor]))
                return sampleLimit();
            addExemplar(m_entries[cursor]);
            keep(cursor);
            ++cursor;
            continue;
        }
        const bool series = kind == Parser::Entry::Series;
        const std::string_view raw = series ? parser.series() : parser.entryText();
        if (!series) {
            addMetadata(kind);
            if (raw.size() > longestMetaLine || raw.back() != '\n')
                continue;
        } else {
            ++counts.linesParsed;
        }
        const std::size_t known = reading.forgotten || m_entries.empty() ? none : lookUp(raw, cursor);
        if (known != none) {
            if (known != cursor)
                leaveOrder();
            if (series && !addSample(m_entries[known]))
                return sampleLimit();
            if (series)
                addExemplar(m_entries[known]);
            const bool again = inOrder ? known < cursor : m_seen[known];
            keep(known);
            cursor = again ? cursor : known + 1;
            continue;
        }
        leaveOrder();
        if (!series) {
            m_next.push_back(remember(raw, metaLine, 0));
            continue;
        }
        Result<LabelSet> labels = parser.labels();
        if (!labels)  // the number of the line is dear: only now
            return std::move(labels).in("line " + std::to_string(parser.line())).error();
        HF_TRY(const std::optional<SeriesId> id, resolve(*labels));
        m_next.push_back(remember(raw, id ? 0U : static_cast<std::uint32_t>(dropped), id.value_or(0)));
        counts.seriesAdded += id && !reading.before.contains(*id) ? 1 : 0;
        if (!addSample(m_next.back()))
            return sampleLimit();
        addExemplar(m_next.back());
    }
    if (inOrder && cursor < m_entries.size())
        leaveOrder();
    const std::optional<IngestCounts> all = end(reading, batch);
    m_reading.reset();
    return all;
}

/// The body is read: what it did not have is gone, and it is the last scrape now.
IngestCounts ScrapeCache::end(Reading& reading, Batch& batch)
{
    if (!reading.inOrder) {
        addGone(reading.atMs, batch);
        m_entries.swap(m_next);
        m_next.clear();
        m_next.shrink_to_fit();
        m_seen.clear();
        m_table = {};
        compact();
    }
    std::vector<std::size_t>& said = reading.said;
    std::ranges::sort(said);
    said.erase(std::unique(said.begin(), said.end()), said.end());
    for (const std::size_t index : said)
        batch.metadata.push_back(m_metadata[index]);
    if (m_metadata.size() > mostFamilies) {
        m_metadata.clear();
        m_families.clear();
    }
    return reading.counts;
}

/// Staleness markers for the entries of the last scrape that m_seen does not have, unless their series is in m_next
/// under another text.
void ScrapeCache::addGone(std::int64_t atMs, Batch& batch)
{
    std::unordered_set<SeriesId> present;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        if (m_seen[i] || (entry.flags & (metaLine | dropped | ownTime)) != 0)
            continue;
        if (present.empty()) {
            present.reserve(m_next.size() + 1);
            for (const Entry& now : m_next) {
                if ((now.flags & (metaLine | dropped)) == 0)
                    present.insert(now.series);
            }
        }
        if (present.insert(entry.series).second)
            batch.samples.push_back({entry.series, atMs, staleMarker()});
    }
}

void ScrapeCache::markGone(std::int64_t atMs, Batch& batch)
{
    m_reading.reset();
    m_next.clear();
    m_seen.assign(m_entries.size(), false);
    addGone(atMs, batch);
    m_entries.clear();
    m_entries.shrink_to_fit();
    m_texts.clear();
    m_texts.shrink_to_fit();
    m_table = {};
    m_seen.clear();
    m_forgotten = false;
}

/// Texts of series that are gone are garbage; moved together when they are more than half.
void ScrapeCache::compact()
{
    std::size_t live = 0;
    for (const Entry& entry : m_entries)
        live += entry.length;
    constexpr std::size_t small = 16'384;
    if (m_texts.size() > 2 * live + small || m_texts.capacity() > 2 * live + small) {
        std::string texts;
        texts.reserve(live);
        for (Entry& entry : m_entries) {
            const std::size_t offset = texts.size();
            texts.append(text(entry));
            entry.offset = offset;
        }
        m_texts = std::move(texts);
    }
}

}  // namespace holdfast::scrape
