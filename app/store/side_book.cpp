#include "app/store/side_book.h"

#include "app/store/encoding/bytes.h"
#include "app/store/encoding/checksum.h"
#include "app/store/encoding/labels.h"

#include <algorithm>
#include <bit>

namespace holdfast::store {

bool MetadataBook::add(const MetricMetadata& entry)
{
    const MutexLock lock(m_mutex);
    const auto [from, to] = m_entries.equal_range(entry.family);
    if (std::any_of(from, to, [&](const auto& known) { return known.second == entry; }))
        return false;
    if (m_entries.size() >= kMost)
        return false;
    m_entries.emplace_hint(to, entry.family, entry);
    return true;
}

std::vector<MetricMetadata> MetadataBook::find(std::string_view family) const
{
    const MutexLock lock(m_mutex);
    std::vector<MetricMetadata> out;
    const auto [from, to] =
        family.empty() ? std::pair(m_entries.begin(), m_entries.end()) : m_entries.equal_range(family);
    std::transform(from, to, std::back_inserter(out), [](const auto& entry) { return entry.second; });
    return out;
}

bool ExemplarRing::add(Entry entry)
{
    const MutexLock lock(m_mutex);
    const auto [newest, isNew] = m_newest.try_emplace(entry.series.hash(), entry.exemplar.t);
    if (!isNew && entry.exemplar.t <= newest->second)
        return false;
    newest->second = entry.exemplar.t;
    m_entries.push_back(std::move(entry));
    if (m_entries.size() > kMost) {
        const auto oldest = m_newest.find(m_entries.front().series.hash());
        if (oldest != m_newest.end() && oldest->second == m_entries.front().exemplar.t)
            m_newest.erase(oldest);
        m_entries.pop_front();
    }
    return true;
}

std::vector<Querier::SeriesExemplars> ExemplarRing::find(const std::vector<CompiledMatcher>& matchers,
                                                         TimeRange range) const
{
    std::map<LabelSet, std::vector<Exemplar>> found;
    {
        const MutexLock lock(m_mutex);
        for (const Entry& entry : m_entries) {
            const bool matches = std::ranges::all_of(
                matchers, [&](const CompiledMatcher& m) { return m.matches(entry.series.get(m.name())); });
            if (matches && range.contains(entry.exemplar.t))
                found[entry.series].push_back(entry.exemplar);
        }
    }
    std::vector<Querier::SeriesExemplars> out;
    for (auto& [labels, exemplars] : found) {
        std::ranges::stable_sort(exemplars, {}, &Exemplar::t);
        out.push_back({std::make_shared<const LabelSet>(labels), std::move(exemplars)});
    }
    return out;
}

namespace {

std::uint64_t exemplarSum(std::int64_t t, std::string_view bytes, std::string_view seriesBytes)
{
    return xxh64(bytes, xxh64(seriesBytes, static_cast<std::uint64_t>(t)));
}

}  // namespace

std::string encodeExemplar(const Exemplar& exemplar, std::string_view seriesBytes)
{
    std::string out;
    appendLabels(exemplar.labels, out);
    ByteWriter w(out);
    w.fixed64(std::bit_cast<std::uint64_t>(exemplar.value));
    w.fixed64(exemplarSum(exemplar.t, out, seriesBytes));
    return out;
}

Result<Exemplar> decodeExemplar(std::int64_t t, std::string_view bytes, std::string_view seriesBytes)
{
    ByteReader in(bytes);
    Exemplar out{.labels = readLabels(in), .value = std::bit_cast<double>(in.fixed64()), .t = t};
    const std::uint64_t sum = in.fixed64();
    if (!in.done() || sum != exemplarSum(t, bytes.substr(0, bytes.size() - 8), seriesBytes))
        return Error{"an exemplar is damaged: its checksum differs", ErrorKind::Corrupt};
    return out;
}

}  // namespace holdfast::store
