#include "widgets/client/courier.h"

#include "app/base/bounded_queue.h"
#include "app/base/mutex.h"

#include <QMetaObject>

#include <chrono>
#include <thread>
#include <utility>
#include <vector>

namespace holdfast::widgets {

namespace {

constexpr std::size_t capacity = 512;  // guessed: a service page asks about 30 at once
constexpr std::chrono::milliseconds wakeInterval{250};

}  // namespace

/// The thread, its queue of jobs and the box of deliveries. The payload crosses by the two guarded containers; Qt only
/// carries the wake-up.
class Courier::Worker {
public:
    explicit Worker(std::function<void()> wake)
        : m_jobs(capacity), m_wake(std::move(wake)), m_thread([this](const std::stop_token& stop) { work(stop); })
    {
    }

    ~Worker()
    {
        m_thread.request_stop();
        m_jobs.close();
        m_thread.join();
    }

    [[nodiscard]] bool push(Job job) { return m_jobs.push(std::move(job)); }

    [[nodiscard]] std::vector<Delivery> takeDone() HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        return std::exchange(m_done, {});
    }

private:
    void work(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            auto job = m_jobs.pop(wakeInterval, stop);
            if (job && !stop.stop_requested())
                finish((*job)());
        }
    }

    void finish(Delivery delivery) HF_EXCLUDES(m_mutex)
    {
        bool first = false;
        {
            const MutexLock lock(m_mutex);
            first = m_done.empty();
            m_done.push_back(std::move(delivery));
        }
        if (first)
            m_wake();
    }

    BoundedQueue<Job> m_jobs;
    const std::function<void()> m_wake;
    Mutex m_mutex;
    std::vector<Delivery> m_done HF_GUARDED_BY(m_mutex);
    std::jthread m_thread;
};

Courier::Courier(QObject* parent)
    : QObject(parent), m_worker(std::make_unique<Worker>([this] {
          QMetaObject::invokeMethod(this, &Courier::deliver, Qt::QueuedConnection);
      }))
{
}

Courier::~Courier() = default;

bool Courier::run(Job job)
{
    return m_worker->push(std::move(job));
}

void Courier::deliver()
{
    for (const Delivery& delivery : m_worker->takeDone()) {
        if (delivery)
            delivery();
    }
}

}  // namespace holdfast::widgets
