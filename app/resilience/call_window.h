#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace holdfast::resilience {

enum class WindowKind {
    Count,  ///< the last `size` calls
    Time,   ///< the calls of the last `size` seconds, in buckets of one second
};

struct WindowTotals {
    std::uint32_t calls = 0;
    std::uint32_t failed = 0;
    std::uint32_t slow = 0;
};

/// Failed and slow calls over the newest calls or seconds, in constant time and memory a call.
///
/// Count: a ring of outcomes; a call pushes the oldest out. Time: a ring of one-second buckets with running totals;
/// buckets that fell out of the window are taken off when time is next looked at.
/// Source: the two sliding windows of Resilience4j (FixedSizeSlidingWindowMetrics, SlidingTimeWindowMetrics).
/// One thread at a time.
class CallWindow {
public:
    CallWindow(WindowKind kind, std::size_t size);

    /// nowS: monotonic seconds; only read by time windows.
    void add(bool failed, bool slow, std::int64_t nowS);
    [[nodiscard]] WindowTotals totals(std::int64_t nowS);
    void clear();
    [[nodiscard]] WindowKind kind() const { return m_kind; }

private:
    void advance(std::int64_t nowS);

    const WindowKind m_kind;
    std::vector<WindowTotals> m_ring;
    std::size_t m_next = 0;       ///< count: slot of the next call
    std::int64_t m_newestS = -1;  ///< time: second of the newest bucket; −1 when empty
    WindowTotals m_totals;
};

}  // namespace holdfast::resilience
