#include "widgets/controls/in_force_pane.h"

#include "widgets/client/engine_link.h"
#include "widgets/controls/action_dialog.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/approval_dialog.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int quarterOfAnHourS = 900;
constexpr int reasonColumn = 7;
constexpr int shortestReason = 3;

}  // namespace

InForcePane::InForcePane(const ViewContext& context, InForceModel& model, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(model),
      m_title(new RoleLabel(context.theme, TextRole::Title, tr("In force"), this)),
      m_revertAll(new FlatButton(context.theme, tr("Revert everything…"), this)),
      m_table(new RowTable(context.theme, tr("In force"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch(1);
    m_revertAll->setObjectName(QStringLiteral("revertAll"));
    connect(m_revertAll, &FlatButton::clicked, this, &InForcePane::askRevertAll);
    head->addWidget(m_revertAll);
    layout->addLayout(head);
    m_table->setModel(&model);
    m_table->setStretchColumn(reasonColumn);
    connect(m_table, &RowTable::buttonClicked, this, &InForcePane::onButton);
    layout->addWidget(m_table);
    connect(&context.actions.acting(), &Acting::changed, this, &InForcePane::followLock);
    m_nothing = new RoleLabel(context.theme, TextRole::Secondary, QString(), m_table->viewport());
    const auto sayNothing = [this] {
        m_nothing->setText(m_context.link.connected()
                               ? tr("Nothing is in force: every breaker and flag decides by itself, and nothing waits.")
                               : tr("Nothing was in force when the engine was last seen."));
    };
    connect(&context.link, &EngineLink::stateChanged, this, sayNothing);
    sayNothing();
    m_nothing->setObjectName(QStringLiteral("nothingInForce"));
    m_nothing->setWordWrap(true);
    m_nothing->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* over = new QVBoxLayout(m_table->viewport());
    over->addWidget(m_nothing, 0, Qt::AlignTop);
    followLock();
}

void InForcePane::followLock()
{
    m_table->setLocked(m_context.actions.acting().why());
    showCounts(m_held);
}

void InForcePane::setStrip(int rows)
{
    m_rows = rows;
    m_table->setHeightOfRows(rows);
}

void InForcePane::showCounts(bool held)
{
    const int count = m_model.rowCount();
    m_nothing->setVisible(count == 0);
    QString title = count > 0 ? tr("In force  %1").arg(count) : tr("In force");
    if (m_rows > 0 && count > m_rows)
        title += tr("  ·  %1 below, scroll").arg(count - m_rows);
    m_title->setText(title);
    m_held = held;
    m_context.actions.acting().apply(*m_revertAll, held,
                                     held ? tr("Puts back everything that is held from here, armed or not")
                                          : tr("Nothing is held from here"));
}

void InForcePane::onButton(const QModelIndex& index, int button)
{
    const InForceRow row = m_model.row(index.row());
    const auto acts = actsOn(row);
    if (button < 0 || static_cast<std::size_t>(button) >= acts.size())
        return;
    switch (acts[static_cast<std::size_t>(button)]) {
    case InForceAct::Approve: (new ApprovalDialog(m_context, row.action, window()))->open(); break;
    case InForceAct::Refuse:
        m_context.actions.cancel(row.action.id, tr("no reason given – refused in the list"));
        break;
    case InForceAct::CancelStart:
        m_context.actions.cancel(row.action.id, tr("no reason given – cancelled in the list"));
        break;
    case InForceAct::Revert: m_context.actions.revert(row.lease, tr("no reason given – reverted in the list")); break;
    case InForceAct::Extend: m_context.actions.extend(row.lease, quarterOfAnHourS); break;
    case InForceAct::Reapply: m_context.actions.reapply(row.lease); break;
    case InForceAct::Release: {
        const auto options = usefulOptions(*row.control);
        const auto release =
            std::ranges::find_if(options, [&](const ControlOption& each) { return row.control->rests(each.value); });
        if (release != options.end())
            (new ActionDialog(m_context, *row.control, release->value, window()))->open();
        break;
    }
    }
}

void InForcePane::askRevertAll()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("revertAllDialog"));
    dialog->setWindowTitle(tr("Revert everything"));
    dialog->setLabelText(tr("Puts back all that is held from here, and cancels what waits. Why?"));
    dialog->setOkButtonText(tr("Revert everything"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& reason) {
        if (reason.trimmed().size() < shortestReason) {
            emit said(tr("Nothing was reverted: a reason of three characters is needed."), true);
            return;
        }
        const int ticket = m_context.actions.revertAll(reason.trimmed());
        connect(&m_context.actions, &ActionRunner::progressed, this, [this, ticket](int progressed) {
            const auto action = m_context.actions.action(progressed);
            if (progressed == ticket && action)
                emit said(action->message, false);
        });
    });
    dialog->open();
}

}  // namespace holdfast::widgets
