// Reading. A select is one consistent snapshot: under the shared lock it finds the series, copies what of them is in
// memory and fixes a snapshot of the file; after that it needs no lock. A chunk committed in between is then both in
// the snapshot and in the copy, with the same bits; joining the columns drops the second one.

#include "app/store/store_impl.h"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <set>

namespace holdfast::store {

namespace {

/// One series of an answer in the making.
struct Building {
    SeriesRef ref = 0;
    std::uint16_t slot = 0;
    LabelSetPtr labels;
    Columns columns;
    Columns open;  ///< copied from the head
    std::shared_ptr<const ClosingGroup> closing;
};

struct GroupPart {
    bool inFile = false;
    std::vector<std::size_t> series;  ///< indices of Building
};

/// Appends the samples of the range; where times come again or go back, joins, and what was there first stays.
void join(Columns& into, std::span<const std::int64_t> times, std::span<const double> values, TimeRange range)
{
    const auto from = static_cast<std::size_t>(std::ranges::lower_bound(times, range.start) - times.begin());
    const auto to = static_cast<std::size_t>(std::ranges::upper_bound(times, range.end) - times.begin());
    if (from >= to)
        return;
    times = times.subspan(from, to - from);
    values = values.subspan(from, to - from);
    if (into.times.empty() || times.front() > into.times.back()) {
        into.times.insert(into.times.end(), times.begin(), times.end());
        into.values.insert(into.values.end(), values.begin(), values.end());
        return;
    }
    Columns both;
    both.times.reserve(into.times.size() + times.size());
    both.values.reserve(into.times.size() + times.size());
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < into.times.size() || b < times.size()) {
        const bool takeA = b == times.size() || (a < into.times.size() && into.times[a] <= times[b]);
        if (takeA && b < times.size() && into.times[a] == times[b])
            ++b;
        both.times.push_back(takeA ? into.times[a] : times[b]);
        both.values.push_back(takeA ? into.values[a] : values[b]);
        takeA ? ++a : ++b;
    }
    into = std::move(both);
}

Columns clipped(const Columns& columns, TimeRange range)
{
    Columns out;
    join(out, columns.times, columns.values, range);
    return out;
}

}  // namespace

Result<void> Store::Impl::checkLimits(const ReadLimits& limits) const
{
    if (limits.cancelled.stop_requested())
        return Error{"the query was cancelled", ErrorKind::Cancelled};
    if (limits.deadlineNs != 0 && clock.monotonicNs() > limits.deadlineNs)
        return Error{"the query took longer than allowed", ErrorKind::Timeout};
    return {};
}

std::vector<SeriesRef> Store::Impl::findSeries(std::span<const CompiledMatcher> matchers, TimeRange range) const
{
    std::vector<SeriesRef> out = head.index.match(matchers);
    std::erase_if(out, [&](SeriesRef ref) { return !head.state(ref).span.overlaps(range); });
    return out;
}

Result<SeriesSet> Store::Impl::select(std::span<const LabelMatcher> matchers, TimeRange range,
                                      const ReadLimits& limits) const
{
    HF_TRY(const std::vector<CompiledMatcher> compiled, compileMatchers(matchers));
    HF_TRY(const ReaderPool::Lease db, readers->borrow(clock, limits.deadlineNs, limits.cancelled));
    std::vector<Building> found;
    std::map<std::uint32_t, GroupPart> parts;
    {
        const std::shared_lock lock(m_state);
        bool needsFile = false;
        for (const SeriesRef ref : findSeries(compiled, range)) {
            const SeriesState& state = head.state(ref);
            const GroupState& group = head.groups.at(state.group);
            GroupPart& part = parts[state.group];
            part.inFile = group.chunks.overlaps(range);
            needsFile = needsFile || part.inFile;
            part.series.push_back(found.size());
            found.push_back({.ref = ref,
                             .slot = state.slot,
                             .labels = nullptr,
                             .columns = {},
                             .open = clipped(state.open, range),
                             .closing = group.closing});
            found.back().labels = std::make_shared<const LabelSet>(head.index.labels(ref));
        }
        if (needsFile) {
            // A transaction begins with its first read; only that fixes the snapshot.
            HF_CHECK(db->exec("BEGIN"));
            HF_TRY(const std::int64_t fixed, db->integer("SELECT count(*) FROM meta"));
            (void)fixed;
        }
    }

    std::vector<std::string> damaged;
    std::uint64_t samples = 0;
    const auto countSamples = [&](std::uint64_t more) -> Result<void> {
        samples += more;
        if (samples > limits.maxSamples)
            return Error{"the query would read more than " + std::to_string(limits.maxSamples) + " samples",
                         ErrorKind::Limit};
        return checkLimits(limits);
    };
    for (auto& [id, part] : parts) {
        HF_CHECK(checkLimits(limits));
        if (part.inFile) {
            std::vector<bool> wanted(kGroupSize, false);
            for (const std::size_t i : part.series)
                wanted[found[i].slot] = true;
            const auto visit = [&](const DecodedChunk& chunk) -> Result<void> {
                std::uint64_t more = 0;
                for (const std::size_t i : part.series) {
                    if (const DecodedMember* member = chunk.find(found[i].slot)) {
                        const std::size_t before = found[i].columns.times.size();
                        join(found[i].columns, chunk.times[member->timeColumn], member->values, range);
                        more += found[i].columns.times.size() - before;
                    }
                }
                return countSamples(more);
            };
            HF_CHECK(readChunks(*db, id, range, wanted, damaged, visit));
        }
        for (const std::size_t i : part.series) {
            Building& series = found[i];
            const std::size_t before = series.columns.times.size();
            if (series.closing) {
                if (const Columns* columns = series.closing->find(series.slot))
                    join(series.columns, columns->times, columns->values, range);
            }
            join(series.columns, series.open.times, series.open.values, range);
            series.open = {};
            series.closing.reset();
            HF_CHECK(countSamples(series.columns.times.size() - before));
        }
    }

    std::erase_if(found, [](const Building& series) { return series.columns.times.empty(); });
    std::ranges::sort(found, [](const Building& a, const Building& b) { return *a.labels < *b.labels; });
    auto kept = std::make_shared<std::vector<Building>>(std::move(found));
    SeriesSet out;
    out.series.reserve(kept->size());
    for (Building& series : *kept) {
        // Neighbours in the order of labels mostly come from one target: then they share its times.
        const bool shares = !out.series.empty() && std::ranges::equal(out.series.back().times, series.columns.times);
        if (shares)
            std::vector<std::int64_t>().swap(series.columns.times);
        out.series.push_back({series.labels,
                              shares ? out.series.back().times : std::span<const std::int64_t>(series.columns.times),
                              series.columns.values});
    }
    out.keepAlive = kept;
    out.warnings = std::move(damaged);
    if (!out.warnings.empty())
        log.error("store", out.warnings.front() + (out.warnings.size() > 1 ? " (and others)" : ""));
    return out;
}

