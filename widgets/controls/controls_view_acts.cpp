// What a person does in the lists of the controls view: buttons, the dialog, the row's menu. What they show is in
// controls_view.cpp.
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_dialog.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/control_card.h"
#include "widgets/controls/controls_view.h"
#include "widgets/controls/outcome.h"
#include "widgets/controls/undo_bar.h"
#include "widgets/navigator.h"
#include "widgets/table/row_table.h"

#include <QMenu>

namespace holdfast::widgets {

namespace {

constexpr int quarterOfAnHourS = 900;

}  // namespace

void ControlsView::onControlButton(const ControlModel& model, const QModelIndex& index, int button)
{
    const ControlRef control = model.row(index.row()).control;
    if (!control || button < 0)
        return;
    const auto acts = rowActs(*control);
    const auto at = static_cast<std::size_t>(button);
    if (at < acts.size())
        choose(*control, acts[at].option);
}

void ControlsView::choose(const Control& control, const ControlOption& option)
{
    const bool oneShot = control.kind == ControlKind::Action || control.kind == ControlKind::Server;
    if (control.highBlast || option.value.isEmpty() || oneShot) {
        openDialog(control, option.value);
        return;
    }
    const bool releases = control.rests(option.value);
    const QString what = releases ? tr("%1: %2").arg(controlTitle(control), option.label)
                                  : tr("%1: %2 for 15 min").arg(controlTitle(control), option.label);
    m_undo->start(control.id, what, [this, control, to = option.value](const QString& reason) {
        if (!m_context.link.connected()) {
            say(tr("Not sent: the engine is not reachable."), true);
            return;
        }
        m_ticket = m_context.actions.submit(
            {.control = control.id,
             .to = to,
             .holdS = quarterOfAnHourS,
             .reason = reason.size() < 3 ? tr("no reason given – switched in the list") : reason,
             .expected = modeOf(control),
             .typedName = {},
             .incident = 0});
    });
}

void ControlsView::onProgress(int ticket)
{
    const auto action = m_context.actions.action(ticket);
    if (!action || ticket != m_ticket)
        return;
    say(QStringLiteral("%1: %2").arg(action->control, outcomeText(*action)),
        outcomeRole(*action) == TextRole::Critical);
    if (action->settled())
        m_context.controls.refresh();
}

void ControlsView::openDialog(const Control& control, const QString& to)
{
    (new ActionDialog(m_context, control, to, window()))->open();
}

void ControlsView::openMenu(const ControlModel& model, const QModelIndex& index)
{
    const ControlRef control = model.row(index.row()).control;
    if (!control)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("controlMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Acting& acting = m_context.actions.acting();
    for (const ControlOption& option : acting.allowed() ? usefulOptions(*control) : std::vector<ControlOption>()) {
        QAction* entry = menu->addAction(option.value.isEmpty() ? option.label : option.label + QStringLiteral("…"));
        connect(entry, &QAction::triggered, this, [this, control, to = option.value] { openDialog(*control, to); });
    }
    const QString why = acting.allowed() ? control->locked : acting.why();
    if (menu->isEmpty())
        menu->addAction(why.isEmpty() ? tr("Nothing to switch") : why)->setEnabled(false);
    menu->addSeparator();
    const Place page{QStringLiteral("service"), control->service, {}};
    connect(menu->addAction(tr("Show %1").arg(control->service)), &QAction::triggered, this,
            [this, page] { m_context.navigator.go(page); });
    connect(menu->addAction(tr("Open %1 in a new window").arg(control->service)), &QAction::triggered, this,
            [this, page] { m_context.navigator.openBeside(page); });
    if (!control->callee.isEmpty())
        connect(menu->addAction(tr("Blast radius on the map")), &QAction::triggered, this, [this, control] {
            m_context.navigator.go({QStringLiteral("map"), control->service, QStringLiteral("blast:") + control->id});
        });
    menu->popup(currentTable()->viewport()->mapToGlobal(currentTable()->visualRect(index).bottomLeft()));
}

void ControlsView::say(const QString& text, bool bad)
{
    m_undo->say(text, bad ? TextRole::Critical : TextRole::Strong);
}

}  // namespace holdfast::widgets
