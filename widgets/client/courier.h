#pragma once

#include <QObject>

#include <functional>
#include <memory>

namespace holdfast::widgets {

/// A worker thread for what would hold up the GUI thread: decoding, decimation, rasterising, small files.
///
/// A job runs on the worker and returns its delivery, which runs on the GUI thread. Jobs run in order. At most 512
/// wait; a further one is refused, and the asker shows that the window cannot keep up.
/// Made, used and destroyed on the GUI thread; the jobs run on the worker.
class Courier : public QObject {
    Q_OBJECT

public:
    using Delivery = std::function<void()>;
    using Job = std::function<Delivery()>;

    explicit Courier(QObject* parent = nullptr);
    ~Courier() override;

    /// False when the queue is full; nothing will be delivered then.
    [[nodiscard]] bool run(Job job);

private:
    void deliver();

    class Worker;
    std::unique_ptr<Worker> m_worker;
};

}  // namespace holdfast::widgets
