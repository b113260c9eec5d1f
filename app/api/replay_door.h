#pragma once

#include "app/api/router.h"
#include "app/incident/stories.h"

namespace holdfast::api {

/// What was known at a past instant: `/holdfast/v1/alerts`, and `controls`, `leases`, `targets`, `actions`, `shelves`
/// and `standing` where they are asked with `at`; shapes in API.md. Thread-safe.
class ReplayDoor {
public:
    explicit ReplayDoor(const incident::IncidentStories& stories) : m_stories(stories) {}
    /// After the doors whose routes it diverts.
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse alerts(const Call& call) const;
    [[nodiscard]] HttpResponse controls(const Call& call) const;
    [[nodiscard]] HttpResponse leases(const Call& call) const;
    [[nodiscard]] HttpResponse targets(const Call& call) const;
    [[nodiscard]] HttpResponse actions(const Call& call) const;
    [[nodiscard]] HttpResponse action(const Call& call) const;
    [[nodiscard]] HttpResponse shelves(const Call& call) const;
    [[nodiscard]] HttpResponse standing(const Call& call) const;

    const incident::IncidentStories& m_stories;
};

}  // namespace holdfast::api
