#pragma once

#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class OverflowMenu;
class RoleLabel;
struct ViewContext;

/// The top line: which environment, where to go, which time, live or held, and the clock. What there is no room for is
/// in its "…" menu; environment, range, live and pause never are. Thread: gui.
class TimeBar : public QWidget {
    Q_OBJECT

public:
    TimeBar(const ViewContext& context, QWidget* parent);

    /// Opens the range picker under its button.
    void openRangePicker();

signals:
    void goToRequested();
    void themeRequested();
    void panelRequested();
    /// Whoever knows the environments opens their menu below `button`.
    void environmentMenuRequested(QWidget* button);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showStatus();
    void showTime();
    void showZone();
    void fit();
    void switchZone();

    const ViewContext& m_context;
    FlatButton* m_environment;
    FlatButton* m_goTo;
    FlatButton* m_range;
    FlatButton* m_live;
    FlatButton* m_pause;
    FlatButton* m_zone;
    RoleLabel* m_clock;
    OverflowMenu* m_more;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
