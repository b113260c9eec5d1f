#include "widgets/table/row_delegate.h"

#include "widgets/client/severity.h"
#include "widgets/table/row_model.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int rowHeight = 30;
constexpr int padding = 8;
constexpr int buttonHeight = 22;
constexpr int buttonGap = 6;

Severity severityOf(const QModelIndex& index)
{
    return static_cast<Severity>(index.data(RowRole::severity).toInt());
}

}  // namespace

RowDelegate::RowDelegate(Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = m_theme.tokens();
    const QModelIndex first = index.siblingAtColumn(0);
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

    const QStringList buttons = index.data(RowRole::buttons).toStringList();
    if (index.column() == 0) {
        drawShape(painter, option.rect, index);
    } else if (!buttons.isEmpty()) {
        drawButtons(painter, option.rect, buttons);
    } else {
        const bool dim = index.data(RowRole::dim).toBool();
        const Severity severity = severityOf(index);
        // On light surfaces the warning hue is for shapes only; its words stay in the primary tone.
        const bool coloured = severity == Severity::Critical || severity == Severity::Unknown
                              || (severity == Severity::Warning && tokens.kind == ThemeKind::Dark);
        painter->setPen(coloured ? m_theme.colour(severity) : dim ? tokens.textTertiary : tokens.text);
        painter->setFont(severity == Severity::Normal || severity == Severity::Unknown ? m_theme.base()
                                                                                       : m_theme.strong());
        const QVariant wanted = index.data(Qt::TextAlignmentRole);
        const int alignment = wanted.isValid() ? wanted.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);
        const QRect box = option.rect.adjusted(padding, 0, -padding, 0);
        const QString text = index.data(Qt::DisplayRole).toString();
        painter->drawText(box, alignment, painter->fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
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
    if (index.column() == 0)
        return {28, rowHeight};
    const QStringList buttons = index.data(RowRole::buttons).toStringList();
    int width = 2 * padding + metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    for (const QString& label : buttons)
        width += metrics.horizontalAdvance(label) + 2 * padding + buttonGap;
    return {width, rowHeight};
}

std::optional<int> RowDelegate::buttonAt(const QRect& cell, const QModelIndex& index, const QPoint& pos) const
{
    const QList<QRect> boxes = buttonBoxes(cell, index.data(RowRole::buttons).toStringList());
    for (int i = 0; i < boxes.size(); ++i) {
        if (boxes[i].contains(pos))
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
        boxes << QRect(x, cell.top() + (cell.height() - buttonHeight) / 2, width, buttonHeight);
        x += width + buttonGap;
    }
    return boxes;
}

void RowDelegate::drawButtons(QPainter* painter, const QRect& cell, const QStringList& labels) const
{
    const Tokens& tokens = m_theme.tokens();
    const QList<QRect> boxes = buttonBoxes(cell, labels);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(m_theme.small());
    for (int i = 0; i < boxes.size(); ++i) {
        painter->setPen(tokens.border);
        painter->setBrush(tokens.raised);
        painter->drawRoundedRect(QRectF(boxes[i]).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        painter->setPen(tokens.text);
        painter->drawText(boxes[i], Qt::AlignCenter, labels[i]);
    }
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
