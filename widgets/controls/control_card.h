#pragma once

#include "widgets/client/control.h"
#include "widgets/client/severity.h"
#include "widgets/view.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;

/// One breaker or flag in the Act-here panel: state in words, k of n, what holds it and until when, and its buttons.
///
/// A high blast opens the dialog. A low one is sent after eight seconds in which it can be taken back.
/// Thread: gui.
class ControlCard : public QWidget {
    Q_OBJECT

public:
    ControlCard(const ViewContext& context, QWidget* parent);

    void setControl(const Control& control);
    [[nodiscard]] const QString& controlId() const { return m_control.id; }
    [[nodiscard]] bool stands() const;
    /// Counts ages up and time limits down; called each second.
    void tick();
    /// Nobody is at the panel: it may be as small as its content again.
    void letShrink();

signals:
    void grew(int by);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QString factsText() const;
    /// Why nothing can be pressed, in words; empty when it can.
    [[nodiscard]] QString whyDisabled() const;
    void rebuildButtons();
    void choose(const QString& to);
    void startUndo(const QString& to);
    void sendAfterUndo();
    /// A success that is over, or that has been read, is said no longer: the lines above tell how it is now.
    void forgetOutcome();
    void onProgress(int ticket);
    void onRefused(int ticket, const QString& why);

    const ViewContext m_context;
    Control m_control;
    RoleLabel* m_title;
    RoleLabel* m_state;
    RoleLabel* m_facts;
    RoleLabel* m_hold;
    RoleLabel* m_outcome;
    RoleLabel* m_effect;  ///< what users notice, while it is on
    QWidget* m_buttons;
    QString m_buttonKey;
    int m_room = 0;  // for buttons, px
    QString m_pendingTo;
    int m_undoLeft = 0;
    int m_ticket = 0;
    QTimer m_undo;
    QString m_succeeded;         ///< the mode that the outcome tells was reached; empty: none
    bool m_seenInForce = false;  ///< since then
    QElapsedTimer m_sinceSucceeded;
};

/// "checkout → payments" for a breaker, "payments-db: fault-errors" for a flag.
[[nodiscard]] QString controlTitle(const Control& control);
/// A person's hold, or a state that is not the normal one: a breaker that is open, a flag that is on.
[[nodiscard]] bool standsOut(const Control& control);
/// How abnormal an observed state is; a person's hold is none.
[[nodiscard]] Severity controlSeverity(const Control& control);

}  // namespace holdfast::widgets
