#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace holdfast::scrape {

/// Looks at a large body while it arrives and tells when nothing good can come of the rest, so that an endless answer
/// costs less memory than body_size_limit allows: more samples than the job may have, or a stretch without any.
///
/// Bodies below `startsAt` are not looked at; reading them is the parser's business. One thread at a time.
class BodyWatch {
public:
    enum class Verdict { Fine, TooManySamples, NoSamples };

    /// No exposition has metadata or one line of this size; an answer that has is not metrics. Guessed.
    static constexpr std::size_t longestSilence = 16U << 20U;
    static constexpr std::size_t startsAt = 4U << 20U;

    /// sampleLimit: 0: none.
    void begin(std::uint64_t sampleLimit)
    {
        m_limit = sampleLimit;
        m_at = m_searched = m_lastSampleEnd = 0;
        m_samples = 0;
    }

    /// body: all of it until now, every time.
    [[nodiscard]] Verdict look(std::string_view body);

private:
    std::uint64_t m_limit = 0;
    std::uint64_t m_samples = 0;
    std::size_t m_at = 0;             ///< where the first line begins that is not complete yet
    std::size_t m_searched = 0;       ///< up to here there is no further line end
    std::size_t m_lastSampleEnd = 0;  ///< after the last complete sample line
};

}  // namespace holdfast::scrape
