#pragma once

#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/incident/incident_service.h"
#include "app/incident/stories.h"

namespace holdfast::api {

/// Incidents and events under `/holdfast/v1/`; shapes in API.md. Thread-safe.
class IncidentDoor {
public:
    IncidentDoor(incident::IncidentService& incidents, const incident::IncidentStories& stories, const Clock& clock)
        : m_incidents(incidents), m_stories(stories), m_clock(clock)
    {
    }
    void addRoutes(Router& router);

private:
    void addReadingRoutes(Router& router);
    void addChangingRoutes(Router& router);
    [[nodiscard]] HttpResponse events(const Call& call) const;
    [[nodiscard]] HttpResponse recordEvent(const Call& call);

    incident::IncidentService& m_incidents;
    const incident::IncidentStories& m_stories;
    const Clock& m_clock;
};

}  // namespace holdfast::api
