#include "widgets/controls/controls_view.h"

#include "widgets/controls/action_dialog.h"
#include "widgets/controls/action_runner.h"
#include "widgets/navigator.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int quarterOfAnHourS = 900;
constexpr int hourS = 3600;

QUrlQuery limitedTo(int count)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(count));
    return query;
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
              return Feed<ActionList>::Ask{QStringLiteral("/holdfast/v1/actions"), limitedTo(200)};
          },
          {QStringLiteral("action"), QStringLiteral("lease")}, 10'000, this),
      m_breakerModel(makeBreakerModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_flagModel(makeFlagModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_holdModel(makeHoldModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_historyModel(makeHistoryModel([&link = context.link] { return link.engineNowMs(); }, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildHeader(layout);
    buildTables(layout);

    connect(&m_context.controls, &FeedBase::changed, this, &ControlsView::showControls);
    connect(&m_leases, &FeedBase::changed, this, &ControlsView::showHolds);
    connect(&m_history, &FeedBase::changed, this, &ControlsView::showHistory);
    connect(&m_context.link, &EngineLink::statusChanged, this, &ControlsView::updateArming);
    connect(&m_context.actions, &ActionRunner::refused, this, [this](int, const QString& why) { say(why); });
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_holdModel->touch();
        currentTable()->viewport()->update();
    });
    showHolds();
    updateArming();
}

void ControlsView::buildHeader(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Controls"), this));
    row->addStretch(1);
    m_filter = new QLineEdit(this);
    m_filter->setPlaceholderText(tr("Filter by service, callee or flag   /"));
    m_filter->setAccessibleName(tr("Filter of the controls"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(300);
    connect(m_filter, &QLineEdit::textChanged, this, &ControlsView::showControls);
    row->addWidget(m_filter);
    m_arm = new FlatButton(m_context.theme, tr("Arm…"), this);
    m_arm->setDropArrow(true);
    connect(m_arm, &FlatButton::clicked, this, &ControlsView::openArmMenu);
    row->addWidget(m_arm);
    layout->addLayout(row);

    m_message = new RoleLabel(m_context.theme, TextRole::Critical, QString(), this);
    m_message->setWordWrap(true);
    m_message->hide();
    layout->addWidget(m_message);
}

void ControlsView::buildTables(QVBoxLayout* layout)
{
    m_holdTitle = new RoleLabel(m_context.theme, TextRole::Title, tr("In force"), this);
    layout->addWidget(m_holdTitle);
    m_holds = new RowTable(m_context.theme, tr("Holds in force"), this);
    m_holds->setModel(m_holdModel);
    m_holds->setStretchColumn(7);
    m_holds->setHeightByRows(6);
    connect(m_holds, &RowTable::buttonClicked, this, &ControlsView::onHoldButton);
    layout->addWidget(m_holds);

    m_tabs = new QTabBar(this);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Breakers"));
    m_tabs->addTab(tr("Flags"));
    m_tabs->addTab(tr("History"));
    connect(m_tabs, &QTabBar::currentChanged, this, &ControlsView::showTab);
    layout->addWidget(m_tabs);

    m_empty = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), this);
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
    for (auto* model : {m_breakerModel, m_flagModel}) {
        RowTable* table =
            add(model, model == m_breakerModel ? tr("Breakers") : tr("Flags"), model == m_breakerModel ? 8 : 4);
        connect(table, &RowTable::buttonClicked, this,
                [this, model](const QModelIndex& index, int button) { onControlButton(*model, index, button); });
        connect(table, &RowTable::rowOpened, this,
                [this, model](const QModelIndex& index) { openMenu(*model, index); });
        connect(table, &RowTable::keySelected, this, [this, model](const QString& key) {
            if (const int row = model->rowOf(key); row >= 0)
                m_context.navigator.selectService(model->row(row).service);
        });
    }
    add(m_historyModel, tr("What was done"), 5);
    layout->addWidget(m_stack, 1);
}

void ControlsView::activate()
{
    m_leases.setActive(true);
    m_history.setActive(true);
    m_context.controls.setActive(true);
    m_second.start();
    showControls();
}

void ControlsView::deactivate()
{
    m_leases.setActive(false);
    m_history.setActive(false);
    m_second.stop();
}

void ControlsView::placeChanged()
{
    const QString item = m_context.navigator.place().item;
    if (item.isEmpty())
        return;
    const bool flag = m_flagModel->rowOf(item) >= 0;
    m_tabs->setCurrentIndex(flag ? Flags : Breakers);
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
    const auto list = m_context.controls.latest();
    std::vector<Control> breakers;
    std::vector<Control> flags;
    if (list) {
        for (const Control& control : list->controls) {
            if (matches(control))
                (control.kind == ControlKind::Breaker ? breakers : flags).push_back(control);
        }
    }
    m_breakerModel->setRows(std::move(breakers));
    m_flagModel->setRows(std::move(flags));
    showHolds();
    updateCounts();
    showTab(m_tabs->currentIndex());
    updateArming();
}

void ControlsView::showHolds()
{
    const auto list = m_leases.latest();
    m_holdModel->setRows(list ? list->leases : std::vector<Lease>{});
    const int count = m_holdModel->rowCount();
    m_holds->setVisible(count > 0);
    qint64 foreign = 0;
    if (const auto controls = m_context.controls.latest())
        foreign = std::ranges::count_if(controls->controls, [](const Control& c) { return c.forced() && !c.lease; });
    QString title = count > 0 ? tr("In force from here: %1").arg(count) : tr("In force: nothing is held from here");
    if (foreign > 0)
        title += tr(" · %1 forced by others, marked M below").arg(foreign);
    m_holdTitle->setText(title);
    m_holds->setHeightByRows(6);
}

void ControlsView::showHistory()
{
    const auto list = m_history.latest();
    m_historyModel->setRows(list ? list->actions : std::vector<Action>{});
    updateCounts();
    showTab(m_tabs->currentIndex());
}

void ControlsView::showTab(int tab)
{
    m_stack->setCurrentIndex(tab);
    const bool empty = currentTable()->model()->rowCount() == 0;
    m_stack->setVisible(!empty);
    m_empty->setVisible(empty);
    if (!empty)
        return;
    if (!m_filter->text().isEmpty() && tab != History)
        m_empty->setText(tr("Nothing matches “%1”. Esc clears the filter.").arg(m_filter->text()));
    else if (const auto& error = m_context.controls.error())
        m_empty->setText(QString::fromStdString(error->message));
    else if (!m_context.controls.latest())
        m_empty->setText(tr("Reading the controls of the fleet…"));
    else if (tab == History)
        m_empty->setText(
            tr("Nothing was switched from here yet. Every change will stand here with who, why and what came of it."));
    else
        m_empty->setText(tr("No %1 found. Name where they are under “holdfast: controls:” in the configuration file.")
                             .arg(tab == Breakers ? tr("breakers") : tr("flags")));
}

void ControlsView::updateCounts()
{
    m_tabs->setTabText(Breakers, tr("Breakers  %1").arg(m_breakerModel->rowCount()));
    m_tabs->setTabText(Flags, tr("Flags  %1").arg(m_flagModel->rowCount()));
    m_tabs->setTabText(History, tr("History  %1").arg(m_historyModel->rowCount()));
}

void ControlsView::updateArming()
{
    const auto status = m_context.link.status();
    if (!status || status->armed.empty()) {
        m_arm->setText(tr("Read only – arm…"));
        m_arm->setLook(ButtonLook::Outlined);
        return;
    }
    QStringList groups;
    for (const Status::Armed& armed : status->armed)
        groups << armed.group;
    m_arm->setText(tr("Armed: %1").arg(groups.join(QStringLiteral(", "))));
    m_arm->setLook(ButtonLook::Inverse);
}

void ControlsView::onControlButton(const RowModel<Control>& model, const QModelIndex& index, int button)
{
    const Control& control = model.row(index.row());
    const auto options = usefulOptions(control);
    if (button < 0 || static_cast<std::size_t>(button) >= options.size())
        return;
    m_message->hide();
    auto* dialog = new ActionDialog(m_context, control, options[static_cast<std::size_t>(button)].value, window());
    dialog->open();
}

void ControlsView::onHoldButton(const QModelIndex& index, int button)
{
    m_message->hide();
    const Lease lease = m_holdModel->row(index.row());
    if (button == 0)
        m_context.actions.extend(lease, quarterOfAnHourS);
    else
        m_context.actions.revert(lease, tr("reverted by hand"));
}

void ControlsView::openMenu(const RowModel<Control>& model, const QModelIndex& index)
{
    const Control& control = model.row(index.row());
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto options = usefulOptions(control);
    for (int i = 0; i < static_cast<int>(options.size()); ++i) {
        QAction* entry = menu->addAction(options[static_cast<std::size_t>(i)].label + QStringLiteral("…"));
        connect(entry, &QAction::triggered, this, [this, &model, index, i] { onControlButton(model, index, i); });
    }
    if (options.empty())
        menu->addAction(control.locked.isEmpty() ? tr("Nothing to switch") : control.locked)->setEnabled(false);
    menu->addSeparator();
    connect(menu->addAction(tr("Show %1").arg(control.service)), &QAction::triggered, this,
            [this, service = control.service] {
                m_context.navigator.go({QStringLiteral("service"), service, {}});
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
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto status = m_context.link.status();
    for (const QString& group : groups) {
        connect(menu->addAction(tr("Arm “%1” for 1 h").arg(group)), &QAction::triggered, this,
                [this, group] { m_context.actions.arm(group, hourS); });
    }
    if (status) {
        for (const Status::Armed& armed : status->armed) {
            connect(menu->addAction(tr("Disarm “%1”").arg(armed.group)), &QAction::triggered, this,
                    [this, group = armed.group] { m_context.actions.arm(group, 0); });
        }
    }
    if (menu->isEmpty())
        menu->addAction(tr("No controls are configured"))->setEnabled(false);
    menu->popup(m_arm->mapToGlobal(QPoint(0, m_arm->height())));
}

void ControlsView::say(const QString& text)
{
    m_message->setText(text);
    m_message->show();
}

bool ControlsView::matches(const Control& control) const
{
    const QString wanted = m_filter->text();
    for (const QString& text : {control.service, control.name, control.callee, control.group, control.word}) {
        if (text.contains(wanted, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

RowTable* ControlsView::currentTable() const
{
    return qobject_cast<RowTable*>(m_stack->currentWidget());
}

}  // namespace holdfast::widgets
