#include "widgets/controls/controls_view.h"

#include "widgets/controls/action_dialog.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/approval_dialog.h"
#include "widgets/controls/control_card.h"
#include "widgets/controls/undo_bar.h"
#include "widgets/navigator.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QCursor>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

constexpr int quarterOfAnHourS = 900;
constexpr int rowsAbove = 5;
constexpr int historyLimit = 200;
constexpr int auditLimit = 1000;
constexpr int exportLimit = 10'000;
constexpr int exportDeadlineMs = 60'000;

struct ArmFor {
    const char* text;
    std::int64_t seconds;
};
constexpr std::array armTimes{ArmFor{"15 min", 900}, ArmFor{"1 h", 3600}, ArmFor{"4 h", 14'400}};

QUrlQuery limitedTo(int count)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(count));
    return query;
}

/// Only words that all rows of a filter see; buttons have an empty filter.
template <typename Row, typename Text>
void keepMatching(std::vector<Row>& rows, const QString& filter, Text text)
{
    if (!filter.isEmpty())
        std::erase_if(rows, [&](const Row& row) { return !text(row).contains(filter, Qt::CaseInsensitive); });
}

/// Runs on the worker: writing a file is no business of the window's thread.
Result<bool> writeFile(const QString& name, const QByteArray& body)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.commit())
        return Error{"cannot write " + name.toStdString() + ": " + file.errorString().toStdString(), ErrorKind::Failed};
    return true;
}

}  // namespace

