#include "widgets/explore/completion_delegate.h"

#include "widgets/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int rowPx = 24;
constexpr int marginPx = 8;
constexpr int gapPx = 18;

}  // namespace

CompletionDelegate::CompletionDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

void CompletionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = m_theme.tokens();
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, chosen ? option.palette.color(QPalette::Highlight) : tokens.raised);
    const QRect row = option.rect.adjusted(marginPx, 0, -marginPx, 0);
    const QString word = index.data().toString();
    const QString help = index.data(Qt::ToolTipRole).toString();
    painter->setFont(m_theme.base());
    painter->setPen(chosen ? option.palette.color(QPalette::HighlightedText) : tokens.text);
    const int most = help.isEmpty() ? row.width() : row.width() * 3 / 5;
    const QString shown = painter->fontMetrics().elidedText(word, Qt::ElideMiddle, most);
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignLeft, shown);
    const int taken = painter->fontMetrics().horizontalAdvance(shown) + gapPx;
    painter->setFont(m_theme.small());
    if (!chosen)
        painter->setPen(tokens.textSecondary);
    const QRect rest = row.adjusted(taken, 0, 0, 0);
    painter->drawText(rest, Qt::AlignVCenter | Qt::AlignRight,
                      painter->fontMetrics().elidedText(help, Qt::ElideRight, std::max(0, rest.width())));
    painter->restore();
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, m_theme.px(rowPx)};
}

}  // namespace holdfast::widgets
