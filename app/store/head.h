#pragma once

#include "app/base/result.h"
#include "app/model/sample.h"
#include "app/model/time_range.h"
#include "app/store/encoding/commit_record.h"
#include "app/store/series_index.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace holdfast::store {

/// Series that share chunks: more makes shared times and neighbours pay, fewer makes reading a single one cheaper.
inline constexpr std::size_t kGroupSize = 64;
/// Samples of a series in a chunk when things go steadily. perf.: 120 costs 5 % space against 480, and half the memory.
inline constexpr std::size_t kChunkSamples = 120;
/// Bound of a chunk's columns, for one series that runs ahead of its group (import).
inline constexpr std::size_t kMostChunkSamples = 1024;

/// Limits::outOfOrderMs: samples of any age are taken.
inline constexpr std::int64_t kTakeAnyAge = std::numeric_limits<std::int64_t>::max();
inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();

/// Times and values of one series, ascending by time, no time twice.
struct Columns {
    std::vector<std::int64_t> times;
    std::vector<double> values;
    /// The value at exactly `t`.
    [[nodiscard]] std::optional<double> at(std::int64_t t) const;
};

/// First and last time of any sample; empty (first > last) when there is none.
struct Span {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = kNever;
    void include(std::int64_t t)
    {
        first = t < first ? t : first;
        last = t > last ? t : last;
    }
    [[nodiscard]] bool overlaps(TimeRange range) const { return first <= range.end && last >= range.start; }
    bool operator==(const Span&) const = default;
};

struct SeriesState {
    std::uint32_t group = 0;  ///< 0: no sample yet, or all of them removed by retention
    std::uint16_t slot = 0;
    bool lastKnown = false;  ///< lastValue is the one at span.last
    double lastValue = 0;
    Span span;
    Columns open;  ///< journalled or about to be, not yet in a chunk
};

/// A group's columns on their way into chunks. Immutable.
struct ClosingGroup {
    std::uint32_t group = 0;
    std::uint64_t covered = 0;  ///< holds all samples of commits up to this one that no earlier chunk holds
    Span span;
    std::vector<std::pair<std::uint16_t, Columns>> members;  ///< ascending by slot, none empty
    [[nodiscard]] const Columns* find(std::uint16_t slot) const;
};

struct GroupState {
    std::string origin;
    std::vector<SeriesRef> members;  ///< by slot
    std::uint64_t openSamples = 0;
    std::uint64_t firstOpen = 0;  ///< oldest commit with open samples; 0: none
    std::uint64_t covered = 0;
    std::uint32_t nextChunk = 0;
    std::uint32_t longest = 0;  ///< samples in its longest open column
    Span chunks;                ///< bounds of what is in chunks
    bool isReady = false;       ///< is in Head::takeReady()'s list
    bool hasNewMembers = true;  ///< its row in the file lacks some
    std::shared_ptr<const ClosingGroup> closing;
};

/// How Head learns what is in the chunks when a sample comes behind its series.
class ChunkLookup {
public:
    virtual ~ChunkLookup() = default;
    /// The stored value at exactly `t`, if there is one.
    virtual std::optional<double> at(std::uint32_t group, std::uint16_t slot, std::int64_t t) = 0;
};

enum class Verdict { Stored, Duplicate, Conflicting, OutOfOrder, OutOfBounds };

/// What the store keeps in memory: the index, the groups, and the samples not yet in chunks.
///
/// A sample's way:  append() → open → beginClosing() → closing → finishClosing() → chunk in the file.
/// Invariant: a sample is in exactly one of open, closing, chunks; only between a commit and finishClosing() it is in
/// closing and chunks, with the same bits. One writer at a time; reading beside reading is safe.
class Head {
public:
    struct Limits {
        std::int64_t outOfOrderMs = 0;
        std::int64_t latestMs = 0;  ///< samples beyond are out of bounds
    };

    /// Judges one sample and keeps it if it is good. `commit`: number the coming commit will have. What the commit
    /// must hold is added to `record`.
    Verdict append(const BatchSample& sample, const std::string& origin, const Limits& limits, std::uint64_t commit,
                   ChunkLookup& chunks, CommitRecord& record);

    /// What recovery found: a group with its members, and what one commit held.
    void restoreGroup(std::uint32_t id, std::string origin);
    /// A number that stands somewhere in the file, if only in a damaged row, is not given to a new group.
    void reserveGroup(std::int64_t id);
    void restoreMember(SeriesRef ref, std::uint32_t group, std::uint16_t slot, const LabelSet& labels);
    void replay(const CommitRecord& record, std::uint64_t commit);
    /// After the last group: series without a home join the newest group of their origin.
    void finishRestoring();

    /// Groups that have enough for a chunk, at most `most`.
    std::vector<std::uint32_t> takeReady(std::size_t most);
    /// Also those whose oldest open sample is of `commit` or before; with kEverything all that have open samples.
    void markReadyUpTo(std::uint64_t commit);
    [[nodiscard]] bool hasReady() const { return !m_ready.empty(); }
    /// Moves a group's open columns aside for writing.
    std::shared_ptr<const ClosingGroup> beginClosing(std::uint32_t group, std::uint64_t covered);
    /// The chunks are in the file.
    void finishClosing(const ClosingGroup& closing, std::uint32_t nextChunk);

    /// The oldest commit that the journal must still hold; `next` when none.
    [[nodiscard]] std::uint64_t oldestOpen(std::uint64_t next) const;
    /// Forgets a group without chunks and open samples; its series come anew when they come.
    void removeGroup(std::uint32_t id);

    [[nodiscard]] SeriesState& state(SeriesRef ref);
    [[nodiscard]] const SeriesState& state(SeriesRef ref) const { return m_series[ref]; }
    [[nodiscard]] bool knows(SeriesId id) const
    {
        return id > 0 && id <= index.highest() && index.knows(SeriesRef(id));
    }
    [[nodiscard]] std::uint64_t openSamples() const { return m_openSamples; }

    SeriesIndex index;
    std::unordered_map<std::uint32_t, GroupState> groups;
    Span bounds;  ///< of everything ever seen and not removed

private:
    void giveHome(SeriesRef ref, const std::string& origin, CommitRecord& record);
    void insert(SeriesState& series, std::int64_t t, double v, std::uint64_t commit);

    std::vector<SeriesState> m_series{SeriesState{}};
    std::unordered_map<std::string, std::uint32_t> m_filling;  // by origin: the group that still has room
    std::vector<std::uint32_t> m_ready;
    std::uint32_t m_highestGroup = 0;
    std::uint64_t m_openSamples = 0;
};

}  // namespace holdfast::store
