#pragma once

#include "app/api/own_metrics.h"
#include "app/api/router.h"
#include "app/base/mutex.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace holdfast::api {

/// `POST /holdfast/v1/window`: windows tell how often they did not react, so that a slow window is seen where all else
/// is seen. Each window counts for itself from its start; the sums stand on /metrics. Windows that end keep what they
/// told. Thread-safe.
class WindowDoor {
public:
    void addRoutes(Router& router);
    [[nodiscard]] std::vector<OwnMetrics::Reading> readings() const HF_EXCLUDES(m_mutex);

private:
    [[nodiscard]] HttpResponse take(const Call& call) HF_EXCLUDES(m_mutex);

    mutable Mutex m_mutex;
    std::map<std::string, std::int64_t> m_stalls HF_GUARDED_BY(m_mutex);  ///< by window, since its start
    std::int64_t m_total HF_GUARDED_BY(m_mutex) = 0;
    std::int64_t m_longestMs HF_GUARDED_BY(m_mutex) = 0;
};

}  // namespace holdfast::api
