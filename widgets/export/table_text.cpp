#include "widgets/export/table_text.h"

#include "app/base/number_text.h"

#include <QAbstractItemModel>
#include <QDateTime>

#include <cmath>

namespace holdfast::widgets {

namespace {

QString cellText(QString text, TableFormat format)
{
    if (format == TableFormat::Tsv) {
        for (const char16_t each : {u'\t', u'\n', u'\r'})
            text.replace(QChar(each), QLatin1Char(' '));
        return text;
    }
    const bool quoted = text.contains(QLatin1Char(',')) || text.contains(QLatin1Char('"'))
                        || text.contains(QLatin1Char('\n')) || text.contains(QLatin1Char('\r'));
    if (!quoted)
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString joined(const QStringList& cells, TableFormat format)
{
    QStringList parts;
    for (const QString& cell : cells)
        parts << cellText(cell, format);
    return parts.join(format == TableFormat::Tsv ? QLatin1Char('\t') : QLatin1Char(','));
}

}  // namespace

QString rowText(const QAbstractItemModel& model, int row, TableFormat format)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column) {
        const QModelIndex index = model.index(row, column);
        const QVariant plain = index.data(plainTextRole);
        cells << (plain.isValid() ? plain : index.data(Qt::DisplayRole)).toString();
    }
    return joined(cells, format);
}

QString tableText(const QAbstractItemModel& model, TableFormat format)
{
    QStringList header;
    for (int column = 0; column < model.columnCount(); ++column)
        header << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const QString end = format == TableFormat::Csv ? QStringLiteral("\r\n") : QStringLiteral("\n");
    QString text = joined(header, format) + end;
    for (int row = 0; row < model.rowCount(); ++row)
        text += rowText(model, row, format) + end;
    return text;
}

QString plainNumber(double value)
{
    if (std::isnan(value))
        return {};
    std::string text;
    appendNumber(text, value);
    return QString::fromStdString(text);
}

QString plainTime(std::int64_t ms)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    return time.toString(ms % 1000 == 0 ? Qt::ISODate : Qt::ISODateWithMs);
}

}  // namespace holdfast::widgets
