#pragma once

#include "widgets/client/severity.h"

#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class OverflowMenu;
class RoleLabel;
struct Status;
struct ViewContext;

/// The bottom line: is it collecting, are the rules on time, how full is the store, are controls armed, where may
/// others ask. A cell opens its page where there is one; the address is copied by a click. Thread: gui.
class StatusCells : public QWidget {
    Q_OBJECT

public:
    StatusCells(const ViewContext& context, bool hasTargetView, bool hasControlView, QWidget* parent);

    /// What may come after a key that waits for a second one; empty: nothing is waited for.
    void hint(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void showCollecting(const Status& status);
    void showRules(const Status& status);
    void showStore(const Status& status);
    void showClocks(const Status& status);
    void showArmed(const Status& status);
    void showSpared(const Status& status);
    void showVersion(const QString& text);
    /// An empty text hides the cell.
    void say(FlatButton* cell, const QString& text, const QString& more, Severity mark = Severity::Normal);
    void fit();
    void fitCells();

    const ViewContext& m_context;
    FlatButton* m_collecting;
    FlatButton* m_rules;
    FlatButton* m_store;
    FlatButton* m_clocks;
    FlatButton* m_armed;
    FlatButton* m_address;
    FlatButton* m_spared;  ///< what is left out because of overload
    FlatButton* m_version;
    RoleLabel* m_hint;
    OverflowMenu* m_more;
    QTimer m_tick;
};

}  // namespace holdfast::widgets
