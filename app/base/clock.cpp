#include "app/base/clock.h"

#include <ctime>

namespace holdfast {

namespace {

std::int64_t readNs(clockid_t id)
{
    timespec now{};
    clock_gettime(id, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

std::int64_t SystemClock::wallMs() const
{
    return readNs(CLOCK_REALTIME) / 1'000'000;
}

std::int64_t SystemClock::monotonicNs() const
{
    return readNs(CLOCK_BOOTTIME);
}

}  // namespace holdfast
