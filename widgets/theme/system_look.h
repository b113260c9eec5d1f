#pragma once

#include "widgets/theme/tokens.h"

#include <QObject>

#include <optional>

class QDBusVariant;

namespace holdfast::widgets {

/// Whether the desktop is dark or light, from its settings portal (D-Bus, org.freedesktop.appearance color-scheme), as
/// Qt before 6.5 does not tell. Asked without waiting; without bus, portal or preference it is not known.
/// Source: xdg-desktop-portal, org.freedesktop.portal.Settings. Thread: gui.
class SystemLook : public QObject {
    Q_OBJECT

public:
    explicit SystemLook(QObject* parent = nullptr);

    [[nodiscard]] std::optional<ThemeKind> kind() const { return m_kind; }

signals:
    void changed();

private slots:
    void onSetting(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(unsigned scheme);

    std::optional<ThemeKind> m_kind;
};

}  // namespace holdfast::widgets
