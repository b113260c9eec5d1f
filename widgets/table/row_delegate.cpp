#include "widgets/table/row_delegate.h"

#include "widgets/client/severity.h"
#include "widgets/table/row_model.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int wrapFrom = 110;  // px at 100 %: what is shorter stays on one line

constexpr int rowHeight = 30;
constexpr int padding = 8;
constexpr int buttonHeight = 22;
constexpr int buttonGap = 6;

Severity severityOf(const QModelIndex& index)
{
    return static_cast<Severity>(index.data(RowRole::severity).toInt());
}

}  // namespace

RowDelegate::RowDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = m_theme.tokens();
    const QModelIndex first = index.siblingAtColumn(0);
    if (const QVariant title = first.data(RowRole::heading); title.isValid()) {
        drawHeading(painter, option.rect, title.toString());
        return;
    }
    const bool held = first.data(RowRole::held).toBool();
    painter->save();
    painter->setClipRect(option.rect);
    if (const Severity row = severityOf(first); row == Severity::Critical || row == Severity::Warning)
        painter->fillRect(option.rect, m_theme.tint(row));
    else if (held)
        painter->fillRect(option.rect, tokens.heldTint);
    if (option.state.testFlag(QStyle::State_Selected)) {
        QColor over = option.palette.color(QPalette::Highlight);
        over.setAlpha(170);
        painter->fillRect(option.rect, over);
    }
    painter->setPen(tokens.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    if (index.column() == 0) {
        drawShape(painter, option.rect, index);
    } else {
        QRect box = option.rect.adjusted(padding, 0, -padding, 0);
        if (index.data(RowRole::buttons).isValid())
            box.setRight(std::min(box.right(), drawButtons(painter, option.rect, index) - padding));
        drawText(painter, box, index);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(tokens.focus, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const QFontMetrics metrics(m_theme.strong());
    const int height = m_theme.px(rowHeight);
    if (index.column() == 0)
        return {m_theme.px(28), height};
    int text = metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    if (m_lines > 1 && index.data(RowRole::wrap).toBool())
        text = std::max(text * 3 / 5, std::min(text, m_theme.px(wrapFrom)));  // words do not fill two lines evenly
    const QList<QRect> boxes = buttonBoxes({}, index.data(RowRole::buttons).toStringList());
    return {std::max(2 * padding + text, boxes.isEmpty() ? 0 : boxes.last().right() + padding), height};
}

std::optional<int> RowDelegate::buttonAt(const QRect& cell, const QModelIndex& index, const QPoint& pos) const
{
    if (m_locked)
        return std::nullopt;
    const QList<QRect> boxes = buttonBoxes(cell, index.data(RowRole::buttons).toStringList());
    const auto idle = index.data(RowRole::idle).value<QList<int>>();
    for (int i = 0; i < boxes.size(); ++i) {
        if (boxes[i].contains(pos) && !idle.contains(i))
            return i;
    }
    return std::nullopt;
}

QList<QRect> RowDelegate::buttonBoxes(const QRect& cell, const QStringList& labels) const
{
    const QFontMetrics metrics(m_theme.small());
    QList<QRect> boxes;
    int x = cell.left() + padding;
    for (const QString& label : labels) {
        const int width = metrics.horizontalAdvance(label) + 2 * padding;
        const int height = m_theme.px(buttonHeight);
        boxes << QRect(x, cell.top() + (cell.height() - height) / 2, width, height);
        x += width + buttonGap;
    }
    return boxes;
}

int RowDelegate::drawButtons(QPainter* painter, const QRect& cell, const QModelIndex& index) const
{
    const Tokens& tokens = m_theme.tokens();
    const QStringList labels = index.data(RowRole::buttons).toStringList();
    const auto idle = index.data(RowRole::idle).value<QList<int>>();
    const QList<QRect> boxes = buttonBoxes(cell, labels);
    int left = cell.right();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(m_theme.small());
    for (int i = 0; i < boxes.size(); ++i) {
        if (idle.contains(i))
            continue;
        left = std::min(left, boxes[i].left());
        painter->setPen(m_locked ? tokens.grid : tokens.border);
        painter->setBrush(m_locked ? QBrush(Qt::NoBrush) : QBrush(tokens.raised));
        painter->drawRoundedRect(QRectF(boxes[i]).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->setPen(m_locked ? tokens.textTertiary : tokens.text);
        painter->drawText(boxes[i], Qt::AlignCenter, labels[i]);
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
    return left;
}

void RowDelegate::drawText(QPainter* painter, const QRect& box, const QModelIndex& index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    if (text.isEmpty() || box.width() <= 0)
        return;
    const Tokens& tokens = m_theme.tokens();
    const Severity severity = severityOf(index);
    // On light surfaces the warning hue is for shapes only; its words stay in the primary tone.
    const bool coloured = severity == Severity::Critical || severity == Severity::Unknown
                          || (severity == Severity::Warning && tokens.kind == ThemeKind::Dark);
    const bool dim = index.data(RowRole::dim).toBool();
    painter->setPen(coloured && !dim ? m_theme.colour(severity) : dim ? tokens.textTertiary : tokens.text);
    painter->setFont(severity == Severity::Normal || severity == Severity::Unknown ? m_theme.base() : m_theme.strong());
    const QFontMetrics metrics(painter->font());
    if (!index.data(RowRole::wrap).toBool() || metrics.horizontalAdvance(text) <= box.width()
        || box.height() < 2 * metrics.height()) {
        const QVariant wanted = index.data(Qt::TextAlignmentRole);
        const int alignment = wanted.isValid() ? wanted.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
        painter->drawText(box, alignment, metrics.elidedText(text, Qt::ElideRight, box.width()));
        return;
    }
    QTextLayout layout(text, painter->font());
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(box.width());
    const int second = line.textLength();
    layout.endLayout();
    const int top = box.center().y() - metrics.height() + 1;
    painter->drawText(QPoint(box.left(), top + metrics.ascent()), text.left(second).trimmed());
    painter->drawText(QPoint(box.left(), top + metrics.height() + metrics.ascent()),
                      metrics.elidedText(text.mid(second), Qt::ElideRight, box.width()));
}

void RowDelegate::drawHeading(QPainter* painter, const QRect& cell, const QString& text) const
{
    const Tokens& tokens = m_theme.tokens();
    painter->save();
    painter->setPen(tokens.border);
    painter->drawLine(cell.bottomLeft(), cell.bottomRight());
    painter->setPen(tokens.textSecondary);
    painter->setFont(m_theme.strong());
    painter->drawText(cell.adjusted(padding, 0, -padding, -padding / 2), Qt::AlignLeft | Qt::AlignBottom, text);
    painter->restore();
}

void RowDelegate::drawShape(QPainter* painter, const QRect& cell, const QModelIndex& index) const
{
    const QRectF box(cell.center().x() - 5, cell.center().y() - 5, 11, 11);
    if (index.data(RowRole::held).toBool())
        drawHeld(*painter, box.adjusted(-1, -1, 1, 1), m_theme.tokens());
    else
        drawSeverity(*painter, box, severityOf(index), m_theme.tokens());
}

}  // namespace holdfast::widgets
