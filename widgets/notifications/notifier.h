#pragma once

#include "widgets/client/feed.h"
#include "widgets/notifications/message_bus.h"
#include "widgets/notifications/notice.h"
#include "widgets/notifications/tray.h"

#include <QHash>
#include <QObject>
#include <QTimer>

class QWidget;

namespace holdfast::widgets {

class NoticeShelf;
struct ViewContext;

/// Tells the person at the screen what the engine wants told: once per incident, never per alert, and again only when
/// it got worse or came back. By the desktop's notification service if there is one, else by the tray, else in the
/// window. From a notice one can open, acknowledge or snooze; nothing else acts. Also keeps the window's title: the
/// worst open incident and how many.
///
/// What was told before the window came is not told again: the incident strip shows it. Thread: gui.
class Notifier : public QObject {
    Q_OBJECT

public:
    /// busAddress  empty: the session's
    Notifier(const ViewContext& context, NoticeShelf& shelf, QWidget* window, const QString& busAddress = {});

    /// What is shown, for the title while nothing is wrong.
    void setPage(const QString& title);
    void start();
    [[nodiscard]] const MessageBus& bus() const { return m_bus; }

signals:
    void told(const holdfast::widgets::Notice& notice);

private:
    void onNotices();
    void onIncidents();
    void onLink();
    void tell(const Notice& notice);
    void tellInWindow(const Notice& notice);
    void closeAll(const QString& subject);
    void choose(const QString& subject, const QString& action);
    void acknowledge(std::int64_t incident, const QString& subject);
    void snooze(const QString& subject);
    void showTitle();
    [[nodiscard]] std::vector<Incident> openIncidents() const;
    [[nodiscard]] bool waitsForSomebody(std::int64_t incident) const;
    void beep();

    const ViewContext& m_context;
    NoticeShelf& m_shelf;
    QWidget* m_window;
    MessageBus m_bus;
    Tray m_tray;
    Feed<NoticeList> m_feed;
    RequestSlot m_ackSlot;
    QString m_page;
    bool m_began = false;
    bool m_blindTold = false;
    std::int64_t m_last = 0;
    QHash<QString, Notice> m_told;
    QTimer m_beeper;
};

}  // namespace holdfast::widgets
