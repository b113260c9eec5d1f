#pragma once

#include "widgets/notifications/notice.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace holdfast::widgets {

class NotificationService;

/// The desktop's notification service over D-Bus, if the session has a bus and somebody answers on it.
///
/// Source: Desktop Notifications Specification 1.2 (freedesktop.org), org.freedesktop.Notifications.
/// Connecting and the first question run on a thread of the pool; calls are asynchronous. Thread: gui.
class MessageBus : public QObject {
    Q_OBJECT

public:
    /// address  of the bus; empty: that of the session, and nothing happens without one
    explicit MessageBus(const QString& address = {}, QObject* parent = nullptr);
    ~MessageBus() override;

    /// Somebody answers; show() may be used.
    [[nodiscard]] bool ready() const { return m_service != nullptr; }
    /// A later notice with the same subject takes the earlier one's place.
    void show(const Notice& notice);
    void close(const QString& subject);

    static QString sessionAddress();

signals:
    void readyChanged();
    /// The service did not take it; it is to be shown another way.
    void failed(const holdfast::widgets::Notice& notice);
    /// `action`: "open", "ack", "snooze".
    void chosen(const QString& subject, const QString& action);

private:
    void take(NotificationService* service);
    [[nodiscard]] QString subjectOf(quint32 id) const;

    std::unique_ptr<NotificationService> m_service;
    QHash<QString, quint32> m_shown;
};

}  // namespace holdfast::widgets
