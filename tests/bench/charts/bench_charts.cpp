#include "tests/bench/charts/measure.h"
#include "widgets/charts/heat_pane.h"
#include "widgets/charts/line_pane.h"
#include "widgets/charts/state_lanes.h"
#include "widgets/client/courier.h"
#include "widgets/fleet/fleet_delegate.h"
#include "widgets/fleet/fleet_filter.h"
#include "widgets/fleet/fleet_model.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QApplication>
#include <QChart>
#include <QChartView>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QHeaderView>
#include <QLegend>
#include <QLineSeries>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <QValueAxis>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>

// The figures the window promises about charts, each against its target: medians, CPU of the GUI thread unless said
// otherwise. `bench_charts [update|pan|small|fleet] [--check]`: with --check the exit code says whether a target was
// missed.

using namespace holdfast::widgets;
using namespace holdfast::bench;

namespace {

constexpr int charts = 12;
constexpr int lines = 4;
constexpr int plotWidth = 1200;
constexpr int paneHeight = 190;
constexpr int rounds = 9;
constexpr std::int64_t spanMs = 3'600'000;
constexpr std::int64_t epochMs = 1'763'870'400'000;

std::vector<double> noise(std::size_t count, unsigned seed, double level)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> step(0, 0.02);
    std::vector<double> values(count);
    double at = level;
    for (double& value : values) {
        at = std::clamp(at + step(random) * level, level * 0.2, level * 2);
        value = at + step(random) * level * 3;
    }
    return values;
}

/// Made once a length: random numbers cost more than what is measured.
const std::vector<double>& walkOf(std::size_t points, int which)
{
    static std::map<std::size_t, std::vector<std::vector<double>>> known;
    auto& walks = known[points];
    if (walks.empty()) {
        for (int i = 0; i < charts * lines; ++i)
            walks.push_back(noise(points, static_cast<unsigned>(i), 0.1 * (i % lines + 1)));
    }
    return walks[static_cast<std::size_t>(which)];
}

LaneData laneOf(int chart, std::size_t points, std::int64_t endMs)
{
    const auto stepMs = std::max<std::int64_t>(1, spanMs / static_cast<std::int64_t>(points));
    const auto count = static_cast<std::int64_t>(points);
    Matrix matrix{endMs - (count - 1) * stepMs, stepMs, count, {}};
    for (int line = 0; line < lines; ++line)
        matrix.series.push_back({{}, walkOf(points, chart * lines + line)});
    const auto shared = std::make_shared<const Matrix>(std::move(matrix));
    LaneData lane;
    lane.unit = LaneUnit::Seconds;
    lane.limit = LaneLimit{0.5, QStringLiteral("SLO 500 ms"), false};
    for (std::size_t line = 0; line < lines; ++line)
        lane.lines.push_back(
            {QStringLiteral("p%1").arg(line), line == 0 ? LineRole::Main : LineRole::Third, shared, line});
    return lane;
}

/// Twelve lanes as the service page has them.
struct Page {
    explicit Page(std::size_t points) : behind(points)
    {
        auto* layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        for (int i = 0; i < charts; ++i) {
            panes.push_back(new LinePane(context, QStringLiteral("lane %1").arg(i), &window));
            panes.back()->setFixedHeight(paneHeight);
            layout->addWidget(panes.back());
        }
        window.resize(plotWidth + TimePane::headerWidth + TimePane::tickWidth + TimePane::rightMargin,
                      charts * paneHeight);
        time.setNow(epochMs);
        time.setLive(spanMs);
        window.show();
        settle();
        refresh();
    }

    static void settle()
    {
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
    }

    /// New data in every chart; returns when all are painted.
    void refresh()
    {
        std::vector<LaneData> fresh;
        for (int i = 0; i < charts; ++i)
            fresh.push_back(laneOf(i, behind, time.nowMs() + 1000));
        cpu = threadCpuMs();
        wall = wallMs();
        time.setNow(time.nowMs() + 1000);
        for (int i = 0; i < charts; ++i)
            panes[static_cast<std::size_t>(i)]->setData(fresh[static_cast<std::size_t>(i)]);
        const auto done = [&] {
            for (std::size_t i = 0; i < charts; ++i) {
                if (panes[i]->data().lines.empty() || panes[i]->data().lines[0].matrix != fresh[i].lines[0].matrix)
                    return false;
            }
            return true;
        };
        while (!done())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::processEvents();
        cpu = threadCpuMs() - cpu;
        wall = wallMs() - wall;
    }

