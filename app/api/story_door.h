#pragma once

#include "app/api/router.h"
#include "app/base/clock.h"
#include "app/incident/stories.h"

namespace holdfast::api {

/// What is told of incidents afterwards: similar ones, effects, review, handover, export; shapes in API.md.
/// Thread-safe.
class StoryDoor {
public:
    StoryDoor(const incident::IncidentStories& stories, const Clock& clock) : m_stories(stories), m_clock(clock) {}
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse similar(const Call& call) const;
    [[nodiscard]] HttpResponse effects(const Call& call) const;
    [[nodiscard]] HttpResponse review(const Call& call) const;
    [[nodiscard]] HttpResponse handover(const Call& call) const;
    [[nodiscard]] HttpResponse exported(const Call& call) const;

    const incident::IncidentStories& m_stories;
    const Clock& m_clock;
};

}  // namespace holdfast::api
