#include "widgets/service/kpi_bar.h"

#include "widgets/client/aged_fleet.h"
#include "widgets/client/control.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/fleet/fleet_model.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int barHeight = 80;
constexpr int instancesTop = 32;
constexpr int widestName = 260;
constexpr double widestNameShare = 0.3;
constexpr int betweenKpis = 14;
constexpr std::array numberSizes{19, 17, 15, 13};
constexpr int leftMargin = 16;
constexpr double noticeable = 0.02;  // a smaller change is none

/// "+12 % vs 30 min ago", from the start of the spark.
QString changeText(const SignalValue& signal)
{
    if (!signal.value)
        return {};
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < signal.spark.size() && i < 8; ++i) {
        if (std::isnan(signal.spark[i]))
            continue;
        sum += signal.spark[i];
        ++count;
    }
    if (count < 3 || sum <= 0)
        return {};
    const double change = *signal.value / (sum / count) - 1;
    if (std::abs(change) < noticeable)
        return KpiBar::tr("as 30 min ago");
    return KpiBar::tr("%1 vs 30 min ago").arg(deltaText(change, LaneUnit::Ratio));
}

/// Why a value is not simply a value.
QString oddNote(const SignalValue& signal, int column)
{
    if (signal.state == ValueState::Few)
        return signal.count == 1 ? KpiBar::tr("from 1 request – shaky")
                                 : KpiBar::tr("from %1 requests – shaky").arg(signal.count);
    if (signal.state == ValueState::Absent)
        return KpiBar::tr("no such metric");
    return signalExtra(signal, column);
}

QString instancesText(const FleetService& now)
{
    if (now.instances == 1 && now.instancesUp == 1)
        return KpiBar::tr("1 instance");
    return now.instancesUp == now.instances
               ? KpiBar::tr("%1 instances").arg(now.instances)
               : KpiBar::tr("%1 of %2 instances up").arg(now.instancesUp).arg(now.instances);
}

}  // namespace

