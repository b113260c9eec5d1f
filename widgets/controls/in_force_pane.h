#pragma once

#include "widgets/controls/in_force_rows.h"
#include "widgets/view.h"

#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class RowTable;

/// What is in force, with its end and its buttons, under a title with their count. As a strip over other lists it keeps
/// its height whatever is in force, and says so when nothing is. Thread: gui.
class InForcePane : public QWidget {
    Q_OBJECT

public:
    InForcePane(const ViewContext& context, InForceModel& model, QWidget* parent);

    /// A strip of so many rows; more are scrolled to.
    void setStrip(int rows);
    [[nodiscard]] RowTable* table() const { return m_table; }
    /// The rows changed: count, what is hidden below, what can be reverted.
    /// held  something is held from here
    void showCounts(bool held);

signals:
    void said(const QString& text, bool bad);

private:
    void followLock();
    void onButton(const QModelIndex& index, int button);
    void askRevertAll();

    const ViewContext m_context;
    InForceModel& m_model;
    RoleLabel* m_title;
    RoleLabel* m_nothing;
    FlatButton* m_revertAll;
    RowTable* m_table;
    int m_rows = 0;
    bool m_held = false;
};

}  // namespace holdfast::widgets
