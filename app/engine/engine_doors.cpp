// The engine's HTTP doors, each over the parts that answer it.
#include "app/engine/engine.h"
#include "app/engine/engine_file.h"
#include "app/engine/engine_parts.h"

#include <unistd.h>

#include <filesystem>
#include <utility>

namespace holdfast::engine {

Result<void> Engine::openApi()
{
    EngineParts& parts = *m_parts;
    api::Router router;
    const auto rules = [&parts] { return parts.evaluation->rules(); };
    parts.queryApi = std::make_unique<api::QueryApi>(*parts.queries, m_clock);
    parts.seriesApi = std::make_unique<api::SeriesApi>(*parts.store, m_clock);
    parts.targetsApi = std::make_unique<api::TargetsApi>([&parts] { return parts.scrapes->targets(); }, rules);
    parts.targetsApi->setAlertmanagers([&parts] {
        std::vector<std::string> urls;
        for (notify::ReceiverStatus& link : parts.notify->alertFeed().status())
            urls.push_back(std::move(link.name));
        return urls;
    });
    parts.statusApi =
        std::make_unique<api::StatusApi>(*parts.store, *parts.metrics, m_clock, [this] { return processFacts(); });
    parts.federate = std::make_unique<api::Federate>(*parts.store, m_clock, parts.queries->options().lookbackMs,
                                                     [this] { return config()->externalLabels; });
    parts.fleetDoor = std::make_unique<api::FleetDoor>(*parts.signals);
    parts.controlDoor = std::make_unique<api::ControlDoor>(*parts.control);
    parts.stories = std::make_unique<incident::IncidentStories>(
        incident::StoryParts{.samples = *parts.store,
                             .journal = *parts.store,
                             .engine = *parts.queries,
                             .signals = *parts.signals,
                             .incidents = *parts.incidents,
                             .clock = m_clock,
                             .log = m_log,
                             .overrides = [&parts] { return parts.evaluation->overrides(); },
                             .configYaml = [this] { return config()->redactedYaml; },
                             .version = kVersion,
                             .scratchFolder = std::filesystem::path(m_options.databaseFile).parent_path().string()});
    parts.incidentDoor = std::make_unique<api::IncidentDoor>(*parts.incidents, *parts.stories, m_clock);
    parts.storyDoor = std::make_unique<api::StoryDoor>(*parts.stories, m_clock);
    parts.replayDoor = std::make_unique<api::ReplayDoor>(*parts.stories);
    parts.notifyDoor = std::make_unique<api::NotifyDoor>(parts.notify->service(), parts.notify->alertFeed());
    parts.overviewDoor =
        std::make_unique<api::OverviewDoor>(api::OverviewParts{.store = *parts.store,
                                                               .scrapes = *parts.scrapes,
                                                               .signals = *parts.signals,
                                                               .control = *parts.control,
                                                               .incidents = *parts.incidents,
                                                               .rules = rules,
                                                               .facts = [this] { return engineFacts(); },
                                                               .reload = [this] { return reload(); },
                                                               .events = *parts.events,
                                                               .clock = m_clock});
    api::addExpressionRoutes(router);
    parts.queryApi->addRoutes(router);
    parts.seriesApi->addRoutes(router);
    parts.targetsApi->addRoutes(router);
    parts.statusApi->addRoutes(router);
    parts.federate->addRoutes(router);
    parts.fleetDoor->addRoutes(router);
    parts.controlDoor->addRoutes(router);
    parts.incidentDoor->addRoutes(router);
    parts.storyDoor->addRoutes(router);
    parts.notifyDoor->addRoutes(router);
    parts.overviewDoor->addRoutes(router);
    parts.windowDoor = std::make_unique<api::WindowDoor>();
    parts.windowDoor->addRoutes(router);
    parts.metrics->addReader([windows = parts.windowDoor.get()] { return windows->readings(); });
    parts.configDoor = std::make_unique<api::ConfigDoor>(
        api::ConfigParts{.file = [this] { return configFile(); },
                         .editConfig = [this](const api::ConfigParts::Change& change) { return editConfig(change); },
                         .clock = m_clock,
                         .log = m_log});
    parts.configDoor->addRoutes(router);
    parts.replayDoor->addRoutes(router);
    parts.setupDoor = std::make_unique<api::SetupDoor>(
        api::SetupParts{.scrapes = *parts.scrapes,
                        .editConfig = [this](const api::SetupParts::Change& change) { return editConfig(change); }});
    parts.setupDoor->addRoutes(router);
    if (m_options.remoteWriteReceiver) {
        parts.writeReceiver = std::make_unique<api::WriteReceiver>(*parts.store, m_log);
        parts.writeReceiver->addRoutes(router);
    }
    api::openGuestDoors(router);
    if (m_options.replay)
        router.refuseChanges(api::errorReply(
            Error{"this is a replay: nothing can be changed, acknowledged or acted upon", ErrorKind::Denied}));
    api::ApiServerOptions server;
    server.listenAddress = m_options.listenAddress;
    server.listenPort = m_options.listenPort;
    server.token = api::newToken();
    EngineFile file{.pid = ::getpid(),
                    .privateUrl = {},
                    .publicUrl = {},
                    .token = server.token,
                    .version = kVersion,
                    .startedMs = m_startedMs,
                    .program = m_options.program,
                    .arguments = m_options.arguments};
    parts.server = std::make_unique<api::ApiServer>(std::move(server), std::move(router), *parts.metrics, m_clock);
    HF_CHECK(parts.server->start());
    file.privateUrl = parts.server->privateUrl();
    file.publicUrl = parts.server->publicUrl();
    {
        const MutexLock lock(m_mutex);
        m_ready = true;
    }
    return writeEngineFile(EngineFile::pathFor(m_options.databaseFile), file);
}

}  // namespace holdfast::engine
