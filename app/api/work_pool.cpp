#include "app/api/work_pool.h"

#include <chrono>
#include <stop_token>

namespace holdfast::api {

WorkPool::WorkPool(std::size_t threads, std::size_t capacity) : m_queue(capacity)
{
    for (std::size_t i = 0; i < threads; ++i)
        m_threads.emplace_back([this](const std::stop_token& stop) {
            while (!stop.stop_requested())
                if (auto work = m_queue.pop(std::chrono::hours(1), stop))
                    (*work)();
        });
}

void WorkPool::stop()
{
    for (std::jthread& thread : m_threads)
        thread.request_stop();
    m_queue.close();
    m_threads.clear();
    // What nobody took is destroyed here: each dropped exchange answers for itself.
    while (m_queue.pop(std::chrono::nanoseconds(0))) {
    }
}

}  // namespace holdfast::api
