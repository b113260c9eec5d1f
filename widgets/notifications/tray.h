#pragma once

#include "widgets/client/incident.h"
#include "widgets/notifications/notice.h"

#include <QObject>

#include <memory>
#include <vector>

class QAction;
class QMenu;
class QPixmap;
class QSystemTrayIcon;

namespace holdfast::widgets {

class Theme;

/// The worst state and how many, as a shape with a number in the system tray; only where there is one. Thread: gui.
class Tray : public QObject {
    Q_OBJECT

public:
    explicit Tray(const Theme& theme, QObject* parent = nullptr);
    ~Tray() override;

    [[nodiscard]] bool present() const { return m_icon != nullptr; }
    /// blind  the engine does not answer
    void setState(const std::vector<Incident>& open, bool blind);
    void show(const Notice& notice);

    /// The shape of the worst open incident with their number; hatched when blind. Square, `px` wide.
    static QPixmap picture(const Theme& theme, const std::vector<Incident>& open, bool blind, int px);

signals:
    void openRequested(qint64 incident);
    void ackRequested(qint64 incident);
    void snoozeRequested(qint64 incident);

private:
    const Theme& m_theme;
    QSystemTrayIcon* m_icon = nullptr;
    std::unique_ptr<QMenu> m_menu;
    QAction* m_state = nullptr;
    QAction* m_ack = nullptr;
    QAction* m_snooze = nullptr;
    std::int64_t m_worst = 0;
    std::int64_t m_told = 0;
};

}  // namespace holdfast::widgets