ControlsView::ControlsView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_leases(
          context.api, context.link, decodeLeases,
          [] {
              return Feed<LeaseList>::Ask{QStringLiteral("/holdfast/v1/leases"), {}};
          },
          {QStringLiteral("lease"), QStringLiteral("action"), QStringLiteral("control")}, 5'000, this),
      m_history(
          context.api, context.link, decodeActions,
          [] {
              return Feed<ActionList>::Ask{QStringLiteral("/holdfast/v1/actions"), limitedTo(historyLimit)};
          },
          {QStringLiteral("action"), QStringLiteral("lease")}, 10'000, this),
      m_journal(
          context.api, context.link, decodeAudit,
          [] {
              return Feed<AuditList>::Ask{QStringLiteral("/holdfast/v1/audit"), limitedTo(auditLimit)};
          },
          {QStringLiteral("action"), QStringLiteral("lease")}, 10'000, this),
      m_inForceModel(makeInForceModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_breakerModel(makeBreakerModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_flagModel(makeFlagModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_actionModel(makeOneShotModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_historyModel(makeHistoryModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_auditModel(makeAuditModel([&link = context.link] { return link.engineNowMs(); }, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildHeader(layout);
    buildTables(layout);

    connect(&m_context.controls, &FeedBase::changed, this, &ControlsView::showControls);
    connect(&m_leases, &FeedBase::changed, this, &ControlsView::showInForce);
    connect(&m_history, &FeedBase::changed, this, [this] {
        showInForce();
        showAudit();
    });
    connect(&m_journal, &FeedBase::changed, this, &ControlsView::showAudit);
    connect(&m_context.link, &EngineLink::statusChanged, this, &ControlsView::updateArming);
    connect(&m_context.actions, &ActionRunner::refused, this, [this](int, const QString& why) { say(why); });
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        // Ages and ends of what can be seen; the other rows are read when they are scrolled to.
        currentTable()->viewport()->update();
        m_inForceAbove->viewport()->update();
    });
    m_filterDelay.setSingleShot(true);
    m_filterDelay.setInterval(60);
    connect(&m_filterDelay, &QTimer::timeout, this, [this] {
        showControls();
        showAudit();
    });
    updateArming();
    m_tabs->setCurrentIndex(Breakers);
}

void ControlsView::buildHeader(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Controls"), this));
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("controlTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setUsesScrollButtons(false);
    for (const QString& title : {tr("In force"), tr("Breakers"), tr("Flags"), tr("Actions"), tr("Audit")})
        m_tabs->addTab(title);
    connect(m_tabs, &QTabBar::currentChanged, this, &ControlsView::showTab);
    row->addWidget(m_tabs);
    row->addStretch(1);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(QStringLiteral("controlFilter"));
    m_filter->setPlaceholderText(tr("Filter   /"));
    m_filter->setToolTip(tr("Words of service, callee, name, group or state"));
    m_filter->setAccessibleName(tr("Filter of the controls"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(120);
    m_filter->setMaximumWidth(260);
    connect(m_filter, &QLineEdit::textChanged, &m_filterDelay, qOverload<>(&QTimer::start));
    row->addWidget(m_filter, 1);
    m_revertAll = new FlatButton(m_context.theme, tr("Revert everything…"), this);
    m_revertAll->setObjectName(QStringLiteral("revertAll"));
    connect(m_revertAll, &FlatButton::clicked, this, &ControlsView::askRevertAll);
    row->addWidget(m_revertAll);
    m_arm = new FlatButton(m_context.theme, tr("Arm…"), this);
    m_arm->setObjectName(QStringLiteral("armControls"));
    m_arm->setDropArrow(true);
    connect(m_arm, &FlatButton::clicked, this, &ControlsView::openArmMenu);
    row->addWidget(m_arm);
    layout->addLayout(row);

    m_message = new RoleLabel(m_context.theme, TextRole::Critical, QString(), this);
    m_message->setObjectName(QStringLiteral("controlMessage"));
    m_message->setWordWrap(true);
    m_message->hide();
    layout->addWidget(m_message);
    m_undo = new UndoBar(m_context.theme, this);
    layout->addWidget(m_undo);
}

void ControlsView::buildTables(QVBoxLayout* layout)
{
    buildAuditTools(layout);
    m_inForceTitle = new RoleLabel(m_context.theme, TextRole::Title, tr("In force"), this);
    layout->addWidget(m_inForceTitle);
    m_inForceAbove = new RowTable(m_context.theme, tr("In force"), this);
    m_inForceAbove->setModel(m_inForceModel);
    m_inForceAbove->setStretchColumn(7);
    m_inForceAbove->setHeightByRows(rowsAbove);
    connect(m_inForceAbove, &RowTable::buttonClicked, this, &ControlsView::onInForceButton);
    layout->addWidget(m_inForceAbove);
    m_empty = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), this);
    m_empty->setObjectName(QStringLiteral("controlsEmpty"));
    m_empty->setWordWrap(true);
    layout->addWidget(m_empty);

    m_stack = new QStackedWidget(this);
    const auto add = [this](QAbstractItemModel* model, const QString& name, int stretch) {
        auto* table = new RowTable(m_context.theme, name, m_stack);
        table->setModel(model);
        table->setStretchColumn(stretch);
        m_stack->addWidget(table);
        return table;
    };
    RowTable* inForce = add(m_inForceModel, tr("In force"), 7);
    connect(inForce, &RowTable::buttonClicked, this, &ControlsView::onInForceButton);
    addControlTable(*m_breakerModel, tr("Breakers"), 8);
    addControlTable(*m_flagModel, tr("Flags"), 5);
    addControlTable(*m_actionModel, tr("Actions"), 4);
    add(m_historyModel, tr("What was done"), 6);
    add(m_auditModel, tr("Audit, every step"), 10);
    layout->addWidget(m_stack, 1);
    layout->addStretch(0);
}

void ControlsView::buildAuditTools(QVBoxLayout* layout)
{
    m_auditTools = new QWidget(this);
    auto* row = new QHBoxLayout(m_auditTools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_everyStep = new FlatButton(m_context.theme, tr("Every step"), m_auditTools);
    m_everyStep->setObjectName(QStringLiteral("everyStep"));
    m_everyStep->setCheckable(true);
    connect(m_everyStep, &FlatButton::toggled, this, [this](bool on) {
        m_everyStep->setLook(on ? ButtonLook::Inverse : ButtonLook::Outlined);
        m_journal.setActive(on && isVisible());
        showTab(Audit);
    });
    row->addWidget(m_everyStep);
    auto* save = new FlatButton(m_context.theme, tr("Export"), m_auditTools);
    save->setObjectName(QStringLiteral("exportAudit"));
    save->setDropArrow(true);
    connect(save, &FlatButton::clicked, this, &ControlsView::openExportMenu);
    row->addWidget(save);
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Small,
                                 tr("Append only, chained by hashes: “holdfast db check” proves it."), m_auditTools));
    row->addStretch(1);
    layout->addWidget(m_auditTools);
}

void ControlsView::addControlTable(RowModel<ControlRef>& model, const QString& name, int stretch)
{
    auto* table = new RowTable(m_context.theme, name, m_stack);
    table->setModel(&model);
    table->setStretchColumn(stretch);
    m_stack->addWidget(table);
    connect(table, &RowTable::buttonClicked, this,
            [this, &model](const QModelIndex& index, int button) { onControlButton(model, index, button); });
    connect(table, &RowTable::rowOpened, this, [this, &model](const QModelIndex& index) { openMenu(model, index); });
    connect(table, &RowTable::keySelected, this, [this, &model](const QString& key) {
        if (const int row = model.rowOf(key); row >= 0)
            m_context.navigator.selectService(model.row(row)->service);
    });
}

void ControlsView::activate()
{
    m_leases.setActive(true);
    m_history.setActive(true);
    m_journal.setActive(m_everyStep->isChecked());
    m_context.controls.setActive(true);
    m_second.start();
    showControls();
    placeChanged();
}

void ControlsView::deactivate()
{
    m_leases.setActive(false);
    m_history.setActive(false);
    m_journal.setActive(false);
    m_second.stop();
}

void ControlsView::placeChanged()
{
    const QString item = m_context.navigator.place().item;
    if (item.isEmpty())
        return;
    if (m_breakerModel->rowOf(item) >= 0)
        m_tabs->setCurrentIndex(Breakers);
    else if (m_flagModel->rowOf(item) >= 0)
        m_tabs->setCurrentIndex(Flags);
    else if (m_actionModel->rowOf(item) >= 0)
        m_tabs->setCurrentIndex(Actions);
    else
        return;
    currentTable()->selectKey(item);
}

void ControlsView::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ControlsView::moveSelection(int by)
{
    currentTable()->moveSelection(by);
}

void ControlsView::openSelection()
{
    const QModelIndex index = currentTable()->currentIndex();
    if (index.isValid())
        emit currentTable()->rowOpened(index);
}

void ControlsView::refreshNow()
{
    m_context.controls.refresh();
    m_leases.refresh();
    m_history.refresh();
    if (m_journal.active())
        m_journal.refresh();
}

bool ControlsView::escape()
{
    if (m_filter->text().isEmpty())
        return false;
    m_filter->clear();
    return true;
}

bool ControlsView::painted() const
{
    return m_context.controls.latest() != nullptr;
}

void ControlsView::showControls()
{
    std::vector<ControlRef> breakers;
    std::vector<ControlRef> flags;
    std::vector<ControlRef> actions;
    for (ControlRef& control : filteredControls(m_context.controls.latest(), m_filter->text())) {
        switch (control->kind) {
        case ControlKind::Breaker: breakers.push_back(std::move(control)); break;
        case ControlKind::Flag:
        case ControlKind::Limit:
        case ControlKind::Value: flags.push_back(std::move(control)); break;
        case ControlKind::Action:
        case ControlKind::Server:
        case ControlKind::Silence: actions.push_back(std::move(control)); break;
        }
    }
    m_breakerModel->setRows(std::move(breakers));
    m_flagModel->setRows(std::move(flags));
    m_actionModel->setRows(std::move(actions));
    showInForce();
    updateArming();
}

void ControlsView::showInForce()
{
    const auto leases = m_leases.latest();
    const auto actions = m_history.latest();
    auto rows =
        inForceRows(leases.get(), actions.get(), filteredControls(m_context.controls.latest(), m_filter->text()));
    keepMatching(rows, m_filter->text(), [](const InForceRow& row) {
        return row.kind == InForceRow::Kind::Foreign ? row.control->id + row.control->word
               : row.kind == InForceRow::Kind::Hold  ? row.lease.control + row.lease.word + row.lease.actor
                                                     : row.action.control + row.action.actor;
    });
    m_inForceModel->setRows(std::move(rows));
    const bool any =
        (leases && !leases->leases.empty()) || (actions && std::ranges::any_of(actions->actions, &Action::waits));
    m_revertAll->setEnabled(any && m_context.link.connected());
    m_revertAll->setToolTip(any ? tr("Puts back everything that is held from here, armed or not")
                                : tr("Nothing is held from here"));
    updateCounts();
    showTab(m_tabs->currentIndex());
}

void ControlsView::showAudit()
{
    const auto list = m_history.latest();
    std::vector<Action> done = list ? list->actions : std::vector<Action>{};
    keepMatching(done, m_filter->text(),
                 [](const Action& action) { return action.control + action.actor + action.reason + action.state; });
    m_historyModel->setRows(std::move(done));
    const auto journal = m_journal.latest();
    std::vector<AuditRow> steps = journal ? journal->rows : std::vector<AuditRow>{};
    keepMatching(steps, m_filter->text(), [](const AuditRow& row) {
        return row.control + row.actor + row.reason + row.step + row.instance + row.outcome;
    });
    m_auditModel->setRows(std::move(steps));
    updateCounts();
    showTab(m_tabs->currentIndex());
}

void ControlsView::showTab(int tab)
{
    static constexpr std::array pages{InForcePage, BreakerPage, FlagPage, ActionPage, HistoryPage};
    const Page page =
        tab == Audit && m_everyStep->isChecked() ? AuditPage : pages[static_cast<std::size_t>(std::max(0, tab))];
    m_stack->setCurrentIndex(page);
    m_auditTools->setVisible(tab == Audit);
    const bool above = tab != InForce && tab != Audit && m_inForceModel->rowCount() > 0;
    m_inForceTitle->setVisible(above);
    m_inForceAbove->setVisible(above);
    const bool empty = currentTable()->model()->rowCount() == 0;
    m_stack->setVisible(!empty);
    m_empty->setVisible(empty);
    if (empty)
        m_empty->setText(emptyText(tab));
}

QString ControlsView::emptyText(int tab) const
{
    if (!m_filter->text().isEmpty())
        return tr("Nothing matches “%1”. Esc clears the filter.").arg(m_filter->text());
    if (const auto& error = m_context.controls.error())
        return QString::fromStdString(error->message);
    if (!m_context.controls.latest())
        return tr("Reading the controls of the fleet…");
    switch (tab) {
    case InForce: return tr("Nothing is in force: every breaker and flag decides by itself, and nothing waits.");
    case Audit:
        return tr(
            "Nothing was switched from here yet. Every change will stand here with who, why and what came of it.");
    case Actions:
        return tr(
            "No one-shot actions, servers or silences are listed. Name where they are under “holdfast: controls:” in "
            "the configuration file.");
    default: break;
    }
    return tr("No %1 found. Name where they are under “holdfast: controls:” in the configuration file.")
        .arg(tab == Breakers ? tr("breakers") : tr("flags"));
}

void ControlsView::updateCounts()
{
    const auto count = [this](int tab, const QString& title, int rows) {
        m_tabs->setTabText(tab, rows > 0 ? QStringLiteral("%1  %2").arg(title).arg(rows) : title);
    };
    count(InForce, tr("In force"), m_inForceModel->rowCount());
    count(Breakers, tr("Breakers"), m_breakerModel->rowCount());
    count(Flags, tr("Flags"), m_flagModel->rowCount());
    count(Actions, tr("Actions"), m_actionModel->rowCount());
    m_tabs->setTabText(Audit, tr("Audit"));
}

void ControlsView::updateArming()
{
    const auto status = m_context.link.status();
    if (!status || status->armed.empty()) {
        m_arm->setText(tr("Read only – arm…"));
        m_arm->setLook(ButtonLook::Outlined);
    } else {
        const std::int64_t now = m_context.link.engineNowMs();
        const Status::Armed& first = status->armed.front();
        QString text = status->armed.size() == 1
                           ? tr("Armed: %1").arg(first.group)
                           : tr("Armed: %1 groups").arg(static_cast<qint64>(status->armed.size()));
        if (first.untilMs > now)
            text += tr(" · %1 left").arg(ageText(first.untilMs - now));
        m_arm->setText(text);
        m_arm->setLook(ButtonLook::Inverse);
    }
    m_arm->updateGeometry();
}

void ControlsView::onControlButton(const RowModel<ControlRef>& model, const QModelIndex& index, int button)
{
    const ControlRef control = model.row(index.row());
    const auto options = usefulOptions(*control);
    if (button >= 0 && static_cast<std::size_t>(button) < options.size())
        choose(*control, options[static_cast<std::size_t>(button)]);
}

void ControlsView::choose(const Control& control, const ControlOption& option)
{
    m_message->hide();
    const bool oneShot = control.kind == ControlKind::Action || control.kind == ControlKind::Server;
    if (control.highBlast || option.value.isEmpty() || oneShot) {
        openDialog(control, option.value);
        return;
    }
    const bool releases = control.rests(option.value);
    const QString what = releases ? tr("%1: %2").arg(controlTitle(control), option.label)
                                  : tr("%1: %2 for 15 min").arg(controlTitle(control), option.label);
    m_undo->start(what, [this, control, to = option.value] {
        if (!m_context.link.connected()) {
            say(tr("Not sent: the engine is not reachable."));
            return;
        }
        m_context.actions.submit({.control = control.id,
                                  .to = to,
                                  .holdS = quarterOfAnHourS,
                                  .reason = tr("switched from the list"),
                                  .expected = modeOf(control),
                                  .typedName = {},
                                  .incident = 0});
    });
}

void ControlsView::openDialog(const Control& control, const QString& to)
{
    (new ActionDialog(m_context, control, to, window()))->open();
}

void ControlsView::onInForceButton(const QModelIndex& index, int button)
{
    m_message->hide();
    const InForceRow row = m_inForceModel->row(index.row());
    const auto acts = actsOn(row);
    if (button < 0 || static_cast<std::size_t>(button) >= acts.size())
        return;
    switch (acts[static_cast<std::size_t>(button)]) {
    case InForceAct::Approve: (new ApprovalDialog(m_context, row.action, window()))->open(); break;
    case InForceAct::Refuse: m_context.actions.cancel(row.action.id, tr("refused by hand")); break;
    case InForceAct::CancelStart: m_context.actions.cancel(row.action.id, tr("cancelled by hand")); break;
    case InForceAct::Revert: m_context.actions.revert(row.lease, tr("reverted by hand")); break;
    case InForceAct::Extend: m_context.actions.extend(row.lease, quarterOfAnHourS); break;
    case InForceAct::Reapply: m_context.actions.reapply(row.lease); break;
    case InForceAct::Release: {
        const auto options = usefulOptions(*row.control);
        const auto release =
            std::ranges::find_if(options, [&](const ControlOption& each) { return row.control->rests(each.value); });
        if (release != options.end())
            openDialog(*row.control, release->value);
        break;
    }
    }
}

void ControlsView::openMenu(const RowModel<ControlRef>& model, const QModelIndex& index)
{
    const ControlRef control = model.row(index.row());
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("controlMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ControlOption& option : usefulOptions(*control)) {
        QAction* entry = menu->addAction(option.value.isEmpty() ? option.label : option.label + QStringLiteral("…"));
        connect(entry, &QAction::triggered, this, [this, control, to = option.value] { openDialog(*control, to); });
    }
    if (menu->isEmpty())
        menu->addAction(control->locked.isEmpty() ? tr("Nothing to switch") : control->locked)->setEnabled(false);
    menu->addSeparator();
    connect(menu->addAction(tr("Show %1").arg(control->service)), &QAction::triggered, this,
            [this, service = control->service] {
                m_context.navigator.go({QStringLiteral("service"), service, {}});
            });
    if (!control->callee.isEmpty())
        connect(menu->addAction(tr("Blast radius on the map")), &QAction::triggered, this, [this, control] {
            m_context.navigator.go({QStringLiteral("map"), control->service, QStringLiteral("blast:") + control->id});
        });
    menu->popup(currentTable()->viewport()->mapToGlobal(currentTable()->visualRect(index).bottomLeft()));
}

void ControlsView::openArmMenu()
{
    QStringList groups;
    if (const auto list = m_context.controls.latest()) {
        for (const Control& control : list->controls) {
            if (!groups.contains(control.group))
                groups << control.group;
        }
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("armMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& group : groups) {
        for (const ArmFor& time : armTimes)
            connect(menu->addAction(tr("Arm “%1” for %2").arg(group, tr(time.text))), &QAction::triggered, this,
                    [this, group, seconds = time.seconds] { m_context.actions.arm(group, seconds); });
    }
    if (const auto status = m_context.link.status()) {
        if (!status->armed.empty())
            menu->addSeparator();
        for (const Status::Armed& armed : status->armed) {
            connect(menu->addAction(tr("Disarm “%1”").arg(armed.group)), &QAction::triggered, this,
                    [this, group = armed.group] { m_context.actions.arm(group, 0); });
        }
    }
    if (menu->isEmpty())
        menu->addAction(tr("No controls are configured"))->setEnabled(false);
    menu->popup(m_arm->mapToGlobal(QPoint(0, m_arm->height())));
}

void ControlsView::askRevertAll()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("revertAllDialog"));
    dialog->setWindowTitle(tr("Revert everything"));
    dialog->setLabelText(tr("Puts back all that is held from here, and cancels what waits. Why?"));
    dialog->setOkButtonText(tr("Revert everything"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& reason) {
        if (reason.trimmed().size() < 3) {
            say(tr("Nothing was reverted: a reason of three characters is needed."));
            return;
        }
        const int ticket = m_context.actions.revertAll(reason.trimmed());
        connect(&m_context.actions, &ActionRunner::progressed, this, [this, ticket](int progressed) {
            const auto action = m_context.actions.action(progressed);
            if (progressed == ticket && action)
                say(action->message, TextRole::Strong);
        });
    });
    dialog->open();
}

void ControlsView::openExportMenu()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("exportMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& format : {QStringLiteral("csv"), QStringLiteral("json")})
        connect(menu->addAction(tr("Save the audit as %1…").arg(format.toUpper())), &QAction::triggered, this,
                [this, format] { exportAudit(format); });
    menu->popup(QCursor::pos());
}

void ControlsView::exportAudit(const QString& format)
{
    auto* dialog = new QFileDialog(this, tr("Save the audit"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format);
    dialog->selectFile(QStringLiteral("audit.%1").arg(format));
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& name) {
        QUrlQuery query = limitedTo(exportLimit);
        query.addQueryItem(QStringLiteral("format"), format);
        m_context.api.get<bool>(
            m_exportSlot, QStringLiteral("/holdfast/v1/audit"), query,
            [name](const QByteArray& body) { return writeFile(name, body); },
            [this, name](const auto& answer) {
                if (answer)
                    say(tr("The audit was saved to %1.").arg(name), TextRole::Strong);
                else
                    say(QString::fromStdString(answer.error().message));
            },
            exportDeadlineMs);
    });
    dialog->open();
}

void ControlsView::say(const QString& text, TextRole role)
{
    m_message->setRole(role);
    m_message->setText(text);
    m_message->show();
}

RowTable* ControlsView::currentTable() const
{
    return qobject_cast<RowTable*>(m_stack->currentWidget());
}

}  // namespace holdfast::widgets
