#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

namespace holdfast::widgets {

/// Prints the engine's one-file HTML report (incident or handover) on A4 pages as PDF: its inline SVG lanes as
/// pictures, its texts and tables as they are, with a foot line that names the report and counts the pages. What is
/// folded in the HTML (raw values) is left out.
///
/// name  for the foot line and the document's title
/// Errors: what the file system said. Any thread; one call at a time for a file.
[[nodiscard]] Result<int> printReport(const QByteArray& html, const QString& name, const QString& file);

}  // namespace holdfast::widgets
