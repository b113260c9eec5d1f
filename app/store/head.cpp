#include "app/store/head.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace holdfast::store {

namespace {

bool sameBits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

// Doubling would leave a third of all memory for samples unused: columns are mostly closed just below a power of two.
void makeRoom(Columns& columns)
{
    constexpr std::size_t kLeast = 16;
    const std::size_t n = columns.times.size();
    if (n < columns.times.capacity() && n < columns.values.capacity())
        return;
    columns.times.reserve(n + std::max(kLeast, n / 4));
    columns.values.reserve(n + std::max(kLeast, n / 4));
}

// Groups that started together would all be full in the same second; a few samples apart spreads the work.
std::size_t fullAt(std::uint32_t group)
{
    return kChunkSamples - 8 + group % 16;
}

bool isFull(const GroupState& group, std::uint32_t id)
{
    const std::size_t full = fullAt(id);
    // A group with many members that have gone is closed by its longest column.
    return (group.longest >= full && group.openSamples >= full * group.members.size() / 2) || group.longest >= 4 * full;
}

}  // namespace

std::optional<double> Columns::at(std::int64_t t) const
{
    const auto found = std::ranges::lower_bound(times, t);
    if (found == times.end() || *found != t)
        return std::nullopt;
    return values[static_cast<std::size_t>(found - times.begin())];
}

const Columns* ClosingGroup::find(std::uint16_t slot) const
{
    const auto at = std::ranges::lower_bound(members, slot, {}, &std::pair<std::uint16_t, Columns>::first);
    return at != members.end() && at->first == slot ? &at->second : nullptr;
}

SeriesState& Head::state(SeriesRef ref)
{
    if (ref >= m_series.size())
        m_series.resize(std::max<std::size_t>(index.highest() + std::size_t{1}, ref + std::size_t{1}));
    return m_series[ref];
}

Verdict Head::append(const BatchSample& sample, const std::string& origin, const Limits& limits, std::uint64_t commit,
                     ChunkLookup& chunks, CommitRecord& record)
{
    if (sample.t < 0 || sample.t > limits.latestMs)
        return Verdict::OutOfBounds;
    const auto ref = static_cast<SeriesRef>(sample.series);
    SeriesState& series = state(ref);
    if (series.group == 0)
        giveHome(ref, origin, record);
    if (sample.t <= series.span.last) {
        const auto judge = [&](double stored) {
            return sameBits(stored, sample.v) ? Verdict::Duplicate : Verdict::Conflicting;
        };
        if (sample.t == series.span.last && series.lastKnown)
            return judge(series.lastValue);
        if (limits.outOfOrderMs != kTakeAnyAge && series.span.last - sample.t > limits.outOfOrderMs)
            return Verdict::OutOfOrder;
        const GroupState& group = groups.at(series.group);
        std::optional<double> stored = series.open.at(sample.t);
        if (!stored && group.closing) {
            if (const Columns* columns = group.closing->find(series.slot))
                stored = columns->at(sample.t);
        }
        if (!stored && sample.t >= group.chunks.first && sample.t <= group.chunks.last)
            stored = chunks.at(series.group, series.slot, sample.t);
        if (stored)
            return judge(*stored);
    }
    insert(series, sample.t, sample.v, commit);
    record.samples.push_back(sample);
    return Verdict::Stored;
}

void Head::giveHome(SeriesRef ref, const std::string& origin, CommitRecord& record)
{
    auto [filling, isNew] = m_filling.try_emplace(origin, 0);
    if (isNew || groups.at(filling->second).members.size() >= kGroupSize) {
        filling->second = ++m_highestGroup;
        groups[filling->second].origin = origin;
        record.groups.push_back({filling->second, origin});
    }
    GroupState& group = groups.at(filling->second);
    SeriesState& series = m_series[ref];
    series.group = filling->second;
    series.slot = static_cast<std::uint16_t>(group.members.size());
    group.members.push_back(ref);
    group.hasNewMembers = true;
    index.post(ref);
    record.members.push_back({ref, series.group, series.slot, index.labels(ref)});
}

void Head::insert(SeriesState& series, std::int64_t t, double v, std::uint64_t commit)
{
    Columns& open = series.open;
    makeRoom(open);
    if (open.times.empty() || t > open.times.back()) {
        open.times.push_back(t);
        open.values.push_back(v);
    } else {
        const auto at = std::ranges::lower_bound(open.times, t);
        open.values.insert(open.values.begin() + (at - open.times.begin()), v);
        open.times.insert(at, t);
    }
    if (t >= series.span.last) {
        series.lastValue = v;
        series.lastKnown = true;
    }
    series.span.include(t);
    bounds.include(t);
    GroupState& group = groups.at(series.group);
    if (group.openSamples++ == 0)
        group.firstOpen = commit;
    ++m_openSamples;
    group.longest = std::max(group.longest, static_cast<std::uint32_t>(open.times.size()));
    if (!group.isReady && isFull(group, series.group)) {
        group.isReady = true;
        m_ready.push_back(series.group);
    }
}

void Head::restoreGroup(std::uint32_t id, std::string origin)
{
    groups[id].origin = std::move(origin);
    m_highestGroup = std::max(m_highestGroup, id);
}

