#pragma once

class QPoint;
class QWidget;

namespace holdfast::widgets {

/// What can be done with any chart: its picture copied, or saved as PNG or SVG. For charts whose page has no menu of
/// its own.
void openPaneMenu(QWidget& pane, const QPoint& globalPos);

}  // namespace holdfast::widgets
