#include "widgets/fleet/fleet_view.h"

#include "widgets/client/aged_fleet.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/export/picture_export.h"
#include "widgets/export/table_text.h"
#include "widgets/fleet/fleet_columns.h"
#include "widgets/fleet/fleet_delegate.h"
#include "widgets/fleet/fleet_filter.h"
#include "widgets/fleet/fleet_model.h"
#include "widgets/fleet/held_fleet.h"
#include "widgets/navigator.h"
#include "widgets/table/below_hint.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/state_page.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int rowHeight = 32;
constexpr int sparkPoints = 60;

}  // namespace

FleetView::FleetView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_held(new HeldFleet(m_context, this)),
      m_model(new FleetModel(this)),
      m_filter(new FleetFilter(this)),
      m_delegate(new FleetDelegate(context.theme, this)),
      m_table(new QTableView(this)),
      m_text(new QLineEdit(this)),
      m_abnormal(new FlatButton(context.theme, tr("Only abnormal"), this)),
      m_sort(new FlatButton(context.theme, tr("Sort by severity"), this)),
      m_below(new BelowHint(context.theme, m_table)),
      m_counts(new RoleLabel(context.theme, TextRole::Tertiary, QString(), this)),
      m_legend(new RoleLabel(context.theme, TextRole::Tertiary, QString(), this)),
      m_state(new StatePage(context.theme, this)),
      m_stack(new QStackedLayout)
{
    build();
    connect(&context.fleet, &FeedBase::changed, this, &FleetView::takeFleet);
    connect(m_held, &HeldFleet::changed, this, &FleetView::takeFleet);
    connect(&context.time, &TimeCursor::modeChanged, this, &FleetView::showCounts);
    connect(&context.link, &EngineLink::stateChanged, this, &FleetView::showState);
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setText(text);
        showState();
    });
    connect(m_abnormal, &FlatButton::clicked, this, [this] {
        m_filter->setOnlyAbnormal(m_abnormal->isChecked());
        showState();
    });
    connect(m_sort, &FlatButton::clicked, this, &FleetView::sortNow);
    connect(m_table, &QTableView::doubleClicked, this, &FleetView::openSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    m_context.navigator.selectService(current.data(FleetModel::ServiceRole).toString());
            });
    connect(m_state, &StatePage::wayOutTaken, this, &FleetView::escape);
    connect(&context.time, &TimeCursor::crosshairChanged, this, &FleetView::showCrosshair);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &FleetView::showBelow);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &FleetView::showBelow);
    connect(&context.navigator, &Navigator::serviceChanged, this, &FleetView::selectActedOn);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::customContextMenuRequested, this, &FleetView::openMenu);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_held->wanted() && m_held->fleet())
            return;  // nothing of it grows older
        m_model->setNow(m_context.link.engineNowMs());
        if (!m_context.link.connected())
            takeFleet();  // its values grow old
    });
    m_tick.start(1000);
    takeFleet();
}

FleetView::~FleetView() = default;

void FleetView::build()
{
    m_filter->setSourceModel(m_model);
    m_table->setModel(m_filter);
    m_table->setItemDelegate(m_delegate);
    m_table->setObjectName(QStringLiteral("fleetTable"));
    m_table->setAccessibleName(tr("Fleet"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    const auto fit = [this] {
        m_table->verticalHeader()->setDefaultSectionSize(m_context.theme.px(rowHeight));
        m_text->setFixedWidth(m_context.theme.px(240));
        m_text->setMinimumHeight(m_context.theme.px(26));
        layOutColumns();
        m_table->viewport()->update();
    };
    connect(&m_context.theme, &Theme::changed, this, fit);
    fit();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionsClickable(true);
    m_table->horizontalHeader()->setMinimumSectionSize(28);
    m_table->setMouseTracking(true);
    m_table->viewport()->installEventFilter(this);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        if (section == FleetModel::State)
            sortNow();
    });

    m_text->setPlaceholderText(tr("Filter: name, tier=1, severity=…"));
    m_text->setAccessibleName(tr("Filter of the fleet"));
    m_text->setClearButtonEnabled(true);
    m_abnormal->setCheckable(true);
    m_abnormal->setKeyHint(QStringLiteral("O"));
    m_sort->setKeyHint(QStringLiteral("S"));

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 10, 16, 8);
    bar->setSpacing(8);
    bar->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Fleet"), this));
    bar->addSpacing(12);
    bar->addWidget(m_text);
    bar->addWidget(m_abnormal);
    bar->addWidget(m_sort);
    bar->addStretch(1);
    bar->addWidget(m_counts);
    auto* page = new QWidget(this);
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->addWidget(m_table, 1);
    m_legend->setContentsMargins(16, 4, 16, 6);
    pageLayout->addWidget(m_legend);
    m_stack->addWidget(page);
    m_stack->addWidget(m_state);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addLayout(m_stack, 1);
    setFocusPolicy(Qt::StrongFocus);
    m_table->setFocusPolicy(Qt::ClickFocus);
}

