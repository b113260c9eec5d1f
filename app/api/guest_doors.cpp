#include "app/api/guest_doors.h"

namespace holdfast::api {

void openGuestDoors(Router& router)
{
    for (const char* pattern :
         {"/holdfast/v1/status", "/holdfast/v1/fleet", "/holdfast/v1/services/*", "/holdfast/v1/targets",
          "/holdfast/v1/controls", "/holdfast/v1/leases", "/holdfast/v1/actions", "/holdfast/v1/actions/*",
          "/holdfast/v1/incidents", "/holdfast/v1/incidents/*", "/holdfast/v1/incidents/*/similar",
          "/holdfast/v1/incidents/*/export", "/holdfast/v1/handover", "/holdfast/v1/events", "/holdfast/v1/alerts",
          "/holdfast/v1/shelves", "/holdfast/v1/standing", "/holdfast/v1/review", "/holdfast/v1/effects"})
        router.share(pattern);
}

}  // namespace holdfast::api
