#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/incident.h"
#include "widgets/client/severity.h"
#include "widgets/notifications/notice.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace holdfast::widgets {

class FlatButton;
class NoticeShelf;
class OverflowMenu;
struct ViewContext;

/// The line that is always there and always as high: the worst open incident, or since when there is none; what the
/// window alone has to tell; what is in force. An incident nobody has taken has a thick border and a filled badge; what
/// is new never moves anything. In a replay it tells what happens now. Below 1500 px its buttons are in a "…" menu.
/// Thread: gui.
class IncidentStrip : public QWidget {
    Q_OBJECT

public:
    /// shelf  null in a second window: a person is told once
    IncidentStrip(const ViewContext& context, NoticeShelf* shelf, bool hasIncidentView, bool hasControlView,
                  QWidget* parent);

    /// The next of the open incidents and notices.
    void cycle(int direction);
    /// The one that is shown.
    [[nodiscard]] std::optional<Incident> incident() const;
    /// Told by whatever way; while a replay is on, here as well.
    void tellLive(const Notice& notice);
    /// Buttons in the menu, as the window is narrow.
    void setNarrow(bool narrow);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// One thing to tell: an incident, or a notice that is about none.
    struct Entry {
        std::optional<Incident> incident;
        std::optional<Notice> notice;
    };
    void refresh();
    void collect();
    void showButtons();
    void showAdded();
    void showPresent();
    void leaveReplay();
    void fit();
    void acknowledge();
    void open();
    void putAway();
    void complain(const QString& problem);
    [[nodiscard]] const Entry* current() const;
    [[nodiscard]] bool isNew(const Entry& entry) const;
    [[nodiscard]] Severity severity() const;
    [[nodiscard]] QString badge() const;
    [[nodiscard]] QString spoken() const;

    const ViewContext& m_context;
    NoticeShelf* const m_shelf;
    const bool m_hasIncidentView;
    const bool m_hasControlView;
    std::vector<Entry> m_entries;
    std::size_t m_shown = 0;
    std::optional<Notice> m_live;  ///< happened while the past is shown
    QString m_problem;
    RequestSlot m_ackSlot;
    FlatButton* m_exitReplay;
    FlatButton* m_ack;
    FlatButton* m_openButton;
    FlatButton* m_snooze;
    FlatButton* m_away;
    FlatButton* m_inForce;
    OverflowMenu* m_more;
    bool m_narrow = false;
    QTimer m_tick;
    QTimer m_problemTimer;
};

}  // namespace holdfast::widgets
