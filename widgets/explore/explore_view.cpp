#include "widgets/explore/explore_view.h"

#include "widgets/charts/event_row.h"
#include "widgets/charts/line_pane.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/json_fields.h"
#include "widgets/explore/query_editor.h"
#include "widgets/navigator.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QSettings>
#include <QUrlQuery>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr std::size_t mostLines = 24;      // beyond it a chart of lines says nothing; the table has all
constexpr std::size_t mostSeries = 5'000;  // of one answer; what is beyond is said
constexpr std::int64_t mostPoints = 600;
constexpr int refreshMs = 2'000;
constexpr int typingPauseMs = 1'200;
const QString historyKey = QStringLiteral("explore/history");

struct Example {
    QString metric;  ///< offered when the store has it
    QString expression;
};

QList<Example> examples()
{
    return {
        {QStringLiteral("up"), QStringLiteral("sum by (job) (up)")},
        {QStringLiteral("http_requests_total"), QStringLiteral("sum by (job) (rate(http_requests_total[1m]))")},
        {QStringLiteral("http_requests_total"),
         QStringLiteral("sum by (job) (rate(http_requests_total{code=~\"5..\"}[1m])) / sum by (job) "
                        "(rate(http_requests_total[1m]))")},
        {QStringLiteral("http_request_duration_seconds_bucket"),
         QStringLiteral("histogram_quantile(0.99, sum by (job, le) (rate(http_request_duration_seconds_bucket[1m])))")},
        {QStringLiteral("node_cpu_seconds_total"),
         QStringLiteral("1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[1m]))")},
        {QStringLiteral("holdfast:headroom:ratio"), QStringLiteral("holdfast:headroom:ratio")},
        {QStringLiteral("process_resident_memory_bytes"), QStringLiteral("topk(5, process_resident_memory_bytes)")}};
}

}  // namespace

ExploreView::ExploreView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_charts{context.theme, context.time, context.api.courier()},
      m_model(makeSeriesModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildEditor(layout);
    buildResult(layout);
    m_refresh.setInterval(refreshMs);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (m_context.time.mode() == TimeMode::Live && !m_slot.busy())
            ask();
    });
    connect(&m_context.time, &TimeCursor::rangeChanged, this, [this] {
        // While live the range moves all the time; the timer follows it.
        if (isVisible() && m_context.time.mode() != TimeMode::Live)
            ask();
    });
    connect(&m_context.link, &EngineLink::stateChanged, this, [this] {
        if (isVisible() && m_context.link.connected())
            fetchExamples();
    });
    showLines();
}

void ExploreView::buildEditor(QVBoxLayout* layout)
{
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Explore"), this));
    m_info = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), this);
    head->addWidget(m_info);
    head->addStretch(1);
    auto* link = new FlatButton(m_context.theme, tr("Copy link"), this);
    link->setToolTip(
        tr("A link to this query and range for a browser, curl or a colleague with access to this engine"));
    connect(link, &FlatButton::clicked, this, &ExploreView::copyLink);
    head->addWidget(link);
    m_copy = new FlatButton(m_context.theme, tr("Copy values"), this);
    m_copy->setToolTip(tr("All series as tab-separated text"));
    connect(m_copy, &FlatButton::clicked, this, [this] {
        if (m_answer)
            QApplication::clipboard()->setText(tabSeparated(*m_answer->matrix));
    });
    head->addWidget(m_copy);
    layout->addLayout(head);

    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_editor = new QueryEditor(m_context.api, m_context.theme, this);
    m_editor->setHistory(QSettings().value(historyKey).toStringList());
    connect(m_editor, &QueryEditor::runRequested, this, &ExploreView::run);
    // Half an expression is no mistake: words only after a pause in typing.
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, &ExploreView::showProblem);
    connect(m_editor, &QueryEditor::problemChanged, this, [this] {
        m_problem->hide();
        m_typing.start();
    });
    row->addWidget(m_editor, 1);
    auto* runButton = new FlatButton(m_context.theme, tr("Run"), this, ButtonLook::Filled);
    runButton->setKeyHint(QStringLiteral("Ctrl+Enter"));
    connect(runButton, &FlatButton::clicked, this, &ExploreView::run);
    row->addWidget(runButton, 0, Qt::AlignTop);
    layout->addLayout(row);

    m_problem = new RoleLabel(m_context.theme, TextRole::Critical, QString(), this);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
}

