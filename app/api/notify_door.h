#pragma once

#include "app/api/router.h"
#include "app/notify/alert_feed.h"
#include "app/notify/notify_service.h"

namespace holdfast::api {

/// Notifications under `/holdfast/v1/`; shapes in API.md. Thread-safe.
class NotifyDoor {
public:
    NotifyDoor(notify::NotifyService& service, const notify::AlertFeed& alerts) : m_service(service), m_alerts(alerts)
    {
    }
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse list(const Call& call) const;
    [[nodiscard]] HttpResponse test(const Call& call);

    notify::NotifyService& m_service;
    const notify::AlertFeed& m_alerts;
};

}  // namespace holdfast::api
