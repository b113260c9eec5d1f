#include "widgets/fleet/fleet_delegate.h"

#include "widgets/fleet/fleet_model.h"
#include "widgets/fleet/spark_picture.h"
#include "widgets/theme/line_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::widgets {

namespace {

// px at 100 % text
constexpr int numberWidth = 74;
constexpr int mostExtra = 70;
constexpr int leastExtra = 38;  // "n 129"
constexpr int leastSpark = 24;
constexpr int sparkHeight = 18;

const FleetService* serviceOf(const QModelIndex& index)
{
    const auto* proxy = qobject_cast<const QSortFilterProxyModel*>(index.model());
    const QModelIndex source = proxy ? proxy->mapToSource(index) : index;
    const auto* model = qobject_cast<const FleetModel*>(source.model());
    return model ? model->service(source.row()) : nullptr;
}

}  // namespace

FleetDelegate::FleetDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

QRectF FleetDelegate::sparkRect(const Theme& theme, const QRect& cell)
{
    const int number = theme.px(numberWidth);
    const double high = theme.px(sparkHeight);
    const double left = cell.left() + number + 10;
    // In a narrow column the words after the spark give way first: they stand in the tooltip, too.
    const int room = cell.width() - number - 18;
    const int extra = std::clamp(room - 2 * leastSpark, theme.px(leastExtra), theme.px(mostExtra));
    const double width = std::max(leastSpark, room - extra);
    return {left, cell.top() + (cell.height() - high) / 2, width, high};
}

void FleetDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const FleetService* service = serviceOf(index);
    if (!service)
        return;
    const Tokens& t = m_theme.tokens();
    const QRect cell = option.rect;
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (service->severity != Severity::Normal)  // else the table's own ground is the right one
        painter->fillRect(cell, m_theme.tint(service->severity));
    if (selected) {
        QColor over = t.text;
        over.setAlpha(16);  // what is red and bold keeps 4.5:1 on it
        painter->fillRect(cell, over);
    }
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), t.grid);

    const bool held = service->breakers.forced > 0 || service->flagsOn > 0;
    switch (index.column()) {
    case FleetModel::State: {
        const int side = m_theme.px(12);
        const QRectF shape(cell.left() + (cell.width() - side) / 2.0, cell.top() + (cell.height() - side) / 2.0, side,
                           side);
        if (selected)
            painter->fillRect(QRect(cell.left(), cell.top(), 3, cell.height()), t.text);
        if (service->severity == Severity::Normal && held)
            drawHeld(*painter, shape, t);
        else
            drawSeverity(*painter, shape, service->severity, t);
        break;
    }
    case FleetModel::P99:
    case FleetModel::Errors:
    case FleetModel::Requests:
    case FleetModel::Headroom:
        paintSignal(*painter, cell, *FleetModel::signalOf(*service, index.column()), index.column(),
                    selected || service->severity != Severity::Normal);
        break;
    case FleetModel::Breakers: {
        int x = cell.left() + 10;
        const int side = m_theme.px(11);
        const QRectF shape(x, cell.top() + (cell.height() - side) / 2.0, side, side);
        if (service->breakers.severity != Severity::Normal)
            drawSeverity(*painter, shape, service->breakers.severity, t);
        else if (held)
            drawHeld(*painter, shape, t);
        x += side + 7;
        painter->setFont(m_theme.base());
        painter->setPen(service->breakers.severity == Severity::Normal && !held ? t.textSecondary : t.text);
        drawFitted(*painter, QRectF(x, cell.top(), cell.right() - x, cell.height()), Qt::AlignVCenter,
                   breakerText(*service));
        break;
    }
    default: {
        painter->setFont(index.column() == FleetModel::Service ? m_theme.strong() : m_theme.base());
        painter->setPen(index.column() == FleetModel::Service ? t.text : t.textSecondary);
        drawFitted(*painter, cell.adjusted(10, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        break;
    }
    }
    painter->restore();
}

void FleetDelegate::paintSignal(QPainter& painter, const QRect& cell, const SignalValue& signal, int column,
                                bool onTint) const
{
    const Tokens& t = m_theme.tokens();
    const bool dim = signal.state == ValueState::Stale || signal.state == ValueState::Few
                     || signal.state == ValueState::NoTraffic || signal.state == ValueState::Absent;
    QString number = signalNumber(signal, column);
    const bool then = m_cursor && *m_cursor >= 0 && *m_cursor < static_cast<int>(signal.spark.size());
    if (then) {
        const double value = signal.spark[static_cast<std::size_t>(*m_cursor)];
        const LaneUnit unit = column == FleetModel::P99        ? LaneUnit::Seconds
                              : column == FleetModel::Requests ? LaneUnit::PerSecond
                                                               : LaneUnit::Ratio;
        number = std::isnan(value) ? QStringLiteral("–") : valueText(value, unit);
    }
    if (signal.state == ValueState::Stale) {
        QColor ink = t.unknown;
        ink.setAlpha(90);
        drawHatch(painter, QRectF(cell.left() + 4, cell.top() + 5, m_theme.px(numberWidth), cell.height() - 10), ink);
    }
    QColor ink = !dim ? t.text : onTint ? t.textSecondary : t.textTertiary;
    if (!then && signal.severity == Severity::Critical && signal.state != ValueState::Stale)
        ink = t.critical;
    if (!then && signal.severity == Severity::Warning && t.kind == ThemeKind::Dark)
        ink = t.warning;
    painter.setFont(signal.severity == Severity::Critical || signal.severity == Severity::Warning ? m_theme.strong()
                                                                                                  : m_theme.base());
    QString extra = signalExtra(signal, column);
    // Why there is no number stands in the place of the number.
    if (!then && number == QStringLiteral("–") && !extra.isEmpty()) {
        number = std::exchange(extra, {});
        painter.setFont(m_theme.small());
    }
    painter.setPen(ink);
    drawFitted(painter, QRectF(cell.left() + 4, cell.top(), m_theme.px(numberWidth), cell.height()),
               Qt::AlignVCenter | Qt::AlignRight, number);
    const QRectF spark = sparkRect(m_theme, cell);
    if (spark.right() + 8 < cell.right())
        paintSpark(painter, spark, signal);
    if (!extra.isEmpty()) {
        painter.setFont(m_theme.small());
        painter.setPen(t.textSecondary);
        const QRectF box(spark.right() + 6, cell.top(), cell.right() - spark.right() - 8, cell.height());
        drawFitted(painter, box, Qt::AlignVCenter | Qt::AlignLeft, extra);
    }
}

void FleetDelegate::paintSpark(QPainter& painter, const QRectF& box, const SignalValue& signal) const
{
    const Tokens& t = m_theme.tokens();
    const std::vector<double>& points = signal.spark;
    if (points.size() < 2)
        return;
    double top = 0;
    for (const double value : points)
        top = std::isnan(value) ? top : std::max(top, value);
    if (signal.limit && *signal.limit < top * 3)
        top = std::max(top, *signal.limit * 1.15);
    if (top <= 0)
        top = 1;
    const bool badBelow = !signal.resource.isEmpty();  // headroom is the one signal that names a resource
    const SparkTones tones{.line = signal.state == ValueState::Stale ? t.lineThird : t.lineSecond,
                           .bad = badBelow ? t.warning : t.critical,
                           .limit = t.border,
                           .tick = t.textTertiary};
    const QRect place = box.toRect();
    painter.drawImage(place.topLeft(), sparkPicture(points, top, signal.limit, badBelow, place.size(),
                                                    painter.device()->devicePixelRatioF(), tones));
    if (m_cursor && *m_cursor >= 0 && *m_cursor < static_cast<int>(points.size())) {
        painter.setPen(QPen(t.text, 1));
        const double at =
            std::round(box.left() + box.width() * *m_cursor / static_cast<double>(points.size() - 1)) + 0.5;
        painter.drawLine(QPointF(at, box.top() - 4), QPointF(at, box.bottom() + 4));
    }
}

}  // namespace holdfast::widgets