    std::size_t behind;
    Theme theme{ThemeKind::Dark};
    TimeCursor time;
    Courier courier;
    const ChartContext context{theme, time, courier};
    QWidget window;
    std::vector<LinePane*> panes;
    double cpu = 0;
    double wall = 0;
};

struct Cost {
    double cpu;
    double wall;
};

Cost ours(std::size_t points)
{
    Page page(points);
    std::vector<double> cpu;
    std::vector<double> wall;
    for (int i = 0; i < rounds; ++i) {
        page.refresh();
        cpu.push_back(page.cpu);
        wall.push_back(page.wall);
    }
    return {quantileOf(cpu, 0.5), quantileOf(wall, 0.5)};
}

/// The same picture by stock Qt Charts: series replaced, axes moved on.
Cost stock(std::size_t points)
{
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    struct Chart {
        QDateTimeAxis* x;
        std::vector<QLineSeries*> series;
    };
    std::vector<Chart> all;
    for (int i = 0; i < charts; ++i) {
        auto* chart = new QChart;
        chart->legend()->hide();
        Chart made{new QDateTimeAxis(chart), {}};
        auto* y = new QValueAxis(chart);
        y->setRange(0, 1);
        made.x->setFormat(QStringLiteral("HH:mm:ss"));
        chart->addAxis(made.x, Qt::AlignBottom);
        chart->addAxis(y, Qt::AlignLeft);
        for (int line = 0; line < lines; ++line) {
            auto* series = new QLineSeries(chart);
            chart->addSeries(series);
            series->attachAxis(made.x);
            series->attachAxis(y);
            made.series.push_back(series);
        }
        auto* view = new QChartView(chart, &window);
        view->setRenderHint(QPainter::Antialiasing);
        view->setFixedHeight(paneHeight);
        layout->addWidget(view);
        all.push_back(std::move(made));
    }
    window.resize(plotWidth + 80, charts * paneHeight);
    window.show();
    Page::settle();
    std::vector<double> cpu;
    std::vector<double> wall;
    for (int round = 0; round < 4; ++round) {
        const std::int64_t end = epochMs + (round + 1) * 1000;
        std::vector<QList<QPointF>> fresh;
        for (int i = 0; i < charts; ++i) {
            const LaneData lane = laneOf(i, points, end);
            for (const LaneLine& line : lane.lines) {
                QList<QPointF> list;
                for (std::size_t k = 0; k < points; ++k)
                    list.append(
                        {static_cast<double>(line.startMs() + static_cast<std::int64_t>(k) * line.matrix->stepMs),
                         (*line.values())[k]});
                fresh.push_back(std::move(list));
            }
        }
        const double cpuFrom = threadCpuMs();
        const double wallFrom = wallMs();
        for (std::size_t i = 0; i < charts; ++i) {
            for (std::size_t line = 0; line < lines; ++line)
                all[i].series[line]->replace(fresh[i * lines + line]);
            all[i].x->setRange(QDateTime::fromMSecsSinceEpoch(end - spanMs), QDateTime::fromMSecsSinceEpoch(end));
        }
        for (int k = 0; k < 3; ++k)
            QCoreApplication::processEvents();
        if (round == 0)
            continue;  // the first frame lays everything out
        cpu.push_back(threadCpuMs() - cpuFrom);
        wall.push_back(wallMs() - wallFrom);
    }
    return {quantileOf(cpu, 0.5), quantileOf(wall, 0.5)};
}

/// Counts paints of a widget.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QObject* watched) { watched->installEventFilter(this); }
    std::vector<double> at;

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            at.push_back(wallMs());
        return false;
    }
};