void Head::reserveGroup(std::int64_t id)
{
    // Beyond this it is damage itself: a thousand new groups a second for a month.
    constexpr std::int64_t kHighest = 1LL << 31;
    if (id > 0 && id < kHighest)
        m_highestGroup = std::max(m_highestGroup, static_cast<std::uint32_t>(id));
}

void Head::restoreMember(SeriesRef ref, std::uint32_t group, std::uint16_t slot, const LabelSet& labels)
{
    if (!index.knows(ref))
        index.restore(ref, labels);
    GroupState& home = groups[group];
    if (home.members.size() <= slot)
        home.members.resize(slot + std::size_t{1}, 0);
    home.members[slot] = ref;
    SeriesState& series = state(ref);
    series.group = group;
    series.slot = slot;
}

void Head::replay(const CommitRecord& record, std::uint64_t commit)
{
    for (const auto& group : record.groups) {
        if (!groups.contains(group.id))
            restoreGroup(group.id, group.origin);
    }
    for (const auto& member : record.members) {
        const auto home = groups.find(member.group);
        if (home == groups.end())
            continue;  // removed by retention since
        if (member.slot >= home->second.members.size() || home->second.members[member.slot] == 0) {
            restoreMember(member.series, member.group, member.slot, member.labels);
            home->second.hasNewMembers = true;
        }
    }
    for (const BatchSample& sample : record.samples) {
        if (!knows(sample.series))
            continue;
        SeriesState& series = state(static_cast<SeriesRef>(sample.series));
        if (series.group == 0 || commit <= groups.at(series.group).covered)
            continue;
        insert(series, sample.t, sample.v, commit);
    }
}

void Head::finishRestoring()
{
    for (auto& [id, group] : groups) {
        for (const SeriesRef ref : group.members) {
            if (ref != 0)
                index.post(ref);
        }
        if (group.chunks.first <= group.chunks.last) {
            bounds.include(group.chunks.first);
            bounds.include(group.chunks.last);
        }
        std::uint32_t& filling = m_filling[group.origin];
        if (filling == 0 || id > filling)
            filling = id;
    }
}

std::vector<std::uint32_t> Head::takeReady(std::size_t most)
{
    std::vector<std::uint32_t> out;
    std::vector<std::uint32_t> later;
    for (const std::uint32_t id : m_ready) {
        const auto group = groups.find(id);
        if (group == groups.end() || group->second.openSamples == 0)
            continue;
        if (out.size() == most || group->second.closing) {
            later.push_back(id);
            continue;
        }
        group->second.isReady = false;
        out.push_back(id);
    }
    m_ready = std::move(later);
    return out;
}

void Head::markReadyUpTo(std::uint64_t commit)
{
    for (auto& [id, group] : groups) {
        if (group.openSamples > 0 && !group.isReady && group.firstOpen <= commit) {
            group.isReady = true;
            m_ready.push_back(id);
        }
    }
    std::ranges::sort(m_ready);
}

std::shared_ptr<const ClosingGroup> Head::beginClosing(std::uint32_t id, std::uint64_t covered)
{
    GroupState& group = groups.at(id);
    auto closing = std::make_shared<ClosingGroup>();
    closing->group = id;
    closing->covered = covered;
    for (std::size_t slot = 0; slot < group.members.size(); ++slot) {
        SeriesState& series = m_series[group.members[slot]];
        if (series.open.times.empty())
            continue;
        closing->span.include(series.open.times.front());
        closing->span.include(series.open.times.back());
        closing->members.emplace_back(static_cast<std::uint16_t>(slot), std::exchange(series.open, {}));
    }
    m_openSamples -= group.openSamples;
    group.openSamples = 0;
    group.longest = 0;
    group.closing = closing;
    return closing;
}

void Head::finishClosing(const ClosingGroup& closing, std::uint32_t nextChunk)
{
    const auto found = groups.find(closing.group);
    if (found == groups.end())
        return;
    GroupState& group = found->second;
    group.closing.reset();
    group.covered = closing.covered;
    group.nextChunk = nextChunk;
    group.chunks.include(closing.span.first);
    group.chunks.include(closing.span.last);
    if (group.openSamples == 0)
        group.firstOpen = 0;
}

std::uint64_t Head::oldestOpen(std::uint64_t next) const
{
    std::uint64_t oldest = next;
    for (const auto& [id, group] : groups) {
        if (group.closing)
            oldest = std::min(oldest, group.covered + 1);
        else if (group.openSamples > 0)
            oldest = std::min(oldest, group.firstOpen);
    }
    return oldest;
}

void Head::removeGroup(std::uint32_t id)
{
    const auto found = groups.find(id);
    if (found == groups.end())
        return;
    for (const SeriesRef ref : found->second.members) {
        if (ref == 0)
            continue;
        index.unpost(ref);
        m_series[ref] = {};
    }
    const auto filling = m_filling.find(found->second.origin);
    if (filling != m_filling.end() && filling->second == id)
        m_filling.erase(filling);
    groups.erase(found);
}

}  // namespace holdfast::store
