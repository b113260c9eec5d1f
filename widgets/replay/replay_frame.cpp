#include "widgets/replay/replay_frame.h"

#include "widgets/replay/replay.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QRegion>

namespace holdfast::widgets {

namespace {

constexpr int framePx = 3;

}  // namespace

ReplayFrame::ReplayFrame(const Theme& theme, const Replay& replay, QWidget* around) : QWidget(around), m_theme(theme)
{
    setObjectName(QStringLiteral("replayFrame"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    around->installEventFilter(this);
    connect(&replay, &Replay::stateChanged, this, [this, &replay] {
        fit();
        setVisible(replay.on());
    });
}

void ReplayFrame::fit()
{
    setGeometry(parentWidget()->rect());
    // Only the frame is this widget: what lies inside repaints without it.
    setMask(QRegion(rect()).subtracted(QRegion(rect().adjusted(framePx, framePx, -framePx, -framePx))));
    raise();
}

bool ReplayFrame::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        fit();
    return QWidget::eventFilter(watched, event);
}

void ReplayFrame::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().window);
    drawHatch(painter, rect(), m_theme.tokens().text);
}

}  // namespace holdfast::widgets