KpiBar::KpiBar(const ViewContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_instances(new FlatButton(context.theme, QString(), this))
{
    m_instances->setObjectName(QStringLiteral("instanceFilter"));
    m_instances->setDropArrow(true);
    m_instances->setToolTip(tr("The lanes of one instance alone. The numbers in this line stay those of all."));
    m_instances->hide();
    connect(m_instances, &FlatButton::clicked, this, [this] { emit instancesRequested(m_instances); });
    setFixedHeight(context.theme.px(barHeight));
    setObjectName(QStringLiteral("kpiBar"));
    connect(&m_tick, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_tick.start(1000);  // the age goes on also when nothing answers
    connect(&context.controls, &FeedBase::changed, this, qOverload<>(&QWidget::update));
    connect(&context.time, &TimeCursor::modeChanged, this, qOverload<>(&QWidget::update));
    connect(&context.theme, &Theme::changed, this, [this] {
        setFixedHeight(m_context.theme.px(barHeight));
        sayInstances();
        update();
    });
}

void KpiBar::setPage(std::shared_ptr<const ServicePage> page)
{
    m_page = std::move(page);
    QStringList spoken;
    for (const Kpi& kpi : kpis())
        spoken << QStringLiteral("%1 %2 %3").arg(kpi.name, kpi.value, kpi.note);
    setAccessibleName(m_page ? m_page->now.name : QString());
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    setToolTip(spoken.join(QLatin1Char('\n')));
    sayInstances();
    update();
}

void KpiBar::setInstance(const QString& instance)
{
    m_instance = instance;
    sayInstances();
    update();
}

void KpiBar::sayInstances()
{
    m_instances->setVisible(m_page && !m_page->instances.empty());
    if (!m_page)
        return;
    const FleetService& now = m_page->now;
    m_instances->setText(m_instance.isEmpty() ? instancesText(now) : tr("only %1").arg(m_instance));
    m_instances->setLook(m_instance.isEmpty() ? ButtonLook::Outlined : ButtonLook::Inverse);
    m_instances->resize(m_instances->sizeHint());
    m_instances->move(leftMargin, m_context.theme.px(instancesTop));
}

std::vector<KpiBar::Kpi> KpiBar::kpis() const
{
    if (!m_page)
        return {};
    const auto status = m_context.link.status();
    const bool lost = !m_context.link.connected() && m_context.time.mode() != TimeMode::Held && status;
    const FleetService now =
        lost ? agedService(m_page->now, status->targets.intervalMs, m_context.link.engineNowMs()) : m_page->now;
    const auto kpi = [](const QString& name, const SignalValue& signal, int column, QString note) {
        const bool odd = signal.state != ValueState::Value && signal.state != ValueState::Above;
        return Kpi{
            name, signalNumber(signal, column), odd ? oddNote(signal, column) : std::move(note), signal.severity, false,
            odd};
    };
    QString p99Note = now.p99.limit ? tr("limit %1").arg(latencyText(*now.p99.limit)) : changeText(now.p99);
    if (now.p99.state == ValueState::Above)
        p99Note = tr("above the largest bucket");
    QString errorNote = now.errors.burn && *now.errors.burn >= 0.05
                            ? tr("%1 budget").arg(multipleText(*now.errors.burn))
                        : now.errors.limit ? tr("limit %1").arg(ratioText(*now.errors.limit))
                                           : QString();
    QString headNote = now.headroom.resource;
    if (now.headroom.minutes)
        headNote = minutesToText(*now.headroom.minutes, now.headroom.minutesLow, now.headroom.minutesHigh)
                   + QStringLiteral(" · ") + headNote;
    Kpi breakers{tr("breakers"), {}, {}, now.breakers.severity, false, false};
    const BreakerSummary& summary = now.breakers;
    breakers.value = summary.total == 0              ? QStringLiteral("–")
                     : summary.open > summary.forced ? tr("%1 of %2 open").arg(summary.open).arg(summary.total)
                     : summary.forced > 0            ? tr("%1 of %2 forced").arg(summary.forced).arg(summary.total)
                     : summary.halfOpen > 0          ? tr("%1 of %2 half-open").arg(summary.halfOpen).arg(summary.total)
                                                     : tr("%1 closed").arg(summary.total);
    breakers.held = summary.forced > 0;
    breakers.dim = summary.total == 0 || summary.severity == Severity::Unknown;
    if (now.flagsOn > 0)
        breakers.note = now.flagsOn == 1 ? tr("1 flag on") : tr("%1 flags on").arg(now.flagsOn);
    const bool past = m_context.time.mode() == TimeMode::Held;
    if (const auto list = m_context.controls.latest(); list && !past) {
        for (const Control& control : list->controls) {
            const bool notable =
                control.state == QLatin1String("open") || control.state == QLatin1String("forced_open");
            if (control.service == now.name && control.kind == ControlKind::Breaker && notable)
                breakers.note = QStringLiteral("%1 %2/%3").arg(control.callee).arg(control.k).arg(control.n);
        }
    }
    return {kpi(QStringLiteral("p99"), now.p99, FleetModel::P99, p99Note),
            kpi(tr("errors"), now.errors, FleetModel::Errors, errorNote),
            kpi(tr("requests"), now.requests, FleetModel::Requests, changeText(now.requests)),
            kpi(tr("headroom"), now.headroom, FleetModel::Headroom, headNote), breakers};
}

void KpiBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_context.theme;
    const Tokens& t = theme.tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);  // as its parts are placed below
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.grid);
    if (!m_page)
        return;
    const FleetService& now = m_page->now;
    const int left = leftMargin;
    const int nameWidth = std::min(theme.px(widestName), static_cast<int>(width() * widestNameShare));
    painter.setFont(theme.font(20, QFont::DemiBold));
    painter.setPen(t.text);
    painter.drawText(QRect(left, theme.px(4), nameWidth - left, theme.px(27)), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(now.name, Qt::ElideRight, nameWidth - left));
    const int factsLeft = m_instances->isHidden() ? left : m_instances->geometry().right() + 8;
    QStringList facts;
    if (now.tier > 0)
        facts << tr("tier %1").arg(now.tier);
    if (m_instances->isHidden())
        facts << instancesText(now);
    if (!now.version.isEmpty())
        facts << QStringLiteral("v") + now.version;
    painter.setFont(theme.small());
    painter.setPen(now.instancesUp == now.instances ? t.textSecondary : t.text);
    painter.drawText(
        QRect(factsLeft, m_instances->y(), nameWidth - factsLeft, m_instances->height()), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(facts.join(QStringLiteral(" · ")), Qt::ElideRight, nameWidth - factsLeft));
    painter.setPen(t.textTertiary);
    if (now.lastSampleMs > 0 && m_context.time.mode() != TimeMode::Held)
        painter.drawText(QRect(left, theme.px(62), nameWidth - left, theme.px(15)), Qt::AlignVCenter,
                         tr("scraped %1 ago").arg(ageText(m_context.link.engineNowMs() - now.lastSampleMs)));
    const std::vector<Kpi> all = kpis();
    const int width = (this->width() - nameWidth - 8) / static_cast<int>(all.size());
    const int size = numberSize(all, width - betweenKpis);
    for (std::size_t i = 0; i < all.size(); ++i)
        paintKpi(painter, QRect(nameWidth + static_cast<int>(i) * width, 0, width, height()), all[i], size);
}

