#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace holdfast::control {

/// Calls work(i) for every i below `count`, on up to `most` threads at once, and returns when all are done. For work
/// that waits for a network and has its own time limit.
template <typename Work>
void fanOut(std::size_t count, std::size_t most, const Work& work)
{
    if (count == 0)
        return;
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min(count, most); ++i)
        helpers.emplace_back(run);
    run();
}

}  // namespace holdfast::control
