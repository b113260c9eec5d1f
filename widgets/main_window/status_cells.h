#pragma once

#include "widgets/client/stall_watch.h"

#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
struct ViewContext;

/// The bottom line: is it collecting, are the rules on time, how full is the store, are controls armed, where may
/// others ask. A cell opens its page where there is one; the address is copied by a click. Thread: gui.
class StatusCells : public QWidget {
    Q_OBJECT

public:
    StatusCells(const ViewContext& context, bool hasTargetView, bool hasControlView, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    void showVersion(const QString& text);

    const ViewContext& m_context;
    FlatButton* m_collecting;
    FlatButton* m_rules;
    FlatButton* m_store;
    FlatButton* m_armed;
    FlatButton* m_address;
    RoleLabel* m_version;
    StallWatch m_stalls;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
