#pragma once

#include <cmath>

namespace holdfast::promql {

/// A sum with the running error beside it. Source: Neumaier's variant of Kahan summation as in Prometheus
/// promql/functions.go, kahanSumInc, so that sums agree to the last digit.
struct KahanSum {
    double sum = 0;
    double correction = 0;

    void add(double v)
    {
        const double total = sum + v;
        if (std::isinf(total))
            correction = 0;
        else if (std::fabs(sum) >= std::fabs(v))
            correction += (sum - total) + v;
        else
            correction += (v - total) + sum;
        sum = total;
    }
    [[nodiscard]] double value() const { return std::isinf(sum) ? sum : sum + correction; }
};

/// A mean that sums as long as the sum is finite and goes on incrementally from there.
/// Source: Prometheus promql/functions.go, funcAvgOverTime; engine.go, aggregation (AVG).
class KahanMean {
public:
    void add(double v)
    {
        m_count += 1;
        if (m_count == 1) {
            m_sum.sum = v;
            return;
        }
        if (!m_incremental) {
            KahanSum next = m_sum;
            next.add(v);
            if (!std::isinf(next.sum)) {
                m_sum = next;
                return;
            }
            m_incremental = true;
            m_sum.sum /= m_count - 1;
            m_sum.correction /= m_count - 1;
        }
        const double weight = (m_count - 1) / m_count;
        m_sum.sum *= weight;
        m_sum.correction *= weight;
        // The order of the addends decides which digits are lost: the new one is the increment.
        m_sum.add(v / m_count);
    }
    [[nodiscard]] double count() const { return m_count; }
    [[nodiscard]] double value() const
    {
        return m_incremental ? m_sum.sum + m_sum.correction : m_sum.sum / m_count + m_sum.correction / m_count;
    }

private:
    KahanSum m_sum;
    double m_count = 0;
    bool m_incremental = false;
};

/// Mean and sum of squared deviations in one pass, both compensated.
/// Source: Welford's method as in Prometheus promql/functions.go, varianceOverTime.
class KahanVariance {
public:
    void add(double v)
    {
        m_count += 1;
        const double delta = v - (m_mean.sum + m_mean.correction);
        m_mean.add(delta / m_count);
        m_squares.add(delta * (v - (m_mean.sum + m_mean.correction)));
    }
    [[nodiscard]] double variance() const { return (m_squares.sum + m_squares.correction) / m_count; }

private:
    KahanSum m_mean;
    KahanSum m_squares;
    double m_count = 0;
};

}  // namespace holdfast::promql
