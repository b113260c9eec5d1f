#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"
#include "app/fleet/address_book.h"
#include "app/fleet/experiments/metrics_reading.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace holdfast::fleet {

/// Which numbers somebody on call looks at.
enum class View {
    None,           ///< nobody looks
    MeansAndCpu,    ///< mean latency of all requests, and the processor
    GoldenSignals,  ///< page by page: errors, p99, throughput; and the workers' saturation
};

struct Finding {
    double atS = 0;  ///< since the watcher began
    std::string what;
};

/// Somebody who reads the gateway's /metrics twice a second and compares the last two seconds with the calm ones of the
/// beginning. A signal counts when two looks in a row find it wrong.
///
/// MeansAndCpu: mean latency or processor time at twice its calm value.
/// GoldenSignals: 5 % of a page's answers are errors (three at least), its p99 is above 250 ms and at three times its
/// calm value, its throughput fell to a third, or nine of ten workers are taken.
/// Thread-safe; reads on a thread of its own.
class Watcher {
public:
    /// calmS: so long it only learns. act: called once, on the watcher's thread, when it finds something.
    Watcher(View view, const AddressBook& addresses, double calmS, std::function<void()> act, const Clock& clock);

    [[nodiscard]] std::optional<Finding> found() const HF_EXCLUDES(m_mutex);

private:
    struct Look {
        double atS;
        MetricsReading reading;
    };
    void run(const std::stop_token& stop);
    [[nodiscard]] MetricsReading read() const;
    [[nodiscard]] std::string judge(const MetricsReading& recent, double overS) const;

    const View m_view;
    const AddressBook& m_addresses;
    const double m_calmS;
    const std::function<void()> m_act;
    const Clock& m_clock;
    const std::int64_t m_startNs;
    // Thread: watcher.
    MetricsReading m_calm;
    double m_calmOverS = 0;
    mutable Mutex m_mutex;
    std::optional<Finding> m_found HF_GUARDED_BY(m_mutex);
    std::jthread m_thread;
};

}  // namespace holdfast::fleet
