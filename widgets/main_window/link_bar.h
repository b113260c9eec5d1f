#pragma once

#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
struct ViewContext;

/// Says across the whole window that the engine cannot be reached, since when, and offers to start it. Hidden while all
/// is well. Thread: gui.
class LinkBar : public QWidget {
    Q_OBJECT

public:
    LinkBar(const ViewContext& context, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();

    const ViewContext& m_context;
    RoleLabel* m_text;
    RoleLabel* m_detail;
    FlatButton* m_start;
    FlatButton* m_retry;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
