#pragma once

#include "app/base/result.h"

#include <QString>

class QWidget;

namespace holdfast::widgets {

/// Writes what `widget` shows to a file: SVG by the name's end, else PNG. In an SVG text is text and lines are lines.
/// Returns the path written. Runs on the GUI thread: painting a widget can run nowhere else.
[[nodiscard]] Result<QString> savePicture(QWidget& widget, const QString& path);

/// Asks for a file name and saves; what went wrong is said in a box. `name` is the suggestion without its end.
void askAndSavePicture(QWidget& widget, const QString& name);
/// The same for text: TSV or CSV, by what the person chose.
void askAndSaveTable(QWidget& parent, const QString& name, const QString& tsv, const QString& csv);

}  // namespace holdfast::widgets
