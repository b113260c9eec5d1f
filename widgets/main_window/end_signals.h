#pragma once

#include <QObject>

#include <array>

class QSocketNotifier;

namespace holdfast::widgets {

/// SIGTERM, SIGINT and SIGHUP, told on the gui thread: who logs out or stops the program wants a clean end, and the
/// next start must not speak of an unexpected one. One at a time in a process; the old handlers come back with its end.
/// Source: Qt, "Calling Qt functions from Unix signal handlers". Thread: gui.
class EndSignals : public QObject {
    Q_OBJECT

public:
    explicit EndSignals(QObject* parent = nullptr);
    ~EndSignals() override;

signals:
    void asked();

private:
    void take();

    std::array<int, 2> m_sockets{-1, -1};
    QSocketNotifier* m_notifier = nullptr;
};

}  // namespace holdfast::widgets
