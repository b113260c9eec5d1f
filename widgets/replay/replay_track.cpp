#include "widgets/replay/replay_track.h"

#include "widgets/replay/replay.h"
#include "widgets/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr double margin = 8;

bool isTurn(const Event& event)
{
    return event.kind == QLatin1String("alert_on") || event.kind == QLatin1String("breaker")
           || event.kind == QLatin1String("target") || event.kind == QLatin1String("drift");
}

}  // namespace

ReplayTrack::ReplayTrack(const Theme& theme, Replay& replay, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_replay(replay)
{
    setObjectName(QStringLiteral("replayTrack"));
    setAccessibleName(tr("Replayed span"));
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&replay, &Replay::moved, this, qOverload<>(&QWidget::update));
    connect(&replay, &Replay::stateChanged, this, qOverload<>(&QWidget::update));
}

double ReplayTrack::xOf(qint64 ms) const
{
    const double span = static_cast<double>(std::max<std::int64_t>(1, m_replay.endMs() - m_replay.startMs()));
    const double share = static_cast<double>(ms - m_replay.startMs()) / span;
    return margin + std::clamp(share, 0.0, 1.0) * (width() - 2 * margin);
}

void ReplayTrack::seekTo(double x)
{
    const double share = std::clamp((x - margin) / std::max(1.0, width() - 2 * margin), 0.0, 1.0);
    m_replay.seek(m_replay.startMs()
                  + static_cast<qint64>(share * static_cast<double>(m_replay.endMs() - m_replay.startMs())));
}

void ReplayTrack::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double y = height() / 2.0;
    const double here = xOf(m_replay.atMs());
    painter.setPen(QPen(t.border, 2));
    painter.drawLine(QPointF(margin, y), QPointF(width() - margin, y));
    painter.setPen(QPen(t.text, 2));
    painter.drawLine(QPointF(margin, y), QPointF(here, y));
    for (const Event& event : m_replay.events()) {
        const double x = xOf(event.knownMs);
        const double half = isTurn(event) ? 6 : 3;
        painter.setPen(QPen(isTurn(event) ? t.warning : t.textTertiary, 1));
        painter.drawLine(QPointF(x, y - half), QPointF(x, y + half));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.text);
    painter.drawEllipse(QPointF(here, y), 5, 5);
}

void ReplayTrack::mousePressEvent(QMouseEvent* event)
{
    seekTo(event->position().x());
}

void ReplayTrack::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        seekTo(event->position().x());
}

}  // namespace holdfast::widgets
