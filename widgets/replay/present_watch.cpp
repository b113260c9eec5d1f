#include "widgets/replay/present_watch.h"

#include "widgets/client/engine_link.h"

#include <QUrlQuery>

#include <algorithm>
#include <functional>
#include <iterator>

namespace holdfast::widgets {

namespace {

constexpr int askMs = 5'000;

}  // namespace

PresentWatch::PresentWatch(ApiClient& api, EngineLink& link, QObject* parent)
    : QObject(parent), m_api(api), m_link(link)
{
    m_timer.setInterval(askMs);
    connect(&m_timer, &QTimer::timeout, this, &PresentWatch::ask);
    connect(&link, &EngineLink::hinted, this, [this](const QString& kind) {
        if (kind == QLatin1String("incident"))
            ask();
    });
}

void PresentWatch::start()
{
    stop();
    m_on = true;
    m_heard = false;
    m_sinceMs = m_link.presentMs();
    m_before.clear();
    m_timer.start();
    ask();
}

void PresentWatch::stop()
{
    m_on = false;
    m_timer.stop();
    m_slot.cancel();
    if (m_opened.empty())
        return;
    m_opened.clear();
    emit changed();
}

void PresentWatch::ask()
{
    if (!m_on || !m_link.connected() || m_slot.busy())
        return;
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("open"));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("50"));
    m_api.getPresent<IncidentList>(m_slot, QStringLiteral("/holdfast/v1/incidents"), query, decodeIncidents,
                                   [this](const Result<std::shared_ptr<const IncidentList>>& answer) {
                                       if (answer)
                                           take(**answer);
                                   });
}

void PresentWatch::take(const IncidentList& list)
{
    if (!m_heard) {
        m_heard = true;
        for (const Incident& incident : list.incidents) {
            if (incident.openedMs <= m_sinceMs)
                m_before.insert(incident.id);
        }
    }
    std::vector<Incident> opened;
    std::ranges::copy_if(list.incidents, std::back_inserter(opened),
                         [this](const Incident& incident) { return !m_before.contains(incident.id); });
    std::ranges::stable_sort(opened, std::greater<>(), &Incident::id);
    const bool same = std::ranges::equal(opened, m_opened, {}, &Incident::id, &Incident::id);
    m_opened = std::move(opened);
    if (!same)
        emit changed();
}

}  // namespace holdfast::widgets
