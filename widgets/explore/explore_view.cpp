#include "widgets/explore/explore_view.h"

#include "widgets/charts/time_scale.h"
#include "widgets/client/engine_link.h"
#include "widgets/explore/example_page.h"
#include "widgets/explore/graph_page.h"
#include "widgets/explore/heat_page.h"
#include "widgets/explore/query_editor.h"
#include "widgets/explore/query_row.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/range_text.h"
#include "widgets/time/time_cursor.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

constexpr std::size_t mostQueries = 4;
constexpr std::size_t mostSeries = 5'000;  // of one answer
constexpr std::int64_t mostPoints = 11'000;
constexpr std::int64_t usualPoints = 600;
constexpr std::size_t mostRawLines = 2'000;
constexpr int refreshMs = 2'000;
constexpr int slowMs = 600;
const QString historyKey = QStringLiteral("explore/history");

struct Step {
    const char* text;
    std::int64_t ms;
};
constexpr std::array<Step, 9> steps{{{"1s", 1'000},
                                     {"5s", 5'000},
                                     {"15s", 15'000},
                                     {"30s", 30'000},
                                     {"1m", 60'000},
                                     {"5m", 300'000},
                                     {"15m", 900'000},
                                     {"1h", 3'600'000},
                                     {"1d", 86'400'000}}};

}  // namespace

ExploreView::ExploreView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_charts{context.theme, context.time, context.api.courier()},
      m_results(new ResultTable(this)),
      m_sorted(new QSortFilterProxyModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildHeader(layout);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(6);
    layout->addLayout(m_rows);
    addQuery({});
    buildBar(layout);
    buildResult(layout);
    connectTime();
    showTab(Graph);
}

void ExploreView::buildHeader(QVBoxLayout* layout)
{
    const Theme& theme = m_context.theme;
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new RoleLabel(theme, TextRole::Headline, tr("Explore"), this));
    head->addStretch(1);
    const auto add = [&](const QString& text, const char* name, auto act) {
        auto* button = new FlatButton(theme, text, this);
        button->setObjectName(QLatin1String(name));
        connect(button, &FlatButton::clicked, this, act);
        head->addWidget(button);
        return button;
    };
    m_add = add(tr("+ Query"), "addQuery", [this] {
        addQuery({});
        m_queries.back()->editor().setFocus();
    });
    m_add->setToolTip(tr("Up to four queries share the chart"));
    m_saved = add(tr("Saved"), "savedQueries", [this] { openSavedMenu(); });
    m_use = add(tr("Use"), "useMenu", [this] { openUseMenu(); });
    m_use->setToolTip(tr("Pin query A to a service's page, or make a rule of it"));
    m_copy = add(tr("Copy"), "copyMenu", [this] { openCopyMenu(); });
    m_export = add(tr("Export"), "exportMenu", [this] { openExportMenu(); });
    for (FlatButton* button : {m_saved, m_use, m_copy, m_export})
        button->setDropArrow(true);
    auto* runButton = new FlatButton(theme, tr("Run"), this, ButtonLook::Filled);
    runButton->setObjectName(QStringLiteral("runQueries"));
    runButton->setKeyHint(QStringLiteral("Ctrl+Enter"));
    connect(runButton, &FlatButton::clicked, this, &ExploreView::run);
    head->addWidget(runButton);
    layout->addLayout(head);
}

void ExploreView::buildBar(QVBoxLayout* layout)
{
    const Theme& theme = m_context.theme;
    m_bar = new QWidget(this);
    auto* bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(6);
    const auto toggle = [&](const QString& text, const char* name, auto act) {
        auto* button = new FlatButton(theme, text, m_bar);
        button->setObjectName(QLatin1String(name));
        button->setCheckable(true);
        connect(button, &FlatButton::clicked, this, act);
        bar->addWidget(button);
        return button;
    };
    m_rangeButton = toggle(tr("Range"), "range", [this] { setInstant(false); });
    m_rangeButton->setToolTip(tr("Over the window's time range"));
    m_instantButton = toggle(tr("Instant"), "instant", [this] { setInstant(true); });
    m_instantButton->setToolTip(tr("At the end of the window's time range, as a table"));
    bar->addSpacing(6);
    m_step = new QComboBox(m_bar);
    m_step->setAccessibleName(tr("Step between points"));
    m_step->setToolTip(tr("Step between points"));
    m_step->addItem(tr("step auto"), qint64{0});
    for (const Step& step : steps)
        m_step->addItem(tr("step %1").arg(QLatin1String(step.text)), qint64{step.ms});
    connect(m_step, &QComboBox::activated, this, [this] { ask(); });
    bar->addWidget(m_step);
    bar->addSpacing(6);
    m_info = new RoleLabel(theme, TextRole::Secondary, QString(), m_bar);
    m_info->setObjectName(QStringLiteral("exploreInfo"));
    bar->addWidget(m_info, 1);
    const std::array<QString, 4> names{tr("Graph"), tr("Table"), tr("Heatmap"), tr("Raw")};
    for (int tab = 0; tab < 4; ++tab) {
        m_tabs.push_back(toggle(names[static_cast<std::size_t>(tab)], "", [this, tab] { showTab(tab); }));
        m_tabs.back()->setObjectName(QStringLiteral("tab%1").arg(tab));
    }
    layout->addWidget(m_bar);
    m_cut = new RoleLabel(theme, TextRole::Body, QString(), this);
    m_cut->setObjectName(QStringLiteral("exploreCut"));
    m_cut->setWordWrap(true);
    m_cut->hide();
    layout->addWidget(m_cut);
    m_bar->hide();
}

void ExploreView::buildResult(QVBoxLayout* layout)
{
    m_examples = new ExamplePage(m_context, this);
    connect(m_examples, &ExamplePage::chosen, this, &ExploreView::runAlone);
    layout->addWidget(m_examples, 1);
    m_stack = new QStackedWidget(this);
    layout->addWidget(m_stack, 1);

    m_graph = new GraphPage(m_charts, m_stack);
    m_stack->addWidget(m_graph);

    m_sorted->setSourceModel(m_results);
    m_sorted->setSortRole(ResultTable::sortRole);
    m_table = new QTableView(m_stack);
    m_table->setAccessibleName(tr("Series with their labels and values"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_stack->addWidget(m_table);

    m_heat = new HeatPage(m_charts, m_stack);
    connect(m_heat, &HeatPage::wanted, this, &ExploreView::runAlone);
    m_stack->addWidget(m_heat);

    m_raw = new QPlainTextEdit(m_stack);
    m_raw->setReadOnly(true);
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_raw->setFrameShape(QFrame::NoFrame);
    m_raw->setAccessibleName(tr("Samples as text"));
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_raw->setFont(fixed);
    m_stack->addWidget(m_raw);
    m_stack->hide();
}

void ExploreView::connectTime()
{
    m_refresh.setInterval(refreshMs);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        const bool busy = std::ranges::any_of(m_queries, &QueryRow::busy);
        if (m_context.time.mode() == TimeMode::Live && !busy && m_context.link.connected())
            ask();
    });
    m_slow.setSingleShot(true);
    m_slow.setInterval(slowMs);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_graph->setLoading(true); });
    connect(&m_context.time, &TimeCursor::rangeChanged, this, [this] {
        // While live the range moves all the time; the timer follows it.
        if (isVisible() && m_context.time.mode() != TimeMode::Live)
            ask();
    });
    connect(&m_context.time, &TimeCursor::crosshairChanged, this, [this] {
        if (isVisible() && m_tab == Graph)
            m_graph->showCursor();
    });
    connect(&m_context.link, &EngineLink::stateChanged, this, [this] {
        const bool connected = m_context.link.connected();
        m_graph->setFrozenSince(connected ? std::nullopt : std::optional(m_context.link.sinceMs()));
        if (isVisible() && connected && !anyRunning())
            m_examples->fetch();
    });
}

void ExploreView::addQuery(const QString& expression)
{
    if (m_queries.size() >= mostQueries)
        return;
    // The first letter that is free: B that was removed comes back as B.
    QChar letter(u'A');
    while (std::ranges::any_of(m_queries, [&](QueryRow* row) { return row->letter() == letter; }))
        letter = QChar(letter.unicode() + 1);
    auto* row = new QueryRow(m_context.api, m_context.theme, letter, this);
    row->editor().setHistory(QSettings().value(historyKey).toStringList());
    row->editor().setExpression(expression);
    connect(row, &QueryRow::runRequested, this, &ExploreView::run);
    connect(row, &QueryRow::linkPasted, this, &ExploreView::openLink);
    connect(row, &QueryRow::answered, this, &ExploreView::onAnswered);
    connect(row, &QueryRow::shownChanged, this, [this] {
        ask();
        showAnswers();
    });
    connect(row, &QueryRow::removeRequested, this, [this, row] { removeQuery(row); });
    m_queries.push_back(row);
    m_rows->addWidget(row);
    m_add->setEnabled(m_queries.size() < mostQueries);
    for (QueryRow* each : m_queries)
        each->setRemovable(m_queries.size() > 1);
}

void ExploreView::removeQuery(QueryRow* row)
{
    if (m_queries.size() < 2)
        return;
    std::erase(m_queries, row);
    row->cancel();
    row->setObjectName({});  // its letter may come back before it is gone
    row->hide();
    row->deleteLater();
    m_add->setEnabled(true);
    for (QueryRow* each : m_queries)
        each->setRemovable(m_queries.size() > 1);
    showAnswers();
}

void ExploreView::activate()
{
    m_refresh.start();
    if (!anyRunning())
        m_examples->fetch();
    m_queries.front()->editor().setFocus();
}

void ExploreView::deactivate()
{
    m_refresh.stop();
    for (QueryRow* row : m_queries)
        row->cancel();
}

void ExploreView::placeChanged()
{
    const QString wanted = m_context.navigator.place().item;
    if (wanted.isEmpty() || wanted == m_queries.front()->running())
        return;
    runAlone(wanted);
}

void ExploreView::runAlone(const QString& expression)
{
    m_queries.front()->editor().setExpression(expression);
    run();
}

void ExploreView::focusFilter()
{
    m_queries.front()->editor().setFocus();
}

void ExploreView::moveSelection(int by)
{
    m_graph->moveSelection(by);
}

void ExploreView::openSelection()
{
    m_graph->isolateChosen();
}

void ExploreView::refreshNow()
{
    ask();
}

bool ExploreView::escape()
{
    return m_graph->escape();
}

bool ExploreView::painted() const
{
    return anyRunning() ? m_graph->painted() || m_tab != Graph : m_examples->filled();
}

bool ExploreView::anyRunning() const
{
    return std::ranges::any_of(m_queries, [](const QueryRow* row) { return !row->running().isEmpty(); });
}

void ExploreView::run()
{
    bool all = true;
    for (QueryRow* row : m_queries)
        all = row->accept() && all;
    if (!all)
        return;
    QStringList history = QSettings().value(historyKey).toStringList();
    for (const QueryRow* row : m_queries) {
        if (row->running().isEmpty())
            continue;
        history.removeAll(row->running());
        history.prepend(row->running());
    }
    while (history.size() > 100)
        history.removeLast();
    QSettings().setValue(historyKey, history);
    for (QueryRow* row : m_queries)
        row->editor().setHistory(history);
    if (!anyRunning())
        showAnswers();
    ask();
}

void ExploreView::ask()
{
    if (!anyRunning())
        return;
    m_slow.start();
    const Grid asked = grid();
    for (QueryRow* row : m_queries)
        row->ask(asked, mostSeries);
}

void ExploreView::onAnswered()
{
    if (std::ranges::none_of(m_queries, &QueryRow::busy)) {
        m_slow.stop();
        m_graph->setLoading(false);
        // Many points are read as often as there is a new one.
        m_refresh.setInterval(static_cast<int>(std::clamp<std::int64_t>(grid().stepMs, refreshMs, 60'000)));
    }
    showAnswers();
}

std::vector<QueryAnswerPtr> ExploreView::answers() const
{
    std::vector<QueryAnswerPtr> list;
    for (const QueryRow* row : m_queries) {
        if (row->shown() && row->answer() && !row->running().isEmpty())
            list.push_back(row->answer());
    }
    return list;
}

void ExploreView::setInstant(bool instant)
{
    m_instant = instant;
    showTab(instant && m_tab == Graph ? int(Table) : !instant && m_tab == Table ? int(Graph) : int(m_tab));
    ask();
}

void ExploreView::showTab(int tab)
{
    m_tab = static_cast<Tab>(tab);
    for (std::size_t i = 0; i < m_tabs.size(); ++i) {
        m_tabs[i]->setChecked(static_cast<int>(i) == tab);
        m_tabs[i]->setLook(static_cast<int>(i) == tab ? ButtonLook::Inverse : ButtonLook::Outlined);
    }
    m_rangeButton->setChecked(!m_instant);
    m_rangeButton->setLook(m_instant ? ButtonLook::Outlined : ButtonLook::Inverse);
    m_instantButton->setChecked(m_instant);
    m_instantButton->setLook(m_instant ? ButtonLook::Inverse : ButtonLook::Outlined);
    m_stack->setCurrentIndex(tab);
    showAnswers();
}

void ExploreView::showAnswers()
{
    const bool any = anyRunning();
    m_examples->setVisible(!any);
    m_bar->setVisible(any);
    m_stack->setVisible(any);
    showInfo();
    if (!any)
        return;
    switch (m_tab) {
    case Graph: m_graph->setAnswers(answers()); break;
    case Table: showTable(); break;
    case Heatmap: m_heat->setAnswers(answers(), m_instant); break;
    case Raw: showRaw(); break;
    }
}

void ExploreView::showInfo()
{
    qint64 series = 0;
    qint64 points = 0;
    qint64 took = 0;
    QStringList cut;
    for (const QueryRow* row : m_queries) {
        if (!row->shown() || !row->answer() || row->running().isEmpty())
            continue;
        const QueryAnswer& answer = *row->answer();
        series += static_cast<qint64>(answer.rows.size());
        points += static_cast<qint64>(answer.rows.size()) * answer.matrix->points;
        took = std::max(took, row->tookMs());
        if (answer.cutSeries > 0)
            cut << tr("%1: the first %2 of %3 series are here; narrow the selection to see the others.")
                       .arg(row->letter())
                       .arg(static_cast<qint64>(mostSeries))
                       .arg(static_cast<qint64>(mostSeries + answer.cutSeries));
    }
    const Grid asked = grid();
    const std::int64_t wanted = m_step->currentData().toLongLong();
    if (!m_instant && wanted > 0 && asked.stepMs > wanted)
        cut << tr("A step of %1 would give more than %2 points a line; %3 is shown.")
                   .arg(durationText(wanted))
                   .arg(qint64{mostPoints})
                   .arg(durationText(asked.stepMs));
    if (m_tab == Graph && series > static_cast<qint64>(GraphPage::mostLines))
        cut << tr("The %1 largest of %2 series are drawn; the table has all.")
                   .arg(static_cast<qint64>(GraphPage::mostLines))
                   .arg(series);
    m_cut->setText(cut.join(QLatin1Char(' ')));
    m_cut->setVisible(!cut.isEmpty() && anyRunning());
    const QString source = m_context.link.attached() ? m_context.link.publicUrl().host() : tr("local store");
    const QString what = m_instant ? tr("%1 series · at %2 · %3 ms · %4")
                                         .arg(QString::number(series), timeText(asked.endMs, m_context.time.nowMs()),
                                              QString::number(took), source)
                                   : tr("%1 series · step %2 · %3 points · %4 ms · %5")
                                         .arg(QString::number(series), durationText(asked.stepMs),
                                              countText(double(points)), QString::number(took), source);
    const bool waiting = answers().empty() && std::ranges::any_of(m_queries, &QueryRow::busy);
    m_info->setText(!m_said.isEmpty() ? m_said : waiting ? tr("Asking…") : what);
}

void ExploreView::showTable()
{
    m_results->setAnswers(answers(), m_instant ? ResultTable::Kind::Instant : ResultTable::Kind::Range);
    for (int column = 0; column < m_sorted->columnCount(); ++column) {
        const int wanted = std::max(m_table->horizontalHeader()->sectionSizeHint(column),
                                    static_cast<QAbstractItemView*>(m_table)->sizeHintForColumn(column) + 16);
        m_table->setColumnWidth(column, std::clamp(wanted, 60, 420));
    }
}

void ExploreView::showRaw()
{
    (void)m_context.api.courier().run([self = QPointer<ExploreView>(this), list = answers()]() -> Courier::Delivery {
        return [self, text = rawText(list, mostRawLines)] {
            if (self && self->m_tab == Raw && self->m_raw->toPlainText() != text)
                self->m_raw->setPlainText(text);
        };
    });
}

void ExploreView::openLink(const QString& text)
{
    const auto link = readLink(text);
    if (!link)
        return;
    while (m_queries.size() > 1)
        removeQuery(m_queries.back());
    m_queries.front()->editor().setExpression(link->expressions.front());
    for (qsizetype i = 1; i < link->expressions.size(); ++i)
        addQuery(link->expressions[i]);
    if (link->instant)
        m_instant = *link->instant;
    if (!link->range.isEmpty()) {
        if (const auto range = parseRange(link->range, m_context.time.nowMs()))
            range->live ? m_context.time.setLive(range->spanMs())
                        : m_context.time.setRange(range->startMs, range->endMs);
    }
    run();
    showTab(m_instant ? Table : Graph);
}

ExploreState ExploreView::state() const
{
    ExploreState state;
    for (const QueryRow* row : m_queries) {
        const QString expression =
            row->running().isEmpty() ? const_cast<QueryRow*>(row)->editor().expression() : row->running();
        if (!expression.isEmpty())
            state.expressions << expression;
    }
    state.startMs = m_context.time.startMs();
    state.endMs = m_context.time.endMs();
    state.live = m_context.time.mode() == TimeMode::Live;
    state.instant = m_instant;
    state.stepMs = m_step->currentData().toLongLong();
    return state;
}

Grid ExploreView::grid() const
{
    const std::int64_t start = m_context.time.startMs();
    const std::int64_t end = m_context.time.endMs();
    if (m_instant)
        return {end, end, 1'000};
    const std::int64_t step = m_step ? m_step->currentData().toLongLong() : 0;
    if (step == 0)
        return alignedGrid(start, end, m_context.time.points(usualPoints), 1'000);
    const std::int64_t least = (end - start) / (mostPoints - 2) + 1;
    return step >= least ? Grid{start / step * step, end / step * step, step}
                         : alignedGrid(start, end, mostPoints / 2, least);
}

}  // namespace holdfast::widgets
