#include "widgets/theme/system_look.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace holdfast::widgets {

namespace {

const QString portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colourScheme = QStringLiteral("color-scheme");

/// The portal's old Read answers a variant in a variant.
unsigned unwrapped(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value.toUInt();
}

}  // namespace

SystemLook::SystemLook(QObject* parent) : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portal, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSetting(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(portal, path, interface, QStringLiteral("Read"));
    read << appearance << colourScheme;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        if (!reply.isError())
            take(unwrapped(reply.value().variant()));
    });
}

void SystemLook::onSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == appearance && key == colourScheme)
        take(unwrapped(value.variant()));
}

void SystemLook::take(unsigned scheme)
{
    // 1 prefers dark, 2 prefers light, anything else has no preference.
    const std::optional<ThemeKind> kind = scheme == 1   ? std::optional(ThemeKind::Dark)
                                          : scheme == 2 ? std::optional(ThemeKind::Light)
                                                        : std::nullopt;
    if (kind == m_kind)
        return;
    m_kind = kind;
    emit changed();
}

}  // namespace holdfast::widgets