void measurePan(Table& table, std::size_t points, const char* name)
{
    Page page(points);
    page.time.setRange(epochMs - spanMs, epochMs - spanMs / 2);
    Page::settle();
    PaintWatch watch(page.panes.back());
    std::vector<double> busy;
    QEventLoop loop;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    int frames = 0;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (++frames > 150)
            loop.quit();
        const double before = threadCpuMs();
        page.time.setRange(page.time.startMs() + 2000, page.time.endMs() + 2000);
        busy.push_back(threadCpuMs() - before);
    });
    const double cpu = threadCpuMs();
    timer.start(16);
    loop.exec();
    const double perFrame = (threadCpuMs() - cpu) / frames;
    std::vector<double> gaps;
    for (std::size_t i = 1; i < watch.at.size(); ++i) {
        if (watch.at[i] - watch.at[i - 1] > 1)
            gaps.push_back(watch.at[i] - watch.at[i - 1]);
    }
    table.add(std::string("60 Hz pan of 12 charts, ") + name + " points: frame gap p95", quantileOf(gaps, 0.95), "ms",
              20);
    table.note("  the same: median, GUI thread a frame", perFrame, "ms");
    table.note("  the same: largest gap", quantileOf(gaps, 1), "ms");
}

HeatData heatOf(std::int64_t columns, std::size_t buckets)
{
    std::mt19937 random(7);
    HeatData heat{epochMs - spanMs, spanMs / columns, columns, {}, {}};
    for (std::size_t i = 0; i < buckets; ++i)
        heat.bounds.push_back(0.001 * std::pow(1.3, static_cast<double>(i)));
    for (std::int64_t i = 0; i < columns; ++i) {
        for (std::size_t k = 0; k < buckets; ++k)
            heat.counts.push_back(static_cast<double>(random() % 400));
    }
    return heat;
}

/// CPU of one repaint of `widget`, whatever it costs, median.
double repaintCost(QWidget& widget)
{
    std::vector<double> cpu;
    for (int i = 0; i < 41; ++i) {
        const double from = threadCpuMs();
        widget.repaint();
        cpu.push_back(threadCpuMs() - from);
    }
    return quantileOf(cpu, 0.5);
}

std::vector<StateRow> stateRows(int rows, std::int64_t segments)
{
    std::vector<StateRow> all;
    for (int i = 0; i < rows; ++i) {
        Matrix matrix{epochMs - spanMs, spanMs / (segments * 4), segments * 4, {{{}, {}}}};
        for (std::int64_t k = 0; k < segments * 4; ++k)
            matrix.series[0].values.push_back(static_cast<double>((k / 4 + i) % 3));
        all.push_back({{},
                       QStringLiteral("→ callee %1").arg(i),
                       false,
                       std::make_shared<const Matrix>(std::move(matrix)),
                       nullptr,
                       nullptr});
    }
    return all;
}

