#include "app/api/window_door.h"

#include "app/api/holdfast_answer.h"
#include "app/api/json_body.h"

#include <algorithm>

namespace holdfast::api {

namespace {

// Far more than one person opens; beyond it the oldest name is forgotten, and would count anew.
constexpr std::size_t kMostWindows = 64;

}  // namespace

void WindowDoor::addRoutes(Router& router)
{
    // Not a change of anything people share: a replay takes it too.
    router.addPrivate("POST", "/holdfast/v1/window", Lane::Status, [this](const Call& call) { return take(call); });
}

HttpResponse WindowDoor::take(const Call& call)
{
    JsonBody body(call.request.body);
    const std::string window = body.text("window");
    const std::int64_t stalls = body.integer("stalls");
    const std::int64_t longestMs = body.optionalInteger("longest_ms").value_or(0);
    if (body.error())
        return errorReply(*body.error());
    if (stalls < 0 || longestMs < 0)
        return errorReply(Error{"stalls and longest_ms: expected whole numbers from 0 on", ErrorKind::BadInput});
    std::int64_t total = 0;
    {
        const MutexLock lock(m_mutex);
        if (m_stalls.size() >= kMostWindows && m_stalls.find(window) == m_stalls.end())
            m_stalls.erase(m_stalls.begin());
        std::int64_t& known = m_stalls[window];
        m_total += std::max<std::int64_t>(0, stalls - known);
        known = std::max(known, stalls);
        m_longestMs = std::max(m_longestMs, longestMs);
        total = m_total;
    }
    return jsonReply([total](JsonWriter& json) { json.beginObject().integer("stalls", total).endObject(); });
}

std::vector<OwnMetrics::Reading> WindowDoor::readings() const
{
    const MutexLock lock(m_mutex);
    return {{.name = "holdfast_window_stalls_total",
             .help = "Times a window of this engine did not react for more than 50 ms.",
             .type = prometheus::MetricType::Counter,
             .value = static_cast<double>(m_total)},
            {.name = "holdfast_window_longest_stall_seconds",
             .help = "The longest of them.",
             .value = static_cast<double>(m_longestMs) / 1000.0}};
}

}  // namespace holdfast::api
