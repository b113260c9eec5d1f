#pragma once

#include <cstdint>
#include <optional>

namespace holdfast::resilience {

/// How fast a queue is emptied: items taken in the last full stretch of five seconds, or in the running one once that
/// is a second old. One thread at a time.
class DrainRate {
public:
    /// nowMs: monotonic milliseconds, not falling.
    void tookOne(std::int64_t nowMs)
    {
        roll(nowMs);
        ++m_running;
    }

    /// Items per second, > 0; nothing when none were taken lately.
    [[nodiscard]] std::optional<double> perSecond(std::int64_t nowMs) const
    {
        const std::int64_t runningMs = nowMs - m_startMs;
        if (runningMs >= 1000 && runningMs < 2 * stretchMs && m_running > 0)
            return static_cast<double>(m_running) * 1000 / static_cast<double>(runningMs);
        if (runningMs < 2 * stretchMs && m_last > 0)
            return static_cast<double>(m_last) * 1000 / stretchMs;
        return std::nullopt;
    }

private:
    static constexpr std::int64_t stretchMs = 5000;  // guessed: long against a request, short against a spike

    void roll(std::int64_t nowMs)
    {
        if (nowMs - m_startMs < stretchMs)
            return;
        m_last = nowMs - m_startMs < 2 * stretchMs ? m_running : 0;
        m_running = 0;
        m_startMs = nowMs;
    }

    std::int64_t m_startMs = 0;
    std::uint64_t m_running = 0;
    std::uint64_t m_last = 0;
};

}  // namespace holdfast::resilience
