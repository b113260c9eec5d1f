#pragma once

#include <chrono>
#include <ctime>
#include <string>
#include <vector>

namespace holdfast::bench {

/// CPU time of the calling thread, ms: the machine may be shared, the thread's own work is not.
[[nodiscard]] inline double threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

[[nodiscard]] inline double wallMs()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// `q` of the values, 0…1; 0.5 is the median. Not of none.
[[nodiscard]] double quantileOf(std::vector<double> values, double q);

/// Prints a line for each figure as it comes: what, how much, and how much it may be.
class Table {
public:
    enum class Bound { AtMost, AtLeast };

    void add(const std::string& what, double measured, const std::string& unit, double target,
             Bound bound = Bound::AtMost);
    /// A figure without a target.
    void note(const std::string& what, double measured, const std::string& unit);
    /// How many missed their target so far.
    [[nodiscard]] int missed() const { return m_missed; }

private:
    void put(const std::string& what, const std::string& measured, const std::string& target, bool missed);

    int m_lines = 0;
    int m_missed = 0;
};

}  // namespace holdfast::bench