void FleetView::activate()
{
    m_context.fleet.refresh();
    takeFleet();
    selectActedOn();
}

void FleetView::selectActedOn()
{
    const int selected = m_model->rowOf(m_context.navigator.service());
    const QModelIndex row =
        selected < 0 ? QModelIndex() : m_filter->mapFromSource(m_model->index(selected, FleetModel::Service));
    if (row.isValid() && row.row() != m_table->currentIndex().row())
        m_table->setCurrentIndex(row);
}

void FleetView::takeFleet()
{
    if (m_held->wanted() && !m_held->fleet() && m_model->fleet())
        return showCounts();  // the picture stands until that of the moment is there
    const bool held = m_held->wanted() && m_held->fleet();
    auto fleet = held ? m_held->fleet() : m_context.fleet.latest();
    if (!held && !m_context.link.connected())
        fleet = agedFleet(fleet, m_context.link.engineNowMs());
    if (fleet && fleet != m_model->fleet()) {
        m_model->setNow(held ? fleet->atMs : m_context.link.engineNowMs());
        m_model->setFleet(fleet);
        const int selected = m_model->rowOf(m_context.navigator.service());
        const QModelIndex row =
            selected < 0 ? m_filter->index(0, 0) : m_filter->mapFromSource(m_model->index(selected, 0));
        if (!m_table->currentIndex().isValid() && row.isValid())
            m_table->setCurrentIndex(row);
    }
    showCounts();
    showState();
    showBelow();
    if (m_context.time.crosshairMs())
        showCrosshair();
}

bool FleetView::escape()
{
    const auto fleet = m_context.fleet.latest();
    if (fleet && fleet->services.empty()) {
        m_context.navigator.go({.view = QStringLiteral("targets"), .service = {}, .item = {}});
        return true;
    }
    const bool something = !m_text->text().isEmpty() || m_filter->onlyAbnormal();
    m_text->clear();
    m_abnormal->setChecked(false);
    m_filter->setOnlyAbnormal(false);
    showState();
    setFocus();
    return something;
}

void FleetView::focusFilter()
{
    m_text->setFocus();
    m_text->selectAll();
}

void FleetView::moveSelection(int rows)
{
    const int count = m_filter->rowCount();
    if (count == 0)
        return;
    const int row = m_table->currentIndex().isValid() ? m_table->currentIndex().row() + rows : 0;
    m_table->setCurrentIndex(m_filter->index(std::clamp(row, 0, count - 1), FleetModel::Service));
}

void FleetView::openSelection()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        m_context.navigator.go({.view = QStringLiteral("service"),
                                .service = current.data(FleetModel::ServiceRole).toString(),
                                .item = {}});
}

void FleetView::toggleAbnormal()
{
    m_abnormal->click();
}

void FleetView::sortNow()
{
    m_model->sortBySeverity();
    showCounts();
}

bool FleetView::painted() const
{
    return m_model->fleet() && !m_model->fleet()->services.empty();
}

void FleetView::setCursorAt(std::optional<QPoint> position)
{
    std::optional<std::int64_t> at;
    const auto fleet = m_model->fleet();
    if (position && fleet) {
        const QModelIndex under = m_table->indexAt(*position);
        const bool isSignal = under.column() >= FleetModel::P99 && under.column() <= FleetModel::Headroom;
        const QRectF spark = FleetDelegate::sparkRect(m_context.theme, m_table->visualRect(under));
        if (under.isValid() && isSignal && spark.adjusted(-2, -10, 2, 10).contains(*position)) {
            const double share = std::clamp((position->x() - spark.left()) / spark.width(), 0.0, 1.0);
            at = fleet->sparkStartMs + std::llround(share * (sparkPoints - 1)) * fleet->sparkStepMs;
        }
    }
    m_context.time.setCrosshair(at);
}

