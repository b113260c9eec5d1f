#pragma once

#include "widgets/client/control.h"

#include <QScrollArea>
#include <QTimer>

#include <vector>

class QVBoxLayout;

namespace holdfast::widgets {

class ControlCard;
class FlatButton;
class RoleLabel;
struct ViewContext;

/// The panel at the right: what one can do about the service in view, and what is in force on it. Never more than one
/// click from a chart. Thread: gui.
class ActHere : public QScrollArea {
    Q_OBJECT

public:
    ActHere(const ViewContext& context, QWidget* parent);

private:
    void refresh();
    void showControls(const std::vector<const Control*>& controls);
    void armOrDisarm();

    const ViewContext& m_context;
    RoleLabel* m_title;
    RoleLabel* m_note;
    FlatButton* m_arm;
    QVBoxLayout* m_cards;
    std::vector<ControlCard*> m_shown;
    QString m_group;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
