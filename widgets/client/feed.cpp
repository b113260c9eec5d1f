#include "widgets/client/feed.h"

#include <QDateTime>

namespace holdfast::widgets {

FeedBase::FeedBase(EngineLink& link, QStringList hints, int intervalMs, QObject* parent)
    : QObject(parent), m_link(link), m_hints(std::move(hints)), m_intervalMs(intervalMs)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FeedBase::refresh);
    connect(&link, &EngineLink::hinted, this, &FeedBase::onHint);
    connect(&link, &EngineLink::stateChanged, this, &FeedBase::onStateChanged);
}

void FeedBase::refresh()
{
    if (!m_active || !m_link.connected())
        return;
    m_timer.start(m_intervalMs);
    ask();
}

void FeedBase::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (active)
        refresh();
    else
        m_timer.stop();
}

void FeedBase::arrived(std::optional<Error> error)
{
    m_error = std::move(error);
    if (!m_error)
        m_receivedMs = QDateTime::currentMSecsSinceEpoch();
    if (m_active)
        m_timer.start(m_intervalMs);
    emit changed();
}

void FeedBase::onHint(const QString& kind)
{
    if (m_hints.contains(kind))
        refresh();
}

void FeedBase::onStateChanged()
{
    if (m_link.connected())
        refresh();
}

}  // namespace holdfast::widgets
