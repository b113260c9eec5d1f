#include "widgets/navigator.h"

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr std::size_t longestWayBack = 50;

}  // namespace

void Navigator::go(const Place& place)
{
    Place next = place;
    if (next.view.isEmpty())
        next.view = m_place.view;
    if (next.service.isEmpty())
        next.service = m_place.service;
    if (next == m_place)
        return;
    if (!m_place.view.isEmpty() && next.view != m_place.view)
        m_past.push_back(m_place);
    if (m_past.size() > longestWayBack)
        m_past.erase(m_past.begin());
    enter(std::move(next));
}

void Navigator::openBeside(const Place& place)
{
    Place whole = place;
    if (whole.view.isEmpty())
        whole.view = m_place.view;
    if (whole.service.isEmpty())
        whole.service = m_place.service;
    emit besideWanted(whole);
}

void Navigator::back()
{
    if (m_past.empty())
        return;
    Place place = m_past.back();
    m_past.pop_back();
    enter(std::move(place));
}

void Navigator::selectService(const QString& service)
{
    if (service == m_place.service)
        return;
    m_place.service = service;
    emit serviceChanged();
}

void Navigator::enter(Place place)
{
    const bool otherService = place.service != m_place.service;
    m_place = std::move(place);
    if (otherService)
        emit serviceChanged();
    emit placeChanged();
}

}  // namespace holdfast::widgets
