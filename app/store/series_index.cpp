#include "app/store/series_index.h"

#include <algorithm>
#include <iterator>

namespace holdfast::store {

namespace {

std::uint32_t fold(std::uint64_t hash)
{
    return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

SeriesRef SeriesIndex::find(const LabelSet& labels) const
{
    if (m_table.empty())
        return 0;
    const std::uint32_t hash = fold(labels.hash());
    const std::size_t mask = m_table.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const SeriesRef ref = m_table[at];
        if (ref == 0)
            return 0;
        const Entry& entry = m_entries[ref];
        if (entry.hash == hash && equals(entry, labels))
            return ref;
    }
}

SeriesRef SeriesIndex::add(const LabelSet& labels)
{
    const auto ref = static_cast<SeriesRef>(m_entries.size());
    m_entries.emplace_back();
    store(ref, labels);
    return ref;
}

void SeriesIndex::restore(SeriesRef ref, const LabelSet& labels)
{
    if (ref >= m_entries.size())
        m_entries.resize(ref + std::size_t{1});
    store(ref, labels);
}

void SeriesIndex::store(SeriesRef ref, const LabelSet& labels)
{
    Entry& entry = m_entries[ref];
    entry.offset = static_cast<std::uint32_t>(m_pairs.size());
    entry.labels = static_cast<std::uint16_t>(labels.size());
    entry.hash = fold(labels.hash());
    entry.known = true;
    for (const Label& label : labels) {
        m_pairs.push_back(m_symbols.add(label.name));
        m_pairs.push_back(m_symbols.add(label.value));
    }
    if ((m_inTable + 1) * 4 > m_table.size() * 3)
        growTable();
    putInTable(ref);
    ++m_inTable;
}

bool SeriesIndex::equals(const Entry& entry, const LabelSet& labels) const
{
    if (entry.labels != labels.size())
        return false;
    const std::uint32_t* pair = m_pairs.data() + entry.offset;
    for (const Label& label : labels) {
        if (m_symbols.text(pair[1]) != label.value || m_symbols.text(pair[0]) != label.name)
            return false;
        pair += 2;
    }
    return true;
}

void SeriesIndex::putInTable(SeriesRef ref)
{
    const std::size_t mask = m_table.size() - 1;
    std::size_t at = m_entries[ref].hash & mask;
    while (m_table[at] != 0)
        at = (at + 1) & mask;
    m_table[at] = ref;
}

void SeriesIndex::growTable()
{
    const std::vector<SeriesRef> old = std::exchange(m_table, {});
    m_table.assign(std::max<std::size_t>(64, old.size() * 2), 0);
    for (const SeriesRef ref : old) {
        if (ref != 0)
            putInTable(ref);
    }
}

void SeriesIndex::post(SeriesRef ref)
{
    Entry& entry = m_entries[ref];
    if (entry.posted)
        return;
    entry.posted = true;
    ++m_posted;
    for (std::uint32_t i = 0; i < entry.labels; ++i) {
        const std::uint32_t* pair = m_pairs.data() + entry.offset + 2 * i;
        Postings& list = m_postings[pair[0]][pair[1]];
        if (list.empty() || list.back() < ref)
            list.push_back(ref);
        else
            list.insert(std::ranges::lower_bound(list, ref), ref);
    }
}

void SeriesIndex::unpost(SeriesRef ref)
{
    Entry& entry = m_entries[ref];
    if (!entry.posted)
        return;
    entry.posted = false;
    --m_posted;
    for (std::uint32_t i = 0; i < entry.labels; ++i) {
        const std::uint32_t* pair = m_pairs.data() + entry.offset + 2 * i;
        auto& values = m_postings[pair[0]];
        Postings& list = values[pair[1]];
        const auto at = std::ranges::lower_bound(list, ref);
        if (at != list.end() && *at == ref)
            list.erase(at);
        if (list.empty())
            values.erase(pair[1]);
        if (values.empty())
            m_postings.erase(pair[0]);
    }
}

LabelSet SeriesIndex::labels(SeriesRef ref) const
{
    const Entry& entry = m_entries[ref];
    std::vector<Label> out;
    out.reserve(entry.labels);
    for (std::uint32_t i = 0; i < entry.labels; ++i) {
        const std::uint32_t* pair = m_pairs.data() + entry.offset + 2 * i;
        out.push_back({std::string(m_symbols.text(pair[0])), std::string(m_symbols.text(pair[1]))});
    }
    return LabelSet(std::move(out));
}

std::string_view SeriesIndex::value(SeriesRef ref, std::string_view name) const
{
    const Entry& entry = m_entries[ref];
    for (std::uint32_t i = 0; i < entry.labels; ++i) {
        const std::uint32_t* pair = m_pairs.data() + entry.offset + 2 * i;
        if (m_symbols.text(pair[0]) == name)
            return m_symbols.text(pair[1]);
    }
    return {};
}

const SeriesIndex::Postings* SeriesIndex::postings(std::string_view name, std::string_view value) const
{
    const auto nameSymbol = m_symbols.find(name);
    const auto valueSymbol = m_symbols.find(value);
    if (!nameSymbol || !valueSymbol)
        return nullptr;
    const auto byName = m_postings.find(*nameSymbol);
    if (byName == m_postings.end())
        return nullptr;
    const auto byValue = byName->second.find(*valueSymbol);
    return byValue == byName->second.end() ? nullptr : &byValue->second;
}

std::vector<SeriesRef> SeriesIndex::everything() const
{
    std::vector<SeriesRef> out;
    out.reserve(m_posted);
    for (SeriesRef ref = 1; ref < m_entries.size(); ++ref) {
        if (m_entries[ref].posted)
            out.push_back(ref);
    }
    return out;
}

// The series to look at more closely: those of all plain lookups, else those of the first matcher that needs the
// label, else all. `done` marks the matchers that are thereby answered.
std::vector<SeriesRef> SeriesIndex::candidates(std::span<const CompiledMatcher> matchers, std::vector<bool>& done) const
{
    std::vector<const Postings*> lists;
    for (std::size_t i = 0; i < matchers.size(); ++i) {
        if (!matchers[i].isLookup())
            continue;
        const Postings* list = postings(matchers[i].name(), matchers[i].value());
        if (!list)
            return {};
        lists.push_back(list);
        done[i] = true;
    }
    if (!lists.empty()) {
        std::ranges::sort(lists, {}, [](const Postings* p) { return p->size(); });
        Postings out = *lists[0];
        for (std::size_t i = 1; i < lists.size() && !out.empty(); ++i) {
            Postings both;
            std::ranges::set_intersection(out, *lists[i], std::back_inserter(both));
            out = std::move(both);
        }
        return out;
    }
    for (std::size_t i = 0; i < matchers.size(); ++i) {
        if (matchers[i].matchesEmpty())
            continue;
        done[i] = true;
        Postings out;
        visitValues(matchers[i].name(), [&](std::string_view value, std::span<const SeriesRef> series) {
            if (matchers[i].matches(value))
                out.insert(out.end(), series.begin(), series.end());
        });
        std::ranges::sort(out);
        return out;
    }
    return everything();
}

std::vector<SeriesRef> SeriesIndex::match(std::span<const CompiledMatcher> matchers) const
{
    std::vector<bool> done(matchers.size(), false);
    std::vector<SeriesRef> out = candidates(matchers, done);
    for (std::size_t i = 0; i < matchers.size(); ++i) {
        if (done[i])
            continue;
        const CompiledMatcher& matcher = matchers[i];
        // Each distinct value is judged once, however many series have it.
        std::unordered_map<const char*, bool> judged;
        const auto fails = [&](SeriesRef ref) {
            const std::string_view v = value(ref, matcher.name());
            if (v.empty())
                return !matcher.matchesEmpty();
            const auto [at, isNew] = judged.try_emplace(v.data(), false);
            if (isNew)
                at->second = matcher.matches(v);
            return !at->second;
        };
        std::erase_if(out, fails);
    }
    return out;
}

void SeriesIndex::visitValues(std::string_view name, const Visitor& visit) const
{
    const auto symbol = m_symbols.find(name);
    const auto found = symbol ? m_postings.find(*symbol) : m_postings.end();
    if (found == m_postings.end())
        return;
    for (const auto& [value, series] : found->second)
        visit(m_symbols.text(value), series);
}

std::vector<std::string_view> SeriesIndex::names() const
{
    std::vector<std::string_view> out;
    out.reserve(m_postings.size());
    for (const auto& [name, values] : m_postings)
        out.push_back(m_symbols.text(name));
    return out;
}

}  // namespace holdfast::store
