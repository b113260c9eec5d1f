#pragma once

#include "app/base/bounded_queue.h"

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace holdfast::api {

/// A few threads that do what they are handed, first come, first served.
/// Full or stopped: submit() refuses, and the caller answers 503. stop() lets what runs end and drops the rest.
/// Thread-safe.
class WorkPool {
public:
    WorkPool(std::size_t threads, std::size_t capacity);
    ~WorkPool() { stop(); }
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    [[nodiscard]] bool submit(std::function<void()> work) { return m_queue.push(std::move(work)); }
    [[nodiscard]] std::size_t waiting() const { return m_queue.size(); }
    void stop();

private:
    BoundedQueue<std::function<void()>> m_queue;
    std::vector<std::jthread> m_threads;
};

}  // namespace holdfast::api
