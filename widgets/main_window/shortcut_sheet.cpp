#include "widgets/main_window/shortcut_sheet.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QGridLayout>
#include <QVBoxLayout>

#include <utility>
#include <vector>

namespace holdfast::widgets {

ShortcutSheet::ShortcutSheet(const Theme& theme, QWidget* parent) : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    const std::vector<std::pair<QString, QString>> keys{
        {tr("1 … 8"), tr("Views")},
        {tr("Ctrl+K"), tr("Go to a service, view, incident or time")},
        {tr("/"), tr("Filter of the view")},
        {tr("J, K"), tr("Row down, up")},
        {tr("Enter, Backspace"), tr("Open, back")},
        {tr("P"), tr("Pause and resume the picture; collecting goes on")},
        {tr("O"), tr("Only abnormal")},
        {tr("S"), tr("Sort now; rows never move by themselves")},
        {tr("Ctrl+Z"), tr("The time range before (never undoes an action)")},
        {tr("Drag, Ctrl+wheel"), tr("Zoom a chart; double click goes back")},
        {tr("Click"), tr("Pin the crosshair: A, then B with the difference")},
        {tr("Shift+drag"), tr("Mark a span: mean, largest, percentile; baseline, note")},
        {tr("← →, Space"), tr("In a chart: step, pin; Shift ten steps, Ctrl the next event, ↑ ↓ the next lane")},
        {tr("V, Alt+T"), tr("In a chart: alone, as a table")},
        {tr("T then Z ← → L"), tr("Time: twice as long, earlier, later, live")},
        {tr("T then C, V"), tr("Copy and paste the time range, as Grafana does")},
        {tr("Ctrl+Shift+S"), tr("Save a picture of the page, PNG or SVG")},
        {tr("I"), tr("Next open incident")},
        {tr("A, N"), tr("Incident: acknowledge, note")},
        {tr("Ctrl+Shift+H"), tr("Handover of the shift")},
        {tr("Space, ← →, Ctrl+← →"), tr("In a replay: play, 5 s, event; Esc leaves")},
        {tr("F4"), tr("Show or hide “Act here”")},
        {tr("F5"), tr("Read again now")},
        {tr("F11"), tr("Full screen")},
        {tr("Ctrl+Enter"), tr("Confirm in a dialog; Enter alone never does")},
        {tr("Esc"), tr("Close, unpin, clear the filter – in this order")},
    };
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->addWidget(new RoleLabel(theme, TextRole::Title, tr("Keys"), this));
    layout->addWidget(new RoleLabel(theme, TextRole::Secondary, tr("No single key changes production."), this));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    for (int row = 0; row < static_cast<int>(keys.size()); ++row) {
        grid->addWidget(new RoleLabel(theme, TextRole::Strong, keys[static_cast<std::size_t>(row)].first, this), row,
                        0);
        grid->addWidget(new RoleLabel(theme, TextRole::Body, keys[static_cast<std::size_t>(row)].second, this), row, 1);
    }
    layout->addLayout(grid);
    auto* closeButton = new FlatButton(theme, tr("Close"), this);
    closeButton->setKeyHint(QStringLiteral("Esc"));
    connect(closeButton, &FlatButton::clicked, this, &QDialog::close);
    layout->addWidget(closeButton, 0, Qt::AlignRight);
}

}  // namespace holdfast::widgets
