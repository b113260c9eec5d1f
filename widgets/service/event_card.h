#pragma once

#include "widgets/client/incident.h"
#include "widgets/client/incident_story.h"

#include <QFrame>

#include <utility>
#include <vector>

class QVBoxLayout;

namespace holdfast::widgets {

class Theme;

/// A change somebody or something made, of which one asks what it did.
[[nodiscard]] bool isChange(const Event& event);

/// What happened at a mark, in full: what, when, who, and from here what it did. A popup; Esc or a click beside it
/// closes it. Thread: gui.
class EventCard : public QFrame {
    Q_OBJECT

public:
    /// events  oldest first; at most four are shown
    EventCard(const Theme& theme, const std::vector<Event>& events, std::int64_t nowMs, QWidget* parent);

    void openAt(const QPoint& globalPos);
    /// What that event did to the signals, line by line, under its words.
    void showEffect(std::int64_t event, const ChangeEffect& effect);

signals:
    void beforeAfterRequested(const holdfast::widgets::Event& event);
    void incidentRequested(qint64 incident);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    std::vector<std::pair<std::int64_t, QVBoxLayout*>> m_effects;  ///< by event, where its effect goes
};

}  // namespace holdfast::widgets
