#include "collectors/scrape/body_watch.h"

namespace holdfast::scrape {

BodyWatch::Verdict BodyWatch::look(std::string_view body)
{
    if (body.size() < startsAt)
        return Verdict::Fine;
    for (;;) {
        const std::size_t end = body.find('\n', m_searched);
        m_searched = end == std::string_view::npos ? body.size() : end + 1;
        if (end == std::string_view::npos)
            break;
        const std::size_t first = body.find_first_not_of(" \t", m_at);
        if (first < end && body[first] != '#' && body[first] != '\r') {
            m_lastSampleEnd = end + 1;
            if (++m_samples > m_limit && m_limit > 0)
                return Verdict::TooManySamples;
        }
        m_at = end + 1;
    }
    return body.size() - m_lastSampleEnd > longestSilence ? Verdict::NoSamples : Verdict::Fine;
}

}  // namespace holdfast::scrape
