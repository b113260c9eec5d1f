#include "widgets/notifications/message_bus.h"

#include "widgets/notifications/notification_service.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>
#include <QVariantMap>

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int callDeadlineMs = 3'000;
constexpr int untilClosed = 0;  // expire_timeout of the specification

/// Texts are taken for markup by many services.
QString plain(const QString& text)
{
    return text.toHtmlEscaped();
}

}  // namespace

NotificationService::NotificationService(const QDBusConnection& bus)
    : QDBusAbstractInterface(QStringLiteral("org.freedesktop.Notifications"),
                             QStringLiteral("/org/freedesktop/Notifications"), "org.freedesktop.Notifications", bus,
                             nullptr)
{
    setTimeout(callDeadlineMs);
}

QString MessageBus::sessionAddress()
{
    const QString told = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    if (!told.isEmpty())
        return told;
    const QString socket = qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus");
    return QFileInfo::exists(socket) ? QStringLiteral("unix:path=") + socket : QString();
}

MessageBus::MessageBus(const QString& address, QObject* parent) : QObject(parent)
{
    const QString wanted = address.isEmpty() ? sessionAddress() : address;
    if (wanted.isEmpty() || wanted == QLatin1String("disabled:"))
        return;
    const QPointer<MessageBus> self(this);
    QThreadPool::globalInstance()->start([self, wanted] {
        const QDBusConnection bus = QDBusConnection::connectToBus(wanted, QStringLiteral("holdfast ") + wanted);
        if (!bus.isConnected())
            return;
        auto* service = new NotificationService(bus);
        service->moveToThread(QCoreApplication::instance()->thread());
        QMetaObject::invokeMethod(
            QCoreApplication::instance(), [self, service] { self ? self->take(service) : service->deleteLater(); },
            Qt::QueuedConnection);
    });
}

MessageBus::~MessageBus() = default;

void MessageBus::take(NotificationService* service)
{
    std::unique_ptr<NotificationService> taken(service);
    // Answers, or is started by the bus on this question: only then it is there.
    auto* watcher = new QDBusPendingCallWatcher(taken->asyncCall(QStringLiteral("GetServerInformation")), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, held = std::make_shared<std::unique_ptr<NotificationService>>(std::move(taken))] {
                watcher->deleteLater();
                if (watcher->isError())
                    return;
                m_service = std::move(*held);
                connect(
                    m_service.get(), &NotificationService::ActionInvoked, this, [this](uint id, const QString& action) {
                        if (const QString subject = subjectOf(id); !subject.isEmpty())
                            emit chosen(subject, action == QLatin1String("default") ? QStringLiteral("open") : action);
                    });
                connect(m_service.get(), &NotificationService::NotificationClosed, this,
                        [this](uint id, uint) { m_shown.remove(subjectOf(id)); });
                emit readyChanged();
            });
}

void MessageBus::show(const Notice& notice)
{
    if (!ready()) {
        emit failed(notice);
        return;
    }
    QStringList actions{QStringLiteral("default"), tr("Open"), QStringLiteral("open"), tr("Open")};
    if (notice.incident > 0)
        actions += {QStringLiteral("ack"), tr("Ack"), QStringLiteral("snooze"), tr("Snooze 10 min")};
    const bool critical = notice.severity == QLatin1String("sev1") || notice.severity == QLatin1String("sev2");
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue<uchar>(critical ? 2 : 1)},
                            {QStringLiteral("desktop-entry"), QStringLiteral("org.holdfast.Holdfast")}};
    const QDBusPendingCall call = m_service->asyncCall(
        QStringLiteral("Notify"), tr("Holdfast"), m_shown.value(notice.subject, 0U),
        QStringLiteral("org.holdfast.Holdfast"), notice.title, plain(notice.text), actions, hints, untilClosed);
    auto* watcher = new QDBusPendingCallWatcher(call, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notice] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError())
            emit failed(notice);
        else
            m_shown.insert(notice.subject, reply.value());
    });
}

void MessageBus::close(const QString& subject)
{
    if (ready() && m_shown.contains(subject))
        m_service->asyncCall(QStringLiteral("CloseNotification"), m_shown.take(subject));
}

QString MessageBus::subjectOf(quint32 id) const
{
    return m_shown.key(id);
}

}  // namespace holdfast::widgets
