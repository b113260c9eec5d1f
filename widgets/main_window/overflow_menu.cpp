#include "widgets/main_window/overflow_menu.h"

#include "widgets/theme/flat_button.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QMenu>
#include <QPointer>

#include <algorithm>

namespace holdfast::widgets {

OverflowMenu::OverflowMenu(const Theme& theme, QWidget* row, QBoxLayout* layout)
    : QObject(row), m_layout(layout), m_button(new FlatButton(theme, QStringLiteral("…"), row))
{
    m_button->setObjectName(QStringLiteral("overflow"));
    m_button->setAccessibleName(tr("More"));
    m_button->setToolTip(tr("What there is no room for"));
    m_button->hide();
    connect(m_button, &FlatButton::clicked, this, &OverflowMenu::open);
}

void OverflowMenu::add(QWidget* part, int rank)
{
    m_parts.push_back({.widget = part, .rank = rank, .wanted = !part->isHidden(), .inMenu = false});
}

const OverflowMenu::Part* OverflowMenu::partOf(const QWidget* widget) const
{
    const auto part = std::ranges::find(m_parts, widget, &Part::widget);
    return part == m_parts.end() ? nullptr : &*part;
}

void OverflowMenu::setWanted(QWidget* part, bool wanted)
{
    const auto found = std::ranges::find(m_parts, part, &Part::widget);
    if (found != m_parts.end())
        found->wanted = wanted;
}

bool OverflowMenu::wanted(const QWidget* part) const
{
    const Part* found = partOf(part);
    return found && found->wanted;
}

int OverflowMenu::neededWidth() const
{
    int width = 0;
    int shown = 0;
    for (int i = 0; i < m_layout->count(); ++i) {
        QLayoutItem* item = m_layout->itemAt(i);
        const QWidget* widget = item->widget();
        if (!widget) {
            width += item->sizeHint().width();
            continue;
        }
        const Part* part = partOf(widget);
        const bool takesRoom = widget == m_button ? std::ranges::any_of(m_parts, &Part::inMenu)
                               : part             ? part->wanted && !part->inMenu
                                                  : !widget->isHidden();
        if (!takesRoom)
            continue;
        width += std::max(widget->sizeHint().width(), widget->minimumWidth());
        ++shown;
    }
    return width + m_layout->spacing() * std::max(0, shown - 1);
}

void OverflowMenu::fit(int room)
{
    for (Part& part : m_parts)
        part.inMenu = false;
    std::vector<Part*> leaving;
    for (Part& part : m_parts) {
        if (part.rank > 0 && part.wanted)
            leaving.push_back(&part);
    }
    std::ranges::stable_sort(leaving, std::ranges::greater(), &Part::rank);
    for (Part* part : leaving) {
        if (room > 0 && neededWidth() <= room)
            break;
        part->inMenu = true;
    }
    for (const Part& part : m_parts)
        part.widget->setVisible(part.wanted && !part.inMenu);
    // What is no button, as a name, only makes room.
    m_button->setVisible(std::ranges::any_of(
        m_parts, [](const Part& part) { return part.inMenu && qobject_cast<QAbstractButton*>(part.widget); }));
}

void OverflowMenu::open()
{
    auto* menu = new QMenu(m_button);
    menu->setObjectName(QStringLiteral("overflowMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Part& part : m_parts) {
        auto* button = part.inMenu ? qobject_cast<QAbstractButton*>(part.widget) : nullptr;
        if (!button)
            continue;
        QAction* action = menu->addAction(button->text().isEmpty() ? button->accessibleName() : button->text());
        action->setEnabled(button->isEnabled());
        action->setToolTip(button->toolTip());
        connect(action, &QAction::triggered, button, [button] { button->click(); });
    }
    menu->popup(m_button->mapToGlobal(QPoint(0, m_button->height())));
}

}  // namespace holdfast::widgets
