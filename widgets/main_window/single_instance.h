#pragma once

#include "widgets/client/engine_link.h"

#include <QObject>
#include <QString>

class QLocalServer;

namespace holdfast::widgets {

/// One window process for one engine: a second start hands its link to the first and ends. The socket is for this user
/// alone. Thread: gui.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    explicit SingleInstance(const EngineSource& source, QObject* parent = nullptr);

    /// True when a window of the same engine runs and took `link`; before the first window, as it waits up to a second.
    [[nodiscard]] bool handOver(const QString& link);
    /// From now on others hand over to this process.
    void listen();
    /// Others become the first again.
    void close();

signals:
    void asked(const QString& link);

private:
    void take();

    const QString m_name;
    QLocalServer* m_server;
};

}  // namespace holdfast::widgets
