#include "widgets/explore/explore_view.h"

#include "widgets/charts/time_scale.h"
#include "widgets/client/engine_link.h"
#include "widgets/explore/answer_words.h"
#include "widgets/explore/example_page.h"
#include "widgets/explore/graph_page.h"
#include "widgets/explore/heat_page.h"
#include "widgets/explore/query_editor.h"
#include "widgets/explore/query_list.h"
#include "widgets/explore/query_row.h"
#include "widgets/explore/raw_page.h"
#include "widgets/explore/table_page.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/range_text.h"
#include "widgets/time/time_cursor.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t mostPoints = 11'000;
constexpr std::int64_t usualPoints = 600;
constexpr int refreshMs = 2'000;
constexpr int slowMs = 600;

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
      m_queries(new QueryList(context.api, context.theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildHeader(layout);
    layout->addWidget(m_queries);
    buildBar(layout);
    buildResult(layout);
    connectTime();
    connect(m_queries, &QueryList::runRequested, this, &ExploreView::run);
    connect(m_queries, &QueryList::linkPasted, this, &ExploreView::openLink);
    connect(m_queries, &QueryList::answered, this, &ExploreView::onAnswered);
    connect(m_queries, &QueryList::shownChanged, this, &ExploreView::ask);
    connect(m_queries, &QueryList::shownChanged, this, &ExploreView::showAnswers);
    connect(m_queries, &QueryList::rowsChanged, this, [this] {
        m_add->setEnabled(!m_queries->full());
        showAnswers();
    });
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
        if (QueryRow* row = m_queries->add({}))
            row->editor().setFocus();
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

    m_table = new TablePage(m_context.theme, m_stack);
    m_stack->addWidget(m_table);

    m_heat = new HeatPage(m_context.api, m_charts, m_stack);
    connect(m_heat, &HeatPage::wanted, this, &ExploreView::runAlone);
    m_stack->addWidget(m_heat);

    m_raw = new RawPage(m_context.theme, m_context.api.courier(), m_stack);
    m_stack->addWidget(m_raw);
    m_stack->hide();
}

void ExploreView::connectTime()
{
    m_refresh.setInterval(refreshMs);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (m_context.time.mode() == TimeMode::Live && !m_queries->busy() && m_context.link.connected())
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
        if (isVisible() && connected && !m_queries->anyRunning())
            m_examples->fetch();
    });
}

void ExploreView::activate()
{
    m_refresh.start();
    if (!m_queries->anyRunning())
        m_examples->fetch();
    m_queries->firstEditor().setFocus();
}

void ExploreView::deactivate()
{
    m_refresh.stop();
    m_queries->cancel();
}

void ExploreView::placeChanged()
{
    const QString wanted = m_context.navigator.place().item;
    if (wanted.isEmpty() || wanted == m_queries->rows().front()->running())
        return;
    runAlone(wanted);
}

void ExploreView::runAlone(const QString& expression)
{
    m_queries->firstEditor().setExpression(expression);
    run();
}

void ExploreView::focusFilter()
{
    m_queries->firstEditor().setFocus();
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
    return m_queries->anyRunning() ? m_graph->painted() || m_tab != Graph : m_examples->filled();
}

void ExploreView::run()
{
    if (!m_queries->accept())
        return;
    if (!m_queries->anyRunning())
        showAnswers();
    ask();
}

void ExploreView::ask()
{
    if (!m_queries->anyRunning())
        return;
    m_slow.start();
    m_queries->ask(grid());
}

void ExploreView::onAnswered()
{
    if (!m_queries->busy()) {
        m_slow.stop();
        m_graph->setLoading(false);
        // Many points are read as often as there is a new one.
        m_refresh.setInterval(static_cast<int>(std::clamp<std::int64_t>(grid().stepMs, refreshMs, 60'000)));
    }
    showAnswers();
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
    const bool any = m_queries->anyRunning();
    m_examples->setVisible(!any);
    m_bar->setVisible(any);
    m_stack->setVisible(any);
    showInfo();
    if (!any)
        return;
    switch (m_tab) {
    case Graph: m_graph->setAnswers(m_queries->answers()); break;
    case Table: m_table->setAnswers(m_queries->answers(), m_instant); break;
    case Heatmap: m_heat->setAnswers(m_queries->answers(), m_instant); break;
    case Raw: m_raw->setAnswers(m_queries->answers()); break;
    }
}

void ExploreView::showInfo()
{
    const std::vector<QueryAnswerPtr> answers = m_queries->answers();
    const AskedFacts asked{.grid = grid(),
                           .wantedStepMs = m_step->currentData().toLongLong(),
                           .instant = m_instant,
                           .nowMs = m_context.time.nowMs(),
                           .tookMs = m_queries->tookMs(),
                           .source = m_context.link.attached() ? m_context.link.publicUrl().host() : tr("local store")};
    m_cut->setText(cutText(answers, asked, m_tab == Graph ? GraphPage::mostLines : 0));
    m_cut->setVisible(!m_cut->text().isEmpty() && m_queries->anyRunning());
    const bool waiting = answers.empty() && m_queries->busy();
    m_info->setText(!m_said.isEmpty() ? m_said : waiting ? tr("Asking…") : answerText(answers, asked));
}

void ExploreView::openLink(const QString& text)
{
    const auto link = readLink(text);
    if (!link)
        return;
    m_queries->setExpressions(link->expressions);
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
    state.expressions = m_queries->expressions();
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
