#include "widgets/targets/scrape_spark.h"

#include "widgets/client/severity.h"
#include "widgets/table/row_model.h"
#include "widgets/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

constexpr int bars = 10;
constexpr int barWidth = 4;
constexpr int barGap = 2;
constexpr int padding = 8;
constexpr int textWidth = 66;

}  // namespace

void ScrapeSpark::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = m_theme.tokens();
    painter->save();
    const auto row = static_cast<Severity>(index.siblingAtColumn(0).data(RowRole::severity).toInt());
    if (row == Severity::Critical || row == Severity::Warning)
        painter->fillRect(option.rect, m_theme.tint(row));
    else if (index.siblingAtColumn(0).data(RowRole::held).toBool())
        painter->fillRect(option.rect, tokens.heldTint);
    if (option.state.testFlag(QStyle::State_Selected)) {
        QColor over = option.palette.color(QPalette::Highlight);
        over.setAlpha(170);
        painter->fillRect(option.rect, over);
    }
    painter->setPen(tokens.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QVariantList durations = index.data(durationsRole).toList();
    const double timeout = std::max(1.0, index.data(timeoutRole).toDouble());
    const int top = option.rect.top() + 6;
    const int height = option.rect.height() - 12;
    int x = option.rect.left() + padding;
    painter->fillRect(QRect(x, top + height, bars * (barWidth + barGap) - barGap, 1), tokens.lineThird);
    x += static_cast<int>(bars - std::min<qsizetype>(bars, durations.size())) * (barWidth + barGap);
    for (const QVariant& value : durations.mid(std::max<qsizetype>(0, durations.size() - bars))) {
        const double ms = value.toDouble();
        if (ms < 0) {
            painter->fillRect(QRect(x, top, barWidth, height / 2 - 1), tokens.critical);
            painter->fillRect(QRect(x, top + height / 2 + 1, barWidth, height - height / 2 - 1), tokens.critical);
        } else {
            // The square root: a scrape of a hundredth of its timeout is still a bar.
            const int bar = std::clamp(static_cast<int>(std::lround(std::sqrt(ms / timeout) * height)), 1, height);
            painter->fillRect(QRect(x, top + height - bar, barWidth, bar),
                              ms > timeout / 2 ? tokens.lineMain : tokens.lineSecond);
        }
        x += barWidth + barGap;
    }
    painter->setFont(m_theme.base());
    painter->setPen(tokens.text);
    painter->drawText(option.rect.adjusted(0, 0, -padding, 0), int(Qt::AlignRight | Qt::AlignVCenter),
                      index.data(Qt::DisplayRole).toString());
    painter->restore();
}

QSize ScrapeSpark::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {2 * padding + bars * (barWidth + barGap) + textWidth, 30};
}

}  // namespace holdfast::widgets