int KpiBar::numberSize(const std::vector<Kpi>& all, int room) const
{
    const Theme& theme = m_context.theme;
    const auto fits = [&](int size) {
        const QFontMetrics metrics(theme.font(size, QFont::DemiBold));
        return std::ranges::all_of(all, [&](const Kpi& kpi) {
            const bool marked = kpi.severity != Severity::Normal || kpi.held;
            return metrics.horizontalAdvance(kpi.value) <= room - (marked ? theme.px(18) : 0);
        });
    };
    const auto* size = std::ranges::find_if(numberSizes, fits);
    return size == numberSizes.end() ? numberSizes.back() : *size;
}

void KpiBar::paintKpi(QPainter& painter, const QRect& box, const Kpi& kpi, int size) const
{
    const Theme& theme = m_context.theme;
    const Tokens& t = theme.tokens();
    const int inner = box.width() - betweenKpis;
    painter.setFont(theme.small());
    painter.setPen(t.textSecondary);
    // Which time the numbers are of, whenever that is not now.
    const TimeCursor& time = m_context.time;
    const QString name = time.mode() == TimeMode::Held && !m_context.link.attached()
                             ? tr("%1 at %2").arg(kpi.name, timeText(time.endMs(), time.nowMs()))
                         : !m_instance.isEmpty()         ? tr("%1, all instances").arg(kpi.name)
                         : time.mode() == TimeMode::Live ? kpi.name
                                                         : tr("%1 now").arg(kpi.name);
    painter.drawText(QRect(box.left(), theme.px(8), inner, theme.px(16)), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, inner));
    int x = box.left();
    const QRectF shape(x, theme.px(31), theme.px(12), theme.px(12));
    if (kpi.severity != Severity::Normal) {
        drawSeverity(painter, shape, kpi.severity, t);
        x += theme.px(18);
    } else if (kpi.held) {
        drawHeld(painter, shape, t);
        x += theme.px(18);
    }
    painter.setFont(theme.font(size, QFont::DemiBold));
    painter.setPen(kpi.dim ? t.textTertiary : t.text);
    painter.drawText(QRect(x, theme.px(24), box.left() + inner - x, theme.px(26)), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(kpi.value, Qt::ElideRight, box.left() + inner - x));
    painter.setFont(theme.small());
    painter.setPen(t.textSecondary);
    painter.drawText(QRect(box.left(), theme.px(51), inner, theme.px(16)), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(kpi.note, Qt::ElideRight, inner));
}

}  // namespace holdfast::widgets
