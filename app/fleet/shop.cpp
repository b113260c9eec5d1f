#include "app/fleet/shop.h"

#include "app/fleet/services/services.h"

namespace holdfast::fleet {

namespace {

FaultConfig slow(double ms)
{
    return {FaultKind::Slow, ms, "Every request takes about " + std::to_string(static_cast<int>(ms)) + " ms longer"};
}

FaultConfig errors(double share)
{
    return {FaultKind::Errors, share,
            std::to_string(static_cast<int>(share * 100)) + " % of the requests are answered 500"};
}

const FaultConfig down{FaultKind::Down, 0, "Every request is answered 500 at once"};
const FaultConfig stall{FaultKind::Stall, 0, "Requests get no answer until their callers give up"};
const FaultConfig refuse{FaultKind::Refuse, 0,
                         "The port answers nobody, Holdfast neither; it comes back when the time is over"};

const FaultConfig restart{FaultKind::Restart, 0, "Each instance ends and starts anew, one after the other"};

FaultConfig flap(double seconds)
{
    return {FaultKind::Flap, seconds,
            "Down for " + std::to_string(static_cast<int>(seconds)) + " s, well for as long, and again"};
}

FaultConfig memory(double kibPerSecond)
{
    return {FaultKind::Memory, kibPerSecond,
            std::to_string(static_cast<int>(kibPerSecond)) + " KiB a second are kept and never given back"};
}

FaultConfig pauses(double ms)
{
    return {FaultKind::Pause, ms,
            "The runtime stands still for about " + std::to_string(static_cast<int>(ms)) + " ms of every second"};
}

FaultConfig badDeploy(double share)
{
    return {FaultKind::BadDeploy, share,
            "A new version is rolled out that fails " + std::to_string(static_cast<int>(share * 100))
                + " % of its requests and is slower; the end of this rolls it back"};
}

}  // namespace

const std::vector<ServiceSpec>& shop()
{
    // Service times stand in services/*.cpp; workers and connections are chosen so that at 50 requests a second the
    // scarcest resource is used by about a fifth, as in a shop that can lose one instance of each.
    static const std::vector<ServiceSpec> all{
        {.name = "gateway",
         .instances = 2,
         .tier = 1,
         .version = "7.3.0",
         .make = makeGateway,
         .workers = 24,
         .queue = 64,
         .latencyMs = 750,
         .dependsOn = {"catalog", "recommendations", "search", "checkout"},
         .faults = {pauses(400)}},
        {.name = "checkout",
         .instances = 3,
         .tier = 1,
         .version = "4.18.2",
         .make = makeCheckout,
         .workers = 12,
         .queue = 32,
         .latencyMs = 750,
         .dependsOn = {"inventory", "payments", "mail"},
         .fallback = "Orders cannot be placed",
         .faults = {errors(0.3), badDeploy(0.25), restart}},
        {.name = "payments",
         .instances = 3,
         .tier = 1,
         .version = "2.9.1",
         .make = makePayments,
         .workers = 8,
         .queue = 24,
         .latencyMs = 500,
         .dependsOn = {"payments-db"},
         .fallback = "Orders cannot be paid; with pay-later they are taken and billed afterwards",
         .faults = {down, errors(0.5), refuse}},
        {.name = "payments-db",
         .instances = 2,
         .tier = 1,
         .version = "15.4",
         .make = makePaymentsDb,
         .workers = 10,
         .queue = 32,
         .latencyMs = 250,
         .fallback = "Payments fail at once instead of waiting",
         .faults = {slow(1'300), errors(0.5), stall}},
        {.name = "inventory",
         .instances = 2,
         .tier = 2,
         .version = "3.2.0",
         .make = makeInventory,
         .workers = 8,
         .queue = 32,
         .latencyMs = 100,
         .fallback = "Product pages show the last known stock; orders fail",
         .faults = {stall, slow(350), flap(5)}},
        {.name = "catalog",
         .instances = 3,
         .tier = 2,
         .version = "5.0.4",
         .make = makeCatalog,
         .workers = 8,
         .queue = 32,
         .latencyMs = 250,
         .dependsOn = {"inventory"},
         .fallback = "No product pages",
         .faults = {errors(0.3), slow(300), badDeploy(0.3), restart, memory(256)}},
        {.name = "search",
         .instances = 2,
         .tier = 2,
         .version = "1.12.0",
         .make = makeSearch,
         .workers = 6,
         .queue = 24,
         .latencyMs = 350,
         .dependsOn = {"catalog"},
         .fallback = "No search results",
         .faults = {slow(800), errors(0.5), flap(5), pauses(700)}},
        {.name = "recommendations",
         .instances = 2,
         .tier = 3,
         .version = "0.44.0",
         .make = makeRecommendations,
         .workers = 6,
         .queue = 24,
         .latencyMs = 250,
         .fallback = "Pages show no recommendations",
         .faults = {slow(1'500), down, refuse, memory(1'024)}},
        {.name = "mail",
         .instances = 2,
         .tier = 3,
         .version = "2.1.7",
         .make = makeMail,
         .workers = 4,
         .queue = 32,
         .latencyMs = 100,
         .fallback = "Order mails wait in checkout and are sent later",
         .faults = {down, restart}},
    };
    return all;
}

}  // namespace holdfast::fleet
