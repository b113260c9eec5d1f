#include "widgets/fleet/fleet_delegate.h"

#include "widgets/fleet/fleet_model.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int widestLetter = 10;  // px; below it nothing is measured

/// Measuring a text costs as much as drawing it; short ones fit.
QString fitted(const QPainter& painter, const QString& text, int room)
{
    return text.size() * widestLetter < room ? text : painter.fontMetrics().elidedText(text, Qt::ElideRight, room);
}

constexpr int numberWidth = 74;
constexpr int extraWidth = 70;
constexpr double sparkHeight = 18;

const FleetService* serviceOf(const QModelIndex& index)
{
    const auto* proxy = qobject_cast<const QSortFilterProxyModel*>(index.model());
    const QModelIndex source = proxy ? proxy->mapToSource(index) : index;
    const auto* model = qobject_cast<const FleetModel*>(source.model());
    return model ? model->service(source.row()) : nullptr;
}

}  // namespace

FleetDelegate::FleetDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

QRectF FleetDelegate::sparkRect(const QRect& cell)
{
    const double left = cell.left() + numberWidth + 10;
    const double width = std::max(20, cell.width() - numberWidth - extraWidth - 18);
    return {left, cell.top() + (cell.height() - sparkHeight) / 2, width, sparkHeight};
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
    painter->fillRect(cell, service->severity == Severity::Normal ? t.plot : m_theme.tint(service->severity));
    if (selected) {
        QColor over = t.text;
        over.setAlpha(26);
        painter->fillRect(cell, over);
    }
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), t.grid);

    const bool held = service->breakers.forced > 0 || service->flagsOn > 0;
    switch (index.column()) {
    case FleetModel::State: {
        const QRectF shape(cell.left() + (cell.width() - 12) / 2.0, cell.top() + (cell.height() - 12) / 2.0, 12, 12);
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
        paintSignal(*painter, cell, *FleetModel::signalOf(*service, index.column()), index.column());
        break;
    case FleetModel::Breakers: {
        int x = cell.left() + 10;
        const QRectF shape(x, cell.top() + (cell.height() - 11) / 2.0, 11, 11);
        if (service->breakers.severity != Severity::Normal)
            drawSeverity(*painter, shape, service->breakers.severity, t);
        else if (held)
            drawHeld(*painter, shape, t);
        x += 18;
        painter->setFont(m_theme.base());
        painter->setPen(service->breakers.severity == Severity::Normal && !held ? t.textSecondary : t.text);
        painter->drawText(QRect(x, cell.top(), cell.right() - x, cell.height()), Qt::AlignVCenter,
                          fitted(*painter, breakerText(*service), cell.right() - x));
        break;
    }
    default: {
        painter->setFont(index.column() == FleetModel::Service ? m_theme.strong() : m_theme.base());
        painter->setPen(index.column() == FleetModel::Service ? t.text : t.textSecondary);
        const QRect box = cell.adjusted(10, 0, -6, 0);
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                          fitted(*painter, index.data().toString(), box.width()));
        break;
    }
    }
    painter->restore();
}

void FleetDelegate::paintSignal(QPainter& painter, const QRect& cell, const SignalValue& signal, int column) const
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
        drawHatch(painter, QRectF(cell.left() + 4, cell.top() + 5, numberWidth, cell.height() - 10), ink);
    }
    QColor ink = dim ? t.textTertiary : t.text;
    if (!then && signal.severity == Severity::Critical && signal.state != ValueState::Stale)
        ink = t.critical;
    if (!then && signal.severity == Severity::Warning && t.kind == ThemeKind::Dark)
        ink = t.warning;
    painter.setFont(signal.severity == Severity::Critical || signal.severity == Severity::Warning ? m_theme.strong()
                                                                                                  : m_theme.base());
    painter.setPen(ink);
    painter.drawText(QRect(cell.left() + 4, cell.top(), numberWidth, cell.height()), Qt::AlignVCenter | Qt::AlignRight,
                     number);
    const QRectF spark = sparkRect(cell);
    if (spark.right() + 8 < cell.right())
        paintSpark(painter, spark, signal);
    const QString extra = signalExtra(signal, column);
    if (!extra.isEmpty()) {
        painter.setFont(m_theme.small());
        painter.setPen(t.textSecondary);
        const QRectF box(spark.right() + 6, cell.top(), cell.right() - spark.right() - 8, cell.height());
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, fitted(painter, extra, static_cast<int>(box.width())));
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
    const auto x = [&](std::size_t i) {
        return box.left() + box.width() * static_cast<double>(i) / static_cast<double>(points.size() - 1);
    };
    const auto y = [&](double value) { return box.bottom() - std::clamp(value / top, 0.0, 1.0) * box.height(); };
    // The normal band's edge: a tick at the right and a faint line at the limit.
    if (signal.limit && *signal.limit <= top) {
        painter.setPen(QPen(t.border, 1, Qt::DotLine));
        const double level = std::round(y(*signal.limit)) + 0.5;
        painter.drawLine(QPointF(box.left(), level), QPointF(box.right(), level));
        painter.setPen(QPen(t.textTertiary, 1));
        painter.drawLine(QPointF(box.right() - 4, level), QPointF(box.right(), level));
    }
    const bool badBelow = !signal.resource.isEmpty();  // headroom is the one signal that names a resource
    std::vector<QLineF> good;
    std::vector<QLineF> bad;
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (std::isnan(points[i]) || std::isnan(points[i - 1]))
            continue;
        const bool over = signal.limit && (badBelow ? points[i] < *signal.limit : points[i] > *signal.limit);
        (over ? bad : good).emplace_back(x(i - 1), y(points[i - 1]), x(i), y(points[i]));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    // One pixel: a wider pen costs ten times as much.
    painter.setPen(QPen(signal.state == ValueState::Stale ? t.lineThird : t.lineSecond, 1));
    painter.drawLines(good.data(), static_cast<int>(good.size()));
    painter.setPen(QPen(badBelow ? t.warning : t.critical, 1));
    painter.drawLines(bad.data(), static_cast<int>(bad.size()));
    if (good.empty() && bad.empty()) {
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (!std::isnan(points[i]))
                painter.drawEllipse(QPointF(x(i), y(points[i])), 0.8, 0.8);  // the first points have no line yet
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (m_cursor && *m_cursor >= 0 && *m_cursor < static_cast<int>(points.size())) {
        painter.setPen(QPen(t.text, 1));
        const double at = std::round(x(static_cast<std::size_t>(*m_cursor))) + 0.5;
        painter.drawLine(QPointF(at, box.top() - 4), QPointF(at, box.bottom() + 4));
    }
}

}  // namespace holdfast::widgets
