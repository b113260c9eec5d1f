#pragma once

#include <QObject>
#include <QUrl>

#include <functional>

class QNetworkAccessManager;

namespace holdfast::widgets {

/// Finds out what answers at an address before a window is built for it: a Holdfast engine, whose doors can be read, or
/// any other Prometheus-compatible API. Without an answer in three seconds it is what it was the last time, or a
/// Prometheus. Thread: gui.
class AttachProbe : public QObject {
    Q_OBJECT

public:
    /// `done` is called once, later.
    AttachProbe(const QUrl& address, std::function<void(bool isEngine)> done, QObject* parent);

private:
    void answered(const QByteArray& body, bool any);

    const QUrl m_address;
    const std::function<void(bool)> m_done;
    QNetworkAccessManager* m_network;
};

}  // namespace holdfast::widgets
