// How the engine's parts are made and tied to one another, in the order in which they need each other.
#include "app/engine/control_feed.h"
#include "app/engine/engine.h"
#include "app/engine/engine_parts.h"
#include "app/engine/host_name.h"
#include "app/engine/outage.h"
#include "app/engine/part_readings.h"

#include <optional>
#include <utility>

namespace holdfast::engine {

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

}  // namespace holdfast::engine
