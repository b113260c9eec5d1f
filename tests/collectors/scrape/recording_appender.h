#pragma once

#include "app/model/sample.h"
#include "app/store/appender.h"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace holdfast::tests {

/// A store that keeps every sample in memory, by the text of its series. Thread-safe.
class RecordingAppender final : public store::Appender {
public:
    Result<SeriesId> series(const LabelSet& labels) override
    {
        const std::lock_guard lock(m_mutex);
        const auto [it, fresh] = m_ids.try_emplace(labels.text(), m_names.size());
        if (fresh) {
            m_names.push_back(labels.text());
            m_samples.emplace_back();
        }
        ++m_lookups;
        return it->second;
    }
    Result<store::AppendReport> append(Batch batch) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_refuse)
            return Error{"the queue is full", ErrorKind::Unavailable};
        store::AppendReport report;
        for (const BatchSample& sample : batch.samples) {
            auto& samples = m_samples.at(sample.series);
            if (!samples.empty() && samples.back().t >= sample.t) {
                ++(samples.back().t == sample.t ? report.conflicting : report.outOfOrder);
                continue;
            }
            samples.push_back({sample.t, sample.v});
            ++report.stored;
        }
        m_metadata.insert(m_metadata.end(), batch.metadata.begin(), batch.metadata.end());
        for (const BatchExemplar& exemplar : batch.exemplars)
            m_exemplars.push_back(exemplar.exemplar);
        ++m_batches;
        return report;
    }
    Result<store::AppendReport> appendDurably(Batch batch) override { return append(std::move(batch)); }

    [[nodiscard]] std::vector<Sample> samples(const std::string& series) const
    {
        const std::lock_guard lock(m_mutex);
        const auto it = m_ids.find(series);
        return it == m_ids.end() ? std::vector<Sample>() : m_samples[it->second];
    }
    /// Every series whose text contains `part` and that has a sample.
    [[nodiscard]] std::set<std::string> names(const std::string& part) const
    {
        const std::lock_guard lock(m_mutex);
        std::set<std::string> found;
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            if (m_names[i].find(part) != std::string::npos && !m_samples[i].empty())
                found.insert(m_names[i]);
        }
        return found;
    }
    [[nodiscard]] std::vector<MetricMetadata> metadata() const
    {
        const std::lock_guard lock(m_mutex);
        return m_metadata;
    }
    [[nodiscard]] std::vector<Exemplar> exemplars() const
    {
        const std::lock_guard lock(m_mutex);
        return m_exemplars;
    }
    [[nodiscard]] std::size_t lookups() const
    {
        const std::lock_guard lock(m_mutex);
        return m_lookups;
    }
    void refuse(bool on)
    {
        const std::lock_guard lock(m_mutex);
        m_refuse = on;
    }

private:
    mutable std::mutex m_mutex;
    std::map<std::string, SeriesId> m_ids;
    std::vector<std::string> m_names;
    std::vector<std::vector<Sample>> m_samples;
    std::vector<MetricMetadata> m_metadata;
    std::vector<Exemplar> m_exemplars;
    std::size_t m_lookups = 0;
    std::size_t m_batches = 0;
    bool m_refuse = false;
};

}  // namespace holdfast::tests