void FleetView::showCrosshair()
{
    const auto fleet = m_model->fleet();
    const auto at = m_context.time.crosshairMs();
    std::optional<int> point;
    if (at && fleet && fleet->sparkStepMs > 0) {
        const auto index = static_cast<int>((*at - fleet->sparkStartMs + fleet->sparkStepMs / 2) / fleet->sparkStepMs);
        if (*at >= fleet->sparkStartMs && index < sparkPoints)
            point = index;
    }
    m_delegate->setCursor(point);
    if (point)
        m_counts->setText(
            tr("values at %1").arg(timeText(fleet->sparkStartMs + *point * fleet->sparkStepMs, fleet->atMs)));
    else
        showCounts();
    m_table->viewport()->update();
}

void FleetView::openMenu(const QPoint& position)
{
    const QModelIndex row = m_table->indexAt(position);
    if (!row.isValid())
        return;
    m_table->setCurrentIndex(row);
    const QString service = row.data(FleetModel::ServiceRole).toString();
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("fleetMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open") + QStringLiteral("\tEnter"), this, &FleetView::openSelection);
    menu->addAction(tr("Open in new window"), this, [this, service] {
        m_context.navigator.openBeside({.view = QStringLiteral("service"), .service = service, .item = {}});
    });
    menu->addAction(tr("Show on map"), this, [this, service] {
        m_context.navigator.go({.view = QStringLiteral("map"), .service = service, .item = {}});
    });
    if (!m_context.link.attached()) {
        menu->addAction(tr("Controls"), this, [this, service] {
            m_context.navigator.go({.view = QStringLiteral("controls"), .service = service, .item = {}});
        });
    }
    menu->addSeparator();
    menu->addAction(tr("Copy row"), this, [this, number = row.row()] {
        QGuiApplication::clipboard()->setText(rowText(*m_filter, number, TableFormat::Tsv));
    });
    menu->addAction(tr("Copy table"), this,
                    [this] { QGuiApplication::clipboard()->setText(tableText(*m_filter, TableFormat::Tsv)); });
    menu->addAction(tr("Save table…"), this, [this] {
        askAndSaveTable(*this, QStringLiteral("fleet"), tableText(*m_filter, TableFormat::Tsv),
                        tableText(*m_filter, TableFormat::Csv));
    });
    menu->addAction(tr("Save picture…"), this, [this] { askAndSavePicture(*this, QStringLiteral("fleet")); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void FleetView::showBelow()
{
    const QRect area = m_table->viewport()->geometry();
    const int lowest = m_table->rowAt(area.height() - 1);
    int below = 0;
    for (int row = lowest + 1; lowest >= 0 && row < m_filter->rowCount(); ++row)
        below += m_filter->index(row, 0).data(FleetModel::SeverityRole).toInt() > static_cast<int>(Severity::Unknown);
    m_below->say(below == 0 ? QString() : below == 1 ? tr("1 abnormal below") : tr("%1 abnormal below").arg(below));
}

void FleetView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)
        moveSelection(event->key() == Qt::Key_Down ? 1 : -1);
    else
        View::keyPressEvent(event);
}

bool FleetView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table->viewport()) {
        if (event->type() == QEvent::MouseMove)
            setCursorAt(static_cast<QMouseEvent*>(event)->pos());
        else if (event->type() == QEvent::Leave)
            setCursorAt(std::nullopt);
        else if (event->type() == QEvent::Resize) {
            layOutColumns();
            showBelow();
        }
    }
    return View::eventFilter(watched, event);
}

void FleetView::layOutColumns()
{
    QHeaderView* header = m_table->horizontalHeader();
    const FleetColumns widths = fleetColumns(m_table->viewport()->width(), m_context.theme);
    for (int column = 0; column < FleetModel::ColumnCount; ++column) {
        const int width = widths[static_cast<std::size_t>(column)];
        header->setSectionHidden(column, width == 0);
        if (width > 0)
            header->resizeSection(column, width);
    }
}

}  // namespace holdfast::widgets
