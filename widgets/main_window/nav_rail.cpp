#include "widgets/main_window/nav_rail.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/incident.h"
#include "widgets/main_window/nav_button.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/theme.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int wideRail = 168;  // at least; more where names are longer
constexpr int narrowRail = 48;

}  // namespace

NavRail::NavRail(const ViewContext& context, const std::vector<ViewEntry>& entries, QWidget* parent)
    : QWidget(parent), m_context(context)
{
    setAccessibleName(tr("Views"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 8);
    layout->setSpacing(2);
    bool apart = false;  // what is about Holdfast itself stands at the foot
    for (const ViewEntry& entry : entries) {
        if (!entry.listed)
            continue;
        if (entry.digit == 0 && !std::exchange(apart, true))
            layout->addStretch(1);
        auto* button = new NavButton(context.theme, entry, this);
        connect(button, &NavButton::clicked, this,
                [this, id = entry.id] { m_context.navigator.go({.view = id, .service = {}, .item = {}}); });
        layout->addWidget(button);
        m_buttons.push_back(button);
    }
    if (!apart)
        layout->addStretch(1);
    connect(&context.theme, &Theme::changed, this, [this] { setNarrow(m_narrow); });
    connect(&context.link, &EngineLink::statusChanged, this, &NavRail::refresh);
    connect(&context.incidents, &FeedBase::changed, this, &NavRail::refresh);
    connect(&context.replay, &Replay::stateChanged, this, &NavRail::refresh);
    setNarrow(false);
}

void NavRail::setCurrent(const QString& view)
{
    for (NavButton* button : m_buttons)
        button->setChecked(button->view() == view);
}

void NavRail::setNarrow(bool narrow)
{
    m_narrow = narrow;
    int width = m_context.theme.px(narrow ? narrowRail : wideRail);
    for (NavButton* button : m_buttons) {
        button->setNarrow(narrow);
        width = std::max(width, button->sizeHint().width());
    }
    setFixedWidth(width);
}

void NavRail::refresh()
{
    const auto status = m_context.link.status();
    int waiting = status ? static_cast<int>(status->incidents.unacknowledged) : 0;
    if (m_context.replay.on()) {
        // As it was then, like everything else.
        const auto list = m_context.incidents.latest();
        waiting = list ? static_cast<int>(std::ranges::count_if(
                      list->incidents, [](const Incident& one) { return one.open() && !one.ackedMs; }))
                       : 0;
    }
    for (NavButton* button : m_buttons) {
        if (button->view() == QLatin1String("incidents"))
            button->setCount(waiting);
    }
}

}  // namespace holdfast::widgets