void measureSmall(Table& table)
{
    Page page(3600);
    QWidget window;  // of its own: what lies below a pane would be painted with it
    window.resize(page.window.width(), 20 * StateLanes::rowHeight + 8);
    auto* heat = new HeatPane(page.context, QStringLiteral("heat"), &window);
    heat->setGeometry(0, 0, window.width(), paneHeight);
    auto* states = new StateLanes(page.context, &window);
    states->setGeometry(window.rect());
    states->hide();
    window.show();
    const auto data = std::make_shared<const HeatData>(heatOf(240, 40));
    heat->setData(data, 0.5);
    while (!heat->painted())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::vector<double> picture;
    for (int i = 0; i < 41; ++i) {
        const double from = threadCpuMs();
        const QImage image = heatImage(*data, 0.5, page.theme.tokens());
        picture.push_back(threadCpuMs() - from + image.isNull());
    }
    table.add("heatmap 240 x 40: repaint on the GUI thread", repaintCost(*heat), "ms", 0.5);
    table.add("heatmap 240 x 40: new picture, on the worker", quantileOf(picture, 0.5), "ms", 0.5);
    heat->hide();
    states->setRows(stateRows(20, 200));
    states->show();
    Page::settle();
    table.add("20 lanes x 200 segments: repaint", repaintCost(*states), "ms", 1);
    states->setRows(stateRows(20, 20'000));
    Page::settle();
    table.note("20 lanes x 20 000 segments: repaint", repaintCost(*states), "ms");
    window.hide();
    Page::settle();

    std::vector<double> cpu;
    for (int i = 0; i < 200; ++i) {
        const double from = threadCpuMs();
        page.time.setCrosshair(page.time.startMs() + (i * 37 % 200) * spanMs / 200);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        cpu.push_back(threadCpuMs() - from);
    }
    table.add("crosshair over 12 lanes", quantileOf(cpu, 0.5), "ms", 1);
    table.note("  the same: p95", quantileOf(cpu, 0.95), "ms");
}

std::shared_ptr<const Fleet> fleetOf(int services, unsigned seed)
{
    auto fleet = std::make_shared<Fleet>();
    fleet->sparkStepMs = 30'000;
    for (int i = 0; i < services; ++i) {
        FleetService service;
        service.name = QStringLiteral("service-%1").arg(i, 3, 10, QLatin1Char('0'));
        service.tier = i % 3 + 1;
        const auto fill = [&](SignalValue& signal, double level) {
            signal.state = ValueState::Value;
            signal.spark = noise(60, seed + static_cast<unsigned>(i), level);
            signal.value = signal.spark.back();
            signal.limit = level * 1.5;
        };
        fill(service.p99, 0.2);
        fill(service.errors, 0.01);
        fill(service.requests, 100);
        fill(service.headroom, 0.5);
        service.severity = i % 20 == 0 ? Severity::Warning : Severity::Normal;
        fleet->services.push_back(std::move(service));
    }
    return fleet;
}

void measureFleet(Table& table)
{
    Theme theme(ThemeKind::Dark);
    FleetModel model;
    FleetFilter filter;
    filter.setSourceModel(&model);
    FleetDelegate delegate(theme, nullptr);
    QTableView view;
    view.setModel(&filter);
    view.setItemDelegate(&delegate);
    view.verticalHeader()->hide();
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.verticalHeader()->setDefaultSectionSize(32);
    view.setShowGrid(false);
    view.resize(1600, 1000);
    model.setFleet(fleetOf(500, 1));
    const std::array widths{34, 170, 48, 270, 270, 270, 270, 150, 64};
    for (int i = 0; i < FleetModel::ColumnCount; ++i)
        view.setColumnWidth(i, widths[static_cast<std::size_t>(i)]);
    view.show();
    Page::settle();
    std::vector<double> cpu;
    for (unsigned i = 0; i < 21; ++i) {
        const auto fresh = fleetOf(500, i + 2);
        const double from = threadCpuMs();
        model.setFleet(fresh);
        QCoreApplication::processEvents();
        cpu.push_back(threadCpuMs() - from);
    }
    table.add("fleet table, 500 services with sparks: an update", quantileOf(cpu, 0.5), "ms", 4);
    std::vector<double> count;
    for (int i = 0; i < 21; ++i) {
        const double from = threadCpuMs();
        const int moved = model.wouldMoveUp();
        count.push_back(threadCpuMs() - from + (moved < 0));
    }
    table.note("  which rows would move up", quantileOf(count, 0.5), "ms");
}

void measureUpdate(Table& table)
{
    Cost at3600{};
    for (const auto& [points, name] : {std::pair{std::size_t{600}, "600"},
                                       {std::size_t{3600}, "3600"},
                                       {std::size_t{20'000}, "20 000"},
                                       {std::size_t{100'000}, "100 000"}}) {
        const Cost cost = ours(points);
        if (points == 3600)
            at3600 = cost;
        table.add(std::string("12 charts x 4 lines x 1200 px, ") + name + " a line: GUI thread", cost.cpu, "ms", 5);
        table.note("  the same: to the finished frame, wall", cost.wall, "ms");
    }
    const Cost charted = stock(3600);
    table.note("stock Qt Charts, 3600 a line: to the finished frame, wall", charted.wall, "ms");
    table.note("stock Qt Charts, 3600 a line: GUI thread", charted.cpu, "ms");
    table.note("  the same, against 190 ms on the idle machine the targets were set on", charted.cpu / 190, "x");
    table.add("ours faster to the finished frame, 3600 a line", charted.wall / at3600.wall, "x", 10,
              Table::Bound::AtLeast);
}

}  // namespace

int main(int argc, char** argv)
{
    (void)std::setvbuf(stdout, nullptr, _IOLBF, 0);
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    QApplication app(argc, argv);
    Table table;
    const auto wanted = [&](const char* part) {
        return argc < 2 || argv[1][0] == '-' || std::strcmp(argv[1], part) == 0;
    };
    if (wanted("update"))
        measureUpdate(table);
    if (wanted("pan")) {
        measurePan(table, 3600, "3600");
        measurePan(table, 100'000, "100 000");
    }
    if (wanted("small"))
        measureSmall(table);
    if (wanted("fleet"))
        measureFleet(table);
    const int missed = table.missed();
    std::printf("%d missed their target\n", missed);
    return argc > 1 && std::strcmp(argv[argc - 1], "--check") == 0 && missed > 0 ? 1 : 0;
}
