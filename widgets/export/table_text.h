#pragma once

#include <QString>
#include <Qt>

#include <cstdint>

class QAbstractItemModel;

namespace holdfast::widgets {

/// A cell as a machine reads it: numbers with "." and no unit, times in RFC 3339. Models that have it answer to this
/// role; of others the displayed text is taken.
inline constexpr int plainTextRole = Qt::UserRole + 100;

enum class TableFormat { Tsv, Csv };

/// The whole of a table, its header first. Tabs and line ends inside a cell become spaces in TSV; CSV quotes as
/// RFC 4180 says.
[[nodiscard]] QString tableText(const QAbstractItemModel& model, TableFormat format);
/// One row, without header.
[[nodiscard]] QString rowText(const QAbstractItemModel& model, int row, TableFormat format);

/// "1.84": shortest text that reads back as the same number; empty for none.
[[nodiscard]] QString plainNumber(double value);
/// "2026-11-23T03:14:07Z", with milliseconds only if there are some.
[[nodiscard]] QString plainTime(std::int64_t ms);

}  // namespace holdfast::widgets
