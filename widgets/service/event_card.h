#pragma once

#include "widgets/client/incident.h"

#include <QFrame>

#include <vector>

namespace holdfast::widgets {

class Theme;

/// What happened at a mark, in full: what, when, who, and from here what it did. A popup; Esc or a click beside it
/// closes it. Thread: gui.
class EventCard : public QFrame {
    Q_OBJECT

public:
    /// events  oldest first; at most four are shown
    EventCard(const Theme& theme, const std::vector<Event>& events, std::int64_t nowMs, QWidget* parent);

    void openAt(const QPoint& globalPos);

signals:
    void beforeAfterRequested(const holdfast::widgets::Event& event);
    void incidentRequested(qint64 incident);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

}  // namespace holdfast::widgets
