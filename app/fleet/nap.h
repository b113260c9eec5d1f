#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace holdfast::fleet {

/// Occupies this thread for `ms` of real time, as work or waiting for a disk would; shorter only when `stop` is
/// requested. False when it was.
inline bool nap(double ms, const std::stop_token& stop)
{
    if (ms <= 0)
        return !stop.stop_requested();
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, std::chrono::duration<double, std::milli>(ms), [] { return false; });
    return !stop.stop_requested();
}

}  // namespace holdfast::fleet
