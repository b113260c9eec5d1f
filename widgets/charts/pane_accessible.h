#pragma once

namespace holdfast::widgets {

/// Makes panes speak: role chart, name, description, and as value the number at the crosshair. Call once a process,
/// after the application was made; further calls do nothing. Thread: gui.
void installPaneAccessibility();

}  // namespace holdfast::widgets