void ExploreView::buildResult(QVBoxLayout* layout)
{
    m_examples = new QWidget(this);
    new QVBoxLayout(m_examples);
    layout->addWidget(m_examples);
    m_lines = new LinePane(m_charts, tr("Result"), this);
    layout->addWidget(m_lines, 3);
    m_axis = new EventRow(m_charts, this);
    layout->addWidget(m_axis);
    m_table = new RowTable(m_context.theme, tr("Series of the result"), this);
    m_table->setModel(m_model);
    m_table->setStretchColumn(1);
    connect(m_table, &RowTable::keySelected, this, &ExploreView::showLines);
    layout->addWidget(m_table, 2);
    m_lines->hide();
    m_axis->hide();
    m_table->hide();
}

void ExploreView::activate()
{
    m_refresh.start();
    fetchExamples();
    placeChanged();
    m_editor->setFocus();
}

void ExploreView::deactivate()
{
    m_refresh.stop();
    m_slot.cancel();
}

void ExploreView::placeChanged()
{
    const QString wanted = m_context.navigator.place().item;
    if (wanted.isEmpty() || wanted == m_running)
        return;
    m_editor->setExpression(wanted);
    run();
}

void ExploreView::focusFilter()
{
    m_editor->setFocus();
}

void ExploreView::moveSelection(int by)
{
    m_table->moveSelection(by);
}

void ExploreView::refreshNow()
{
    ask();
}

bool ExploreView::painted() const
{
    return m_running.isEmpty() || m_lines->painted();
}

void ExploreView::run()
{
    const QString expression = m_editor->expression();
    if (expression.isEmpty() || !m_editor->problem().isEmpty()) {
        showProblem();
        return;
    }
    m_running = expression;
    m_editor->remember(expression);
    QSettings().setValue(historyKey, m_editor->history());
    ask();
}

void ExploreView::ask()
{
    if (m_running.isEmpty())
        return;
    m_context.api.queryRange<Answer>(
        m_slot, m_running, grid(),
        [](Matrix matrix) {
            Answer answer;
            if (matrix.series.size() > mostSeries)
                matrix.series.resize(mostSeries);
            answer.rows = seriesRows(matrix);
            answer.matrix = std::make_shared<const Matrix>(std::move(matrix));
            return answer;
        },
        [this](const Result<std::shared_ptr<const Answer>>& answer) {
            if (!answer) {
                m_problem->setText(QString::fromStdString(answer.error().message));
                m_problem->show();
                if (!m_answer)
                    m_lines->hide();
                return;
            }
            m_answer = *answer;
            show(**answer);
        });
}

void ExploreView::show(const Answer& answer)
{
    m_problem->setVisible(!m_editor->problem().isEmpty());
    m_examples->hide();
    m_lines->show();
    m_axis->show();
    m_table->setVisible(!answer.rows.empty());
    m_model->setRows(answer.rows);
    const qint64 series = static_cast<qint64>(answer.rows.size());
    QString text = tr("%1 series · step %2 · %3 points each")
                       .arg(series)
                       .arg(durationText(answer.matrix->stepMs))
                       .arg(answer.matrix->points);
    if (answer.rows.size() == mostSeries)
        text = tr("first %1 series · narrow the selection to see the rest").arg(series);
    else if (answer.rows.size() > mostLines)
        text += tr(" · the %1 largest are drawn").arg(static_cast<qint64>(mostLines));
    m_info->setText(text);
    showLines();
}