Result<std::vector<LabelSetPtr>> Store::Impl::series(std::span<const LabelMatcher> matchers, TimeRange range) const
{
    HF_TRY(const std::vector<CompiledMatcher> compiled, compileMatchers(matchers));
    std::vector<LabelSetPtr> out;
    {
        const std::shared_lock lock(m_state);
        for (const SeriesRef ref : findSeries(compiled, range))
            out.push_back(std::make_shared<const LabelSet>(head.index.labels(ref)));
    }
    std::ranges::sort(out, [](const LabelSetPtr& a, const LabelSetPtr& b) { return *a < *b; });
    return out;
}

Result<std::vector<std::string>> Store::Impl::labelNames(std::span<const LabelMatcher> matchers, TimeRange range) const
{
    HF_TRY(const std::vector<CompiledMatcher> compiled, compileMatchers(matchers));
    std::set<std::string, std::less<>> out;
    const std::shared_lock lock(m_state);
    if (compiled.empty() && range.start <= head.bounds.first && range.end >= head.bounds.last) {
        for (const std::string_view name : head.index.names())
            out.emplace(name);
    } else {
        for (const SeriesRef ref : findSeries(compiled, range)) {
            for (const Label& label : head.index.labels(ref))
                out.insert(label.name);
        }
    }
    return std::vector<std::string>(out.begin(), out.end());
}

Result<std::vector<std::string>> Store::Impl::labelValues(std::string_view name, std::span<const LabelMatcher> matchers,
                                                          TimeRange range) const
{
    HF_TRY(const std::vector<CompiledMatcher> compiled, compileMatchers(matchers));
    std::set<std::string, std::less<>> out;
    const std::shared_lock lock(m_state);
    if (compiled.empty()) {
        head.index.visitValues(name, [&](std::string_view value, std::span<const SeriesRef> series) {
            if (std::ranges::any_of(series, [&](SeriesRef ref) { return head.state(ref).span.overlaps(range); }))
                out.emplace(value);
        });
    } else {
        for (const SeriesRef ref : findSeries(compiled, range)) {
            if (const std::string_view value = head.index.value(ref, name); !value.empty())
                out.emplace(value);
        }
    }
    return std::vector<std::string>(out.begin(), out.end());
}

Result<std::vector<SqlRow>> Store::Impl::read(const SqlStatement& statement) const
{
    HF_TRY(const ReaderPool::Lease db, readers->borrow(clock, 0, {}));
    HF_TRY(Statement rows, db->prepare(statement.sql));
    if (!rows.isReadOnly())
        return Error{"only a SELECT can be read", ErrorKind::BadInput};
    int at = 0;
    for (const SqlValue& value : statement.values) {
        ++at;
        if (const auto* integer = std::get_if<std::int64_t>(&value))
            rows.bind(at, *integer);
        else if (const auto* number = std::get_if<double>(&value))
            rows.bind(at, *number);
        else if (const auto* words = std::get_if<std::string>(&value))
            rows.bindText(at, *words);
        else
            rows.bindNull(at);
    }
    std::vector<SqlRow> out;
    while (true) {
        HF_TRY(const bool more, rows.step());
        if (!more)
            return out;
        SqlRow row;
        for (int column = 0; column < rows.columns(); ++column) {
            switch (rows.type(column)) {
            case SQLITE_NULL: row.cells.emplace_back(std::monostate{}); break;
            case SQLITE_INTEGER: row.cells.emplace_back(rows.integer(column)); break;
            case SQLITE_FLOAT: row.cells.emplace_back(rows.number(column)); break;
            default: row.cells.emplace_back(std::string(rows.bytes(column))); break;
            }
        }
        out.push_back(std::move(row));
    }
}

}  // namespace holdfast::store
