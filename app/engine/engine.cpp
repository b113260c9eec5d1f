#include "app/engine/engine.h"

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
#include "app/config/load_config.h"
#include "app/engine/config_file.h"
#include "app/engine/control_feed.h"
#include "app/engine/deploy_file.h"
#include "app/engine/engine_file.h"
#include "app/engine/evaluation_loop.h"
#include "app/engine/notify_feed.h"
#include "app/engine/outage.h"
#include "app/engine/overload.h"
#include "app/engine/part_readings.h"
#include "app/engine/self_metrics.h"
#include "app/promql/engine.h"
#include "app/store/store.h"
#include "collectors/scrape/scrape_manager.h"

#include <unistd.h>

#include <array>
#include <filesystem>
#include <optional>
#include <utility>

namespace holdfast::engine {

namespace {

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

}  // namespace

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

Engine::Engine(EngineOptions options, const Clock& clock, Log& log)
    : m_options(std::move(options)),
      m_clock(clock),
      m_log(log),
      m_startedMs(clock.wallMs()),
      m_configFile(m_options.configFile),
      m_parts(std::make_unique<EngineParts>())
{
    const std::string own = ownConfigFile(m_options.databaseFile);
    if (m_configFile.empty() && !m_options.replay && std::filesystem::exists(own))
        m_configFile = own;
}

Engine::~Engine()
{
    stop();
}

Result<std::unique_ptr<Engine>> Engine::start(EngineOptions options, const Clock& clock, Log& log)
{
    std::unique_ptr<Engine> engine(new Engine(std::move(options), clock, log));
    HF_CHECK(engine->open());
    return Result<std::unique_ptr<Engine>>(std::move(engine));
}

Result<config::Config> Engine::readConfig() const
{
    config::Config read;
    const std::string file = configFile();
    if (file.empty()) {
        // Nobody asked for a bound, so history that was imported stays.
        read.holdfast.storage.retentionMs = 0;
    } else {
        HF_TRY(read, config::loadConfig(file));
    }
    // The engine is a row of its own fleet; what the operator says of it goes before this.
    config::ServiceConfig self;
    self.tier = 3;
    self.latencyMs = 2000;
    read.holdfast.services.try_emplace("holdfast", std::move(self));
    return read;
}

Result<void> Engine::open()
{
    HF_TRY(config::Config read, readConfig());
    logWarnings(read);
    store::StoreOptions storage;
    storage.path = m_options.databaseFile;
    storage.retentionMs = read.holdfast.storage.retentionMs;
    storage.retentionBytes = read.holdfast.storage.retentionBytes;
    storage.outOfOrderMs = read.holdfast.storage.outOfOrderMs;
    if (m_options.replay)
        storage.mode = store::OpenMode::ReadOnly;
    HF_TRY(m_parts->store, store::Store::open(std::move(storage), m_clock, m_log));
    const auto config = std::make_shared<const config::Config>(std::move(read));
    {
        const MutexLock lock(m_mutex);
        m_config = config;
        m_reloadMs = m_clock.wallMs();
    }
    promql::EngineOptions language;
    language.experimentalFunctions = m_options.experimentalFunctions;
    m_parts->queries = std::make_unique<promql::Engine>(*m_parts->store, m_clock, language);
    m_parts->metrics = std::make_unique<api::OwnMetrics>(kVersion, m_startedMs);
    m_parts->events = std::make_unique<api::EventHub>();
    m_parts->store->onCommit(
        [events = m_parts->events.get()](const store::CommitState& state) { events->committed(state.newestMs); });
    m_parts->scrapes = std::make_unique<scrape::ScrapeManager>(*m_parts->store, m_clock, m_log);
    m_parts->signals = std::make_unique<signals::SignalService>(
        *m_parts->queries, m_options.replay ? nullptr : m_parts->store.get(), m_clock, config);
    HF_TRY(m_parts->incidents,
           incident::IncidentService::open(*m_parts->store, m_parts->queries.get(), m_clock, m_log));
    if (!m_options.replay)
        endOutage();  // before anything new is written
    HF_CHECK(openControl());
    HF_CHECK(openEvaluation());
    if (!m_options.replay)
        HF_CHECK(openScrape());
    return openApi();
}

Result<void> Engine::openControl()
{
    EngineParts& parts = *m_parts;
    control::ControlDoors doors;
    doors.targets = [&parts] { return controlTargets(parts.scrapes->targets()); };
    doors.metrics = [&parts] {
        const auto fleet = parts.signals->latest();
        return fleet ? metricView(*fleet) : control::MetricView{};
    };
    doors.signals = [&parts](const std::string& service, TimeRange span) {
        return effectSeries(*parts.queries, service, span);
    };
    doors.metricValue = [&parts, &clock = m_clock](const std::string& expr) {
        return valueNow(*parts.queries, expr, clock.wallMs());
    };
    doors.withinObjective = [this, &parts](const std::string& service) -> std::optional<bool> {
        const auto fleet = parts.signals->latest();
        return fleet ? withinObjective(*fleet, *config(), service) : std::nullopt;
    };
    doors.path = [&parts, &clock = m_clock](const std::string& caller, const std::string& callee) {
        const auto fleet = parts.signals->latest();
        if (!fleet || callee.empty())
            return control::PathView{};
        control::PathView path = pathView(*fleet, caller, callee);
        path.linear = linearFit(*parts.queries, callee, clock.wallMs());
        return path;
    };
    doors.event = [&parts, &log = m_log](const control::ControlEvent& event) {
        incident::Event entry;
        entry.atMs = event.atMs;
        entry.kind = event.kind;
        entry.service = event.service;
        entry.subject = event.subject;
        entry.actor = event.actor;
        entry.text = event.text;
        entry.dataJson = event.dataJson;
        entry.incident = event.incident;
        if (const auto recorded = parts.incidents->recordEvent(std::move(entry)); !recorded.ok())
            log.warning("control", "event not recorded: " + recorded.error().message);
    };
    doors.hint = [&parts](const control::ControlHint& hint) { parts.events->publish(hint.kind, hint.id); };
    doors.appender = parts.store.get();
    parts.control = std::make_unique<control::ControlService>(*parts.store, m_clock, m_log, std::move(doors),
                                                              control::ControlOptions{}, config());
    return {};
}

Result<void> Engine::openEvaluation()
{
    EngineParts& parts = *m_parts;
    // Not the port, which may be another each time: the series of this computer's engine go on over restarts.
    parts.self = std::make_unique<SelfMetrics>(*parts.metrics, *parts.store, hostName());
    parts.overload = std::make_unique<Overload>(m_clock);
    parts.evaluation = std::make_unique<EvaluationLoop>(EvaluationLoop::Parts{.queries = *parts.queries,
                                                                              .store = *parts.store,
                                                                              .scrapes = *parts.scrapes,
                                                                              .signals = *parts.signals,
                                                                              .control = *parts.control,
                                                                              .incidents = *parts.incidents,
                                                                              .self = *parts.self,
                                                                              .overload = *parts.overload,
                                                                              .events = *parts.events,
                                                                              .clock = m_clock,
                                                                              .log = m_log});
    parts.incidents->setOverrides([&parts] { return parts.evaluation->overrides(); });
    parts.incidents->setEffectSignals(
        [&parts](const std::string& service, TimeRange span) { return effectSeries(*parts.queries, service, span); });
    parts.incidents->setOnChanged([&parts](std::int64_t id) { parts.events->publish("incident", id); });
    HF_TRY(parts.notify, NotifyFeed::open({.store = *parts.store,
                                           .incidents = *parts.incidents,
                                           .control = *parts.control,
                                           .events = *parts.events,
                                           .clock = m_clock,
                                           .log = m_log,
                                           .purpose = m_options.replay ? notify::NotifyService::Purpose::Replay
                                                                       : notify::NotifyService::Purpose::Tell}));
    parts.notify->configure(*config(), listenUrl());
    parts.deploys = std::make_unique<DeployFile>(*parts.store, m_log);
    parts.evaluation->setAfterRound([this, &parts](std::int64_t t, const rules::AlertSnapshot& alerts) {
        for (incident::Event& deploy : parts.deploys->look(config()->holdfast.deploys.gitTagFile, t))
            if (const auto recorded = parts.incidents->recordEvent(std::move(deploy)); !recorded.ok())
                m_log.warning("deploys", "a deploy is not recorded: " + recorded.error().message);
        parts.notify->onRound(t, alerts, parts.evaluation->rules());
    });
    parts.metrics->addReader([&parts] { return parts.notify->readings(); });
    HF_CHECK(parts.signals->configure(config()));
    if (m_options.replay) {
        // Rule files of the place where the bundle was made are elsewhere; nothing is judged anew anyway.
        if (const auto rules = parts.evaluation->configure(*config()); !rules.ok())
            m_log.info("engine", "replay without its rules: " + rules.error().message);
    } else {
        parts.notify->start();
        HF_CHECK(parts.control->start());
        HF_CHECK(parts.evaluation->configure(*config()));
    }
    parts.metrics->addReader(api::processReadings);
    parts.metrics->addReader([&parts] { return storeReadings(parts.store->stats()); });
    parts.metrics->addReader([&parts] { return scrapeReadings(parts.scrapes->counters()); });
    parts.metrics->addReader([&parts] { return breakerReadings(breakersOf(parts.scrapes->targets())); });
    parts.metrics->addReader([&parts] {
        std::vector<OwnBreaker> breakers;
        for (auto& [group, state] : parts.control->pollBreakers())
            breakers.push_back({.name = "control of " + group, .state = std::move(state)});
        return breakerReadings(breakers);
    });
    parts.metrics->addReader([&parts] { return parts.overload->readings(); });
    return {};
}

/// A gap that cannot be marked is no reason not to start.
void Engine::endOutage()
{
    EngineParts& parts = *m_parts;
    const auto outage = endLeftSeries(*parts.store, *parts.store, parts.store->stats().newestMs, m_clock.wallMs());
    if (!outage.ok()) {
        m_log.warning("engine", "the series of the last run could not be ended: " + outage.error().message);
        return;
    }
    const auto event = outageEvent(*outage, signalIntervalMs(*config()));
    if (!event)
        return;
    if (const auto recorded = parts.incidents->recordEvent(*event); !recorded.ok())
        m_log.warning("engine", "the gap was not recorded: " + recorded.error().message);
}

Result<void> Engine::openScrape()
{
    m_parts->scrapes->onScrape([events = m_parts->events.get()](const scrape::ScrapeEvent& event) {
        if (event.before != event.after)
            events->publish("target", event.job + "/" + event.instance);
    });
    HF_CHECK(m_parts->scrapes->start());
    m_parts->scrapes->applyConfig(*config());
    m_parts->evaluation->start();
    return {};
}

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

void Engine::stop()
{
    EngineParts& parts = *m_parts;
    if (!parts.store)
        return;
    {
        const MutexLock lock(m_mutex);
        m_ready = false;
    }
    if (parts.server)
        parts.server->stop();
    if (parts.scrapes)
        parts.scrapes->stop();
    if (parts.evaluation)
        parts.evaluation->stop();
    if (parts.notify)
        parts.notify->stop();
    if (parts.control)
        parts.control->stop();
    if (parts.events)
        parts.events->stop();
    if (parts.metrics)
        parts.metrics->dropReaders();
    if (const auto closed = parts.store->close(); !closed.ok())
        m_log.error("store", closed.error().message);
    removeOwnEngineFile(EngineFile::pathFor(m_options.databaseFile));
    // The store goes last: parts that still hold a reference are destroyed before it.
    auto store = std::move(parts.store);
    m_parts = std::make_unique<EngineParts>();
}

Result<void> Engine::reload()
{
    auto read = readConfig();
    Result<void> done;
    if (read.ok()) {
        logWarnings(*read);
        done = apply(std::make_shared<const config::Config>(std::move(*read)));
    } else {
        done = read.error();
    }
    const MutexLock lock(m_mutex);
    m_configError = done.ok() ? std::string() : done.error().message;
    m_reloadMs = m_clock.wallMs();
    if (done.ok())
        m_log.info("config", "configuration read again");
    else
        m_log.error("config", "the old configuration stays in force: " + m_configError);
    return done;
}

Result<std::string> Engine::editConfig(const std::function<Result<std::string>(std::string_view yaml)>& change)
{
    const MutexLock editing(m_editing);
    const std::string before = configFile();
    const std::string file = before.empty() ? ownConfigFile(m_options.databaseFile) : before;
    HF_TRY(const std::string old, readConfigText(file));
    HF_TRY(const std::string text, change(old));
    if (const auto checked = config::parseConfig(text, file); !checked.ok())
        return Error{"the changed configuration would not be readable and was not written: " + checked.error().message,
                     ErrorKind::BadInput};
    HF_CHECK(writeConfigText(file, text));
    {
        const MutexLock lock(m_mutex);
        m_configFile = file;
    }
    const auto done = reload();
    if (done.ok())
        return file;
    // What cannot be put into force must not wait in the file for the next start.
    if (const auto restored = writeConfigText(file, old); !restored.ok())
        m_log.error("config", restored.error().message);
    if (const auto again = reload(); !again.ok())
        m_log.error("config", again.error().message);
    return done.error();
}

Result<void> Engine::apply(std::shared_ptr<const config::Config> config)
{
    // What can refuse goes first.
    HF_CHECK(m_parts->signals->configure(config));
    HF_CHECK(m_parts->evaluation->configure(*config));
    m_parts->control->configure(config);
    m_parts->notify->configure(*config, listenUrl());
    m_parts->scrapes->applyConfig(*config);
    const MutexLock lock(m_mutex);
    m_config = std::move(config);
    return {};
}

void Engine::logWarnings(const config::Config& config) const
{
    for (const config::ConfigWarning& warning : config.warnings)
        m_log.warning("config", warning.file + ":" + std::to_string(warning.line) + ":" + std::to_string(warning.column)
                                    + ": " + warning.message);
}

std::shared_ptr<const config::Config> Engine::config() const
{
    const MutexLock lock(m_mutex);
    return m_config;
}

std::string Engine::configFile() const
{
    const MutexLock lock(m_mutex);
    return m_configFile;
}

std::string Engine::listenUrl() const
{
    const bool everywhere = m_options.listenAddress == "0.0.0.0" || m_options.listenAddress == "::";
    return "http://" + (everywhere ? hostName() : m_options.listenAddress) + ":" + std::to_string(m_options.listenPort);
}

std::string Engine::publicUrl() const
{
    return m_parts->server ? m_parts->server->publicUrl() : std::string();
}

std::string Engine::privateUrl() const
{
    return m_parts->server ? m_parts->server->privateUrl() : std::string();
}

api::ProcessFacts Engine::processFacts() const
{
    const MutexLock lock(m_mutex);
    api::ProcessFacts facts;
    facts.version = kVersion;
    facts.startedMs = m_startedMs;
    facts.flags = m_options.flags;
    facts.configYaml = m_config->redactedYaml;
    facts.reloadOk = m_configError.empty();
    facts.reloadMs = m_reloadMs;
    facts.retentionMs = m_config->holdfast.storage.retentionMs;
    facts.ready = m_ready;
    return facts;
}

api::EngineFacts Engine::engineFacts() const
{
    const MutexLock lock(m_mutex);
    return {.version = kVersion,
            .startedMs = m_startedMs,
            .environment = m_config->holdfast.environment,
            .operatorName = m_config->holdfast.operatorName,
            .configFile = m_configFile,
            .configError = m_configError,
            .databaseFile = m_options.databaseFile,
            .degraded = m_parts->overload->steps(),
            .degradedWhy = m_parts->overload->reason(),
            .replay = m_options.replay ? std::optional(api::ReplayFacts{.incident = m_options.replay->incident,
                                                                        .atMs = m_options.replay->atMs,
                                                                        .startMs = m_options.replay->startMs,
                                                                        .endMs = m_options.replay->endMs})
                                       : std::nullopt};
}

}  // namespace holdfast::engine
