#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/incident.h"

#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
struct ViewContext;

/// The line that is always there: the worst open incident, or since when there is none, and what is in force.
/// Thread: gui.
class IncidentStrip : public QWidget {
    Q_OBJECT

public:
    IncidentStrip(const ViewContext& context, bool hasIncidentView, bool hasControlView, QWidget* parent);

    /// The next open incident.
    void cycle(int direction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void acknowledge();
    void open();
    [[nodiscard]] const Incident* current() const;
    [[nodiscard]] QString sentence() const;

    const ViewContext& m_context;
    const bool m_hasIncidentView;
    const bool m_hasControlView;
    std::vector<Incident> m_open;
    std::size_t m_shown = 0;
    QString m_problem;
    RequestSlot m_ackSlot;
    FlatButton* m_ack;
    FlatButton* m_openButton;
    FlatButton* m_inForce;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
