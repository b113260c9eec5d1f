#pragma once

#include "app/api/api_server.h"
#include "app/api/config_door.h"
#include "app/api/control_door.h"
#include "app/api/event_hub.h"
#include "app/api/expression_api.h"
#include "app/api/federate.h"
#include "app/api/fleet_door.h"
#include "app/api/guest_doors.h"
#include "app/api/holdfast_answer.h"
#include "app/api/incident_door.h"
#include "app/api/notify_door.h"
#include "app/api/query_api.h"
#include "app/api/replay_door.h"
#include "app/api/series_api.h"
#include "app/api/setup_door.h"
#include "app/api/story_door.h"
#include "app/api/targets_api.h"
#include "app/api/window_door.h"
#include "app/api/write_receiver.h"
#include "app/engine/deploy_file.h"
#include "app/engine/evaluation_loop.h"
#include "app/engine/notify_feed.h"
#include "app/engine/overload.h"
#include "app/engine/self_metrics.h"
#include "app/promql/engine.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_manager.h"

#include <memory>

namespace holdfast::engine {

/// Everything the engine owns, in the order in which it is made; destroyed in the reverse.
struct EngineParts {
    std::unique_ptr<store::Store> store;
    std::unique_ptr<promql::Engine> queries;
    std::unique_ptr<api::OwnMetrics> metrics;
    std::unique_ptr<api::EventHub> events;
    std::unique_ptr<scrape::ScrapeManager> scrapes;
    std::unique_ptr<signals::SignalService> signals;
    std::unique_ptr<incident::IncidentService> incidents;
    std::unique_ptr<incident::IncidentStories> stories;
    std::unique_ptr<control::ControlService> control;
    std::unique_ptr<SelfMetrics> self;
    std::unique_ptr<Overload> overload;
    std::unique_ptr<NotifyFeed> notify;
    std::unique_ptr<DeployFile> deploys;
    std::unique_ptr<EvaluationLoop> evaluation;
    std::unique_ptr<api::QueryApi> queryApi;
    std::unique_ptr<api::SeriesApi> seriesApi;
    std::unique_ptr<api::TargetsApi> targetsApi;
    std::unique_ptr<api::StatusApi> statusApi;
    std::unique_ptr<api::Federate> federate;
    std::unique_ptr<api::WriteReceiver> writeReceiver;
    std::unique_ptr<api::FleetDoor> fleetDoor;
    std::unique_ptr<api::ControlDoor> controlDoor;
    std::unique_ptr<api::IncidentDoor> incidentDoor;
    std::unique_ptr<api::StoryDoor> storyDoor;
    std::unique_ptr<api::ReplayDoor> replayDoor;
    std::unique_ptr<api::NotifyDoor> notifyDoor;
    std::unique_ptr<api::OverviewDoor> overviewDoor;
    std::unique_ptr<api::SetupDoor> setupDoor;
    std::unique_ptr<api::WindowDoor> windowDoor;
    std::unique_ptr<api::ConfigDoor> configDoor;
    std::unique_ptr<api::ApiServer> server;
};

}  // namespace holdfast::engine
