#include "widgets/explore/legend_rows.h"

#include "widgets/explore/value_axis.h"
#include "widgets/export/table_text.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Explore", text);
}

QVariant number(double value, int role)
{
    switch (role) {
    case Qt::DisplayRole: return shortValue(value);
    case Qt::TextAlignmentRole: return int(Qt::AlignRight | Qt::AlignVCenter);
    case plainTextRole: return plainNumber(value);
    default: return {};
    }
}

}  // namespace

LegendModel* makeLegendModel(QObject* parent)
{
    return new LegendModel(
        {{QString(),
          [](const LegendRow& row, int role) -> QVariant {
              if (role == swatchRole && row.drawn)
                  return row.style.colour * 16 + row.style.dash;
              if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
                  return row.drawn ? dashWord(row.style.dash) : words("not drawn");
              return {};
          }},
         {words("Query"),
          [](const LegendRow& row, int role) -> QVariant {
              return role == Qt::DisplayRole ? QVariant(row.query) : QVariant();
          }},
         {words("Series"),
          [](const LegendRow& row, int role) -> QVariant {
              if (role == RowRole::dim)
                  return !row.drawn;
              return role == Qt::DisplayRole ? QVariant(row.series.labels) : QVariant();
          }},
         {words("At cursor"), [](const LegendRow& row, int role) { return number(row.atCursor, role); }},
         {words("Newest"), [](const LegendRow& row, int role) { return number(row.series.newest, role); }},
         {words("Least"), [](const LegendRow& row, int role) { return number(row.series.least, role); }},
         {words("Most"), [](const LegendRow& row, int role) { return number(row.series.most, role); }},
         {words("Mean"), [](const LegendRow& row, int role) { return number(row.series.mean, role); }}},
        [](const LegendRow& row) { return row.key; }, parent);
}

void SwatchDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (option.state.testFlag(QStyle::State_Selected)) {
        QColor over = option.palette.color(QPalette::Highlight);
        over.setAlpha(170);
        painter->fillRect(option.rect, over);
    }
    painter->setPen(m_theme.tokens().grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QVariant style = index.data(swatchRole);
    if (style.isValid())
        drawSwatch(*painter, QRectF(option.rect).adjusted(5, 6, -1, -6), {style.toInt() / 16, style.toInt() % 16},
                   m_theme.kind());
}

QSize SwatchDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {28, 28};
}

}  // namespace holdfast::widgets
