#include "widgets/main_window/shortcut_sheet.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QScrollArea>
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
        {tr("Ctrl+K, Ctrl+Shift+P"),
         tr("Go to a service, control, incident, view, time or link; Ctrl+Enter in the second window")},
        {tr("/"), tr("Filter of the view")},
        {tr("J, K"), tr("Row down, up")},
        {tr("Enter, Backspace, Alt+←"), tr("Open, back")},
        {tr("F6, Shift+F6"), tr("Next and previous region of the window")},
        {tr("Ctrl+Shift+N"), tr("This view in the second window, with the same time and crosshair")},
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
        {tr("A, N"), tr("Incident, also in the strip: acknowledge, note")},
        {tr("Ctrl+C"), tr("On the health page: copy the diagnosis")},
        {tr("Ctrl+Shift+H"), tr("Handover of the shift")},
        {tr("Space, ← →, Ctrl+← →"), tr("In a replay: play, 5 s, event; Esc leaves")},
        {tr("M"), tr("Marker with a note at the crosshair")},
        {tr("C"), tr("To the controls of this service; executes nothing")},
        {tr("Ctrl+Shift+R"), tr("Revert my newest hold; asks first")},
        {tr("F4"), tr("Show or hide “Act here”")},
        {tr("F5, D then R"), tr("Read again now")},
        {tr("F11, D then K"), tr("Full screen")},
        {tr("Ctrl+,"), tr("Settings; single keys can be switched off there")},
        {tr("Ctrl+Enter"), tr("Confirm in a dialog; Enter alone never does")},
        {tr("Esc"), tr("Close, unpin, clear the filter – in this order")},
    };
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->addWidget(new RoleLabel(theme, TextRole::Title, tr("Keys"), this));
    layout->addWidget(new RoleLabel(theme, TextRole::Secondary, tr("No single key changes production."), this));
    auto* find = new QLineEdit(this);
    find->setPlaceholderText(tr("Find a key or what it does"));
    find->setAccessibleName(tr("Find a key"));
    find->setClearButtonEnabled(true);
    layout->addWidget(find);
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 12, 0);
    std::vector<std::pair<QLabel*, QLabel*>> rows;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    for (int row = 0; row < static_cast<int>(keys.size()); ++row) {
        const auto& [keyText, meaning] = keys[static_cast<std::size_t>(row)];
        auto* key = new RoleLabel(theme, TextRole::Strong, keyText, page);
        auto* does = new RoleLabel(theme, TextRole::Body, meaning, page);
        does->setWordWrap(true);
        grid->addWidget(key, row, 0, Qt::AlignTop);
        grid->addWidget(does, row, 1, Qt::AlignTop);
        rows.emplace_back(key, does);
    }
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(static_cast<int>(keys.size()), 1);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(page);
    layout->addWidget(area, 1);
    resize(theme.px(640), theme.px(620));
    connect(find, &QLineEdit::textChanged, this, [rows](const QString& text) {
        for (const auto& [key, does] : rows) {
            const bool fits = (key->text() + QLatin1Char(' ') + does->text()).contains(text, Qt::CaseInsensitive);
            key->setVisible(fits);
            does->setVisible(fits);
        }
    });
    auto* closeButton = new FlatButton(theme, tr("Close"), this);
    closeButton->setKeyHint(QStringLiteral("Esc"));
    connect(closeButton, &FlatButton::clicked, this, &QDialog::close);
    layout->addWidget(closeButton, 0, Qt::AlignRight);
}

}  // namespace holdfast::widgets
