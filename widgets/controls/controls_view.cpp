#include "widgets/controls/controls_view.h"

#include "widgets/client/engine_link.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/arm_button.h"
#include "widgets/controls/audit_page.h"
#include "widgets/controls/control_card.h"
#include "widgets/controls/in_force_pane.h"
#include "widgets/controls/undo_bar.h"
#include "widgets/navigator.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTabBar>
#include <QUrlQuery>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <tuple>

namespace holdfast::widgets {

namespace {

constexpr int historyLimit = 200;
constexpr int rowsOfStrip = 3;
constexpr int rowsOfLowStrip = 2;
constexpr int belowHeader = 44;
constexpr int belowTools = 88;
constexpr int lowBelow = 700;
constexpr int veryLowBelow = 420;
constexpr int twoLinesBelow = 1300;
constexpr int headlineFrom = 700;  // narrower, the tabs need its place

Feed<ActionList>::Ask lastActions()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(historyLimit));
    return {QStringLiteral("/holdfast/v1/actions"), query};
}

/// Whether the filter's words, one after the other, stand in what a row of those in force says.
bool matches(const InForceRow& row, const QString& filter)
{
    const QString text = row.kind == InForceRow::Kind::Foreign ? row.control->id + row.control->word
                         : row.kind == InForceRow::Kind::Hold  ? row.lease.control + row.lease.word + row.lease.actor
                                                               : row.action.control + row.action.actor;
    const QStringList wanted = filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(wanted, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// True when rows would come, go or move, and do not because somebody aims at them.
template <typename Row>
bool place(RowModel<Row>& model, std::vector<Row> rows, bool aimedAt)
{
    if (aimedAt)
        return model.setRowsInPlace(std::move(rows));
    model.setRows(std::move(rows));
    return false;
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
      m_history(context.api, context.link, decodeActions, lastActions,
                {QStringLiteral("action"), QStringLiteral("lease")}, 10'000, this),
      m_inForceModel(makeInForceModel([&link = context.link] { return link.engineNowMs(); }, this))
{
    m_undo = new UndoBar(
        context.theme, tr("Enter or double-click on a row: everything that can be done with it, with reason and hold."),
        this);
    const auto now = [&link = context.link] { return link.engineNowMs(); };
    const auto pending = [this](const QString& control) { return m_undo->pendingText(control); };
    m_breakerModel = makeBreakerModel(now, this, pending);
    m_flagModel = makeFlagModel(now, this, pending);
    m_actionModel = makeOneShotModel(now, this, pending);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 6);
    layout->setSpacing(8);
    buildHeader(layout);
    buildLists(layout);
    layout->addWidget(m_undo);

    connect(&m_context.controls, &FeedBase::changed, this, &ControlsView::showControls);
    connect(&m_leases, &FeedBase::changed, this, &ControlsView::showInForce);
    connect(&m_history, &FeedBase::changed, this, &ControlsView::showInForce);
    connect(&m_context.actions, &ActionRunner::refused, this, [this](int, const QString& why) { say(why, true); });
    connect(&m_context.actions, &ActionRunner::progressed, this, &ControlsView::onProgress);
    connect(m_undo, &UndoBar::counted, this, [this] { currentTable()->viewport()->update(); });
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, &ControlsView::tick);
    m_filterDelay.setSingleShot(true);
    m_filterDelay.setInterval(60);
    connect(&m_filterDelay, &QTimer::timeout, this, [this] {
        m_audit->setFilter(m_filter->text());
        showControls();
    });
    m_tabs->setCurrentIndex(Breakers);
    showTab();
}

void ControlsView::buildHeader(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    m_headline = new RoleLabel(m_context.theme, TextRole::Headline, tr("Controls"), this);
    row->addWidget(m_headline);
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("controlTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone);
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
    row->addWidget(new ArmButton(m_context, this));
    layout->addLayout(row);
}

void ControlsView::buildLists(QVBoxLayout* layout)
{
    m_strip = new InForcePane(m_context, *m_inForceModel, this);
    m_strip->setStrip(rowsOfStrip);
    connect(m_strip, &InForcePane::said, this, &ControlsView::say);
    layout->addWidget(m_strip);
    auto* head = new QHBoxLayout;
    m_listTitle = new RoleLabel(m_context.theme, TextRole::Title, QString(), this);
    head->addWidget(m_listTitle);
    head->addStretch(1);
    m_hidden = new FlatButton(m_context.theme, QString(), this, ButtonLook::Inverse);
    m_hidden->setObjectName(QStringLiteral("hiddenByFilter"));
    m_hidden->setKeyHint(QStringLiteral("Esc"));
    QSizePolicy kept = m_hidden->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_hidden->setSizePolicy(kept);
    m_hidden->hide();
    connect(m_hidden, &FlatButton::clicked, m_filter, &QLineEdit::clear);
    head->addWidget(m_hidden);
    layout->addLayout(head);

    m_stack = new QStackedWidget(this);
    m_inForce = new InForcePane(m_context, *m_inForceModel, m_stack);
    connect(m_inForce, &InForcePane::said, this, &ControlsView::say);
    m_stack->addWidget(m_inForce);
    addList(*m_breakerModel, tr("Breakers"), 2);
    addList(*m_flagModel, tr("Flags"), 5);
    addList(*m_actionModel, tr("Actions"), 4);
    for (const int page : {Flags, Actions})
        qobject_cast<RowTable*>(m_stack->widget(page))->setRowLines(2);
    m_audit = new AuditPage(m_context, m_history, m_stack);
    connect(m_audit, &AuditPage::said, this, &ControlsView::say);
    connect(m_audit, &AuditPage::filled, this, &ControlsView::showTab);
    m_stack->addWidget(m_audit);
    layout->addWidget(m_stack, 1);
    m_empty = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), m_stack);
    m_empty->setObjectName(QStringLiteral("controlsEmpty"));
    m_empty->setWordWrap(true);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
}

void ControlsView::addList(ControlModel& model, const QString& name, int stretch)
{
    auto* table = new RowTable(m_context.theme, name, m_stack);
    table->setModel(&model);
    table->setStretchColumn(stretch);
    m_stack->addWidget(table);
    const auto follow = [table, &acting = m_context.actions.acting()] { table->setLocked(acting.why()); };
    connect(&m_context.actions.acting(), &Acting::changed, table, follow);
    follow();
    connect(table, &RowTable::buttonClicked, this,
            [this, &model](const QModelIndex& index, int button) { onControlButton(model, index, button); });
    connect(table, &RowTable::rowOpened, this, [this, &model](const QModelIndex& index) { openMenu(model, index); });
    connect(table, &RowTable::keySelected, this, [this, &model](const QString& key) {
        if (const int row = model.rowOf(key); row >= 0 && model.row(row).control)
            m_context.navigator.selectService(model.row(row).control->service);
    });
}

void ControlsView::activate()
{
    m_leases.setActive(true);
    m_history.setActive(true);
    m_audit->setActive(true);
    m_context.controls.setActive(true);
    m_second.start();
    m_order.forget();
    showControls();
    placeChanged();
}

void ControlsView::deactivate()
{
    m_leases.setActive(false);
    m_history.setActive(false);
    m_audit->setActive(false);
    m_second.stop();
    m_filter->clear();  // what one does not see any more must not hide anything when one comes back
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
    m_audit->refresh();
}

bool ControlsView::escape()
{
    if (m_undo->waiting()) {
        m_undo->undo();
        return true;
    }
    if (m_filter->text().isEmpty())
        return false;
    m_filter->clear();
    return true;
}

bool ControlsView::painted() const
{
    return m_context.controls.latest() != nullptr;
}

void ControlsView::tick()
{
    // Ages and ends of what can be seen; the other rows are read when they are scrolled to.
    currentTable()->viewport()->update();
    m_strip->table()->viewport()->update();
    if (m_waits)
        showControls();
}

void ControlsView::showControls()
{
    std::vector<ControlRow> breakers;
    std::vector<ControlRow> flags;
    std::vector<ControlRow> actions;
    auto rows = filteredControls(m_context.controls.latest(), m_filter->text());
    // What is in force or open stands on top when one comes, and where it is from then on.
    m_order.apply(
        rows, [](const ControlRow& row) { return row.control->id; },
        [](const ControlRow& row) {
            return std::tuple(!row.control->forced(), !standsOut(*row.control),
                              -static_cast<int>(controlSeverity(*row.control)));
        });
    for (ControlRow& row : rows) {
        switch (row.control->kind) {
        case ControlKind::Breaker: breakers.push_back(std::move(row)); break;
        case ControlKind::Flag:
        case ControlKind::Limit:
        case ControlKind::Value: flags.push_back(std::move(row)); break;
        case ControlKind::Action:
        case ControlKind::Server:
        case ControlKind::Silence: actions.push_back(std::move(row)); break;
        }
    }
    const bool aimedAt = currentTable()->aimedAt();
    m_waits = place(*m_breakerModel, std::move(breakers), aimedAt);
    m_waits |= place(*m_flagModel, groupedFlags(std::move(flags)), aimedAt);
    m_waits |= place(*m_actionModel, std::move(actions), aimedAt);
    showInForce();
}

void ControlsView::showInForce()
{
    const auto leases = m_leases.latest();
    const auto actions = m_history.latest();
    auto rows = inForceRows(leases.get(), actions.get(), controlRefs(m_context.controls.latest()));
    for (InForceRow& row : rows)
        row.outside = !matches(row, m_filter->text());
    m_waits |= place(*m_inForceModel, std::move(rows), m_strip->table()->aimedAt() || m_inForce->table()->aimedAt());
    const bool held =
        (leases && !leases->leases.empty()) || (actions && std::ranges::any_of(actions->actions, &Action::waits));
    m_strip->showCounts(held);
    m_inForce->showCounts(held);
    showCounts();
    showTab();
}

void ControlsView::showTab()
{
    const int tab = std::max(0, m_tabs->currentIndex());
    m_stack->setCurrentIndex(tab);
    m_strip->setVisible(tab != InForce);
    m_listTitle->setVisible(tab != InForce);
    m_listTitle->setText(tab == InForce ? QString() : m_tabs->tabText(tab));
    const bool empty = currentTable()->model()->rowCount() == 0 && tab != InForce;
    m_empty->setVisible(empty);
    if (empty) {
        m_empty->setText(emptyText(tab));
        m_empty->setGeometry(
            m_stack->rect().adjusted(8, m_context.theme.px(tab == Audit ? belowTools : belowHeader), -8, 0));
        m_empty->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_empty->raise();
    }
    showCounts();
}

QString ControlsView::emptyText(int tab) const
{
    if (!m_filter->text().isEmpty())
        return tr("Nothing matches “%1”. Esc clears the filter.").arg(m_filter->text());
    if (tab == Audit && !m_audit->read())
        return tr("Reading the audit…");
    if (tab == Audit)
        return tr(
            "Nothing was switched from here yet. Every change will stand here with who, why and what came of it.");
    if (const auto& error = m_context.controls.error())
        return QString::fromStdString(error->message);
    if (!m_context.controls.latest())
        return tr("Reading the controls of the fleet…");
    if (tab == Actions)
        return tr(
            "No one-shot actions, servers or silences are listed. Name where they are under “holdfast: controls:” in "
            "the configuration file.");
    return tr("No %1 found. Name where they are under “holdfast: controls:” in the configuration file.")
        .arg(tab == Breakers ? tr("breakers") : tr("flags"));
}

void ControlsView::showCounts()
{
    const auto count = [this](int tab, const QString& title, std::ptrdiff_t rows) {
        const QString text = rows > 0 ? QStringLiteral("%1  %2").arg(title).arg(rows) : title;
        if (m_tabs->tabText(tab) != text)
            m_tabs->setTabText(tab, text);
    };
    std::array<std::ptrdiff_t, 3> all{};
    if (const auto list = m_context.controls.latest()) {
        for (const Control& control : list->controls) {
            const bool flag = control.kind == ControlKind::Flag || control.kind == ControlKind::Limit
                              || control.kind == ControlKind::Value;
            ++all[control.kind == ControlKind::Breaker ? 0 : flag ? 1 : 2];
        }
    }
    count(InForce, tr("In force"), m_inForceModel->rowCount());
    // How many there are, whatever a filter leaves: a tab must not change its width under the pointer.
    count(Breakers, tr("Breakers"), all[0]);
    count(Flags, tr("Flags"), all[1]);
    count(Actions, tr("Actions"), all[2]);
    const int tab = m_tabs->currentIndex();
    std::ptrdiff_t hidden = tab == Audit ? m_audit->hiddenRows() : 0;
    if (tab >= Breakers && tab <= Actions) {
        const ControlModel& model = tab == Breakers ? *m_breakerModel : tab == Flags ? *m_flagModel : *m_actionModel;
        hidden = all[static_cast<std::size_t>(tab - Breakers)];
        for (int row = 0; row < model.rowCount(); ++row)
            hidden -= model.row(row).control ? 1 : 0;
    }
    m_hidden->setVisible(!m_filter->text().isEmpty() && hidden > 0);
    m_hidden->setText(tr("%1 hidden by “%2” – clear").arg(static_cast<qint64>(hidden)).arg(m_filter->text()));
    m_hidden->updateGeometry();
}

void ControlsView::resizeEvent(QResizeEvent* event)
{
    View::resizeEvent(event);
    // With large texts in a small window the list itself keeps most of the room.
    const bool veryLow = height() < m_context.theme.px(veryLowBelow);
    const bool low = height() < m_context.theme.px(lowBelow);
    m_strip->setStrip(veryLow ? 1 : low ? rowsOfLowStrip : rowsOfStrip);
    // A state that is cut after "FORCED" says the wrong thing.
    const int lines = !veryLow && width() < m_context.theme.px(twoLinesBelow) ? 2 : 1;
    qobject_cast<RowTable*>(m_stack->widget(Breakers))->setRowLines(lines);
    m_headline->setVisible(width() >= m_context.theme.px(headlineFrom));
}

RowTable* ControlsView::currentTable() const
{
    QWidget* page = m_stack->currentWidget();
    if (page == m_audit)
        return m_audit->table();
    return page == m_inForce ? m_inForce->table() : qobject_cast<RowTable*>(page);
}

}  // namespace holdfast::widgets
