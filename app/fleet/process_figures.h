#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

namespace holdfast::fleet {

/// Resident memory of this process; 0 where it cannot be read.
[[nodiscard]] double residentBytes();

/// CPU, memory, files and threads of this process, under the names of the Prometheus client libraries. Only one target
/// of the fleet carries them: they belong to all of it. One thread at a time.
class ProcessFigures {
public:
    explicit ProcessFigures(prometheus::Registry& registry);

    /// Reads them anew.
    void update();

private:
    prometheus::Counter& m_cpuSeconds;
    prometheus::Gauge& m_residentBytes;
    prometheus::Gauge& m_openFiles;
    prometheus::Gauge& m_maxFiles;
    prometheus::Gauge& m_threads;
};

}  // namespace holdfast::fleet
