#include "widgets/table/below_hint.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QScrollBar>

namespace holdfast::widgets {

namespace {

constexpr int overEdge = 6;

}  // namespace

BelowHint::BelowHint(const Theme& theme, QAbstractScrollArea* area)
    : FlatButton(theme, QString(), area, ButtonLook::Inverse), m_area(area)
{
    setFocusPolicy(Qt::NoFocus);
    hide();
    area->viewport()->installEventFilter(this);
    connect(this, &FlatButton::clicked, area->verticalScrollBar(),
            [area] { area->verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd); });
}

void BelowHint::say(const QString& text)
{
    setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    setText(text);
    place();
    raise();
}

void BelowHint::place()
{
    const QRect area = m_area->viewport()->geometry();
    resize(sizeHint());
    move(area.center().x() - width() / 2, area.bottom() - height() - overEdge);
}

bool BelowHint::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return FlatButton::eventFilter(watched, event);
}

}  // namespace holdfast::widgets
