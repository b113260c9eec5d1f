#pragma once

#include <QDBusAbstractInterface>

namespace holdfast::widgets {

/// Calls and signals of org.freedesktop.Notifications; the names are the wire's. Thread: gui, made on any.
class NotificationService : public QDBusAbstractInterface {
    Q_OBJECT

public:
    explicit NotificationService(const QDBusConnection& bus);

signals:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);
};

}  // namespace holdfast::widgets