void ExploreView::showLines()
{
    if (!m_answer)
        return;
    if (m_answer->rows.empty()) {
        m_lines->setMissing(tr("Nothing matches in this range. Check the label values, or widen the range."));
        return;
    }
    const QString chosen = m_table->selectedKey();
    LaneData lane;
    for (const SeriesRow& row : m_answer->rows) {
        const bool main = row.labels == chosen || (chosen.isEmpty() && lane.lines.empty());
        if (lane.lines.size() >= mostLines && !main)
            continue;
        lane.lines.push_back({row.labels, main ? LineRole::Main : LineRole::Third, m_answer->matrix, row.index});
    }
    // Drawn in order: the chosen one lies on top.
    std::ranges::stable_partition(lane.lines, [](const LaneLine& line) { return line.role != LineRole::Main; });
    m_lines->setData(std::move(lane));
}

void ExploreView::showProblem()
{
    m_problem->setText(m_editor->problem());
    m_problem->setVisible(!m_editor->problem().isEmpty());
}

void ExploreView::fetchExamples()
{
    if (m_answer || !m_running.isEmpty() || !m_context.link.connected())
        return;
    m_context.api.get<QStringList>(
        m_exampleSlot, QStringLiteral("/api/v1/label/__name__/values"), {},
        [](const QByteArray& body) -> Result<QStringList> {
            HF_TRY(const QJsonObject root, jsonObject(body));
            return textList(root, "data");
        },
        [this](const Result<std::shared_ptr<const QStringList>>& answer) {
            if (answer)
                offerExamples(**answer);
        });
}

void ExploreView::offerExamples(const QStringList& metrics)
{
    auto* layout = qobject_cast<QVBoxLayout*>(m_examples->layout());
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(new RoleLabel(m_context.theme, TextRole::Secondary,
                                    metrics.isEmpty()
                                        ? tr("No metrics yet: nothing was scraped.")
                                        : tr("%1 metrics here. Some questions to start with:").arg(metrics.size()),
                                    m_examples));
    for (const Example& example : examples()) {
        if (!metrics.contains(example.metric))
            continue;
        auto* button = new FlatButton(m_context.theme, example.expression, m_examples, ButtonLook::Quiet);
        connect(button, &FlatButton::clicked, this, [this, expression = example.expression] {
            m_editor->setExpression(expression);
            run();
        });
        layout->addWidget(button, 0, Qt::AlignLeft);
    }
    layout->addStretch(1);
}

void ExploreView::copyLink() const
{
    QUrl url = m_context.link.publicUrl();
    QUrlQuery query;
    if (m_context.link.attached()) {
        // Source of the parameters: Prometheus web UI, /graph.
        url.setPath(QStringLiteral("/graph"));
        query.addQueryItem(QStringLiteral("g0.expr"), m_editor->expression());
        query.addQueryItem(QStringLiteral("g0.tab"), QStringLiteral("0"));
        query.addQueryItem(QStringLiteral("g0.range_input"),
                           QStringLiteral("%1s").arg(m_context.time.spanMs() / 1'000));
    } else {
        const Grid span = grid();
        const auto seconds = [](std::int64_t ms) { return QString::number(static_cast<double>(ms) / 1'000.0, 'f', 3); };
        url.setPath(QStringLiteral("/api/v1/query_range"));
        query.addQueryItem(QStringLiteral("query"), m_editor->expression());
        query.addQueryItem(QStringLiteral("start"), seconds(span.startMs));
        query.addQueryItem(QStringLiteral("end"), seconds(span.endMs));
        query.addQueryItem(QStringLiteral("step"), seconds(span.stepMs));
    }
    url.setQuery(query);
    // A "+" in PromQL would be read as a space on the other side.
    QApplication::clipboard()->setText(QString::fromUtf8(url.toEncoded().replace('+', "%2B")));
}

Grid ExploreView::grid() const
{
    return alignedGrid(m_context.time.startMs(), m_context.time.endMs(), mostPoints, 1'000);
}

}  // namespace holdfast::widgets
