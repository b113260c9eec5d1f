#include "app/engine/engine.h"

#include "app/config/load_config.h"
#include "app/engine/config_file.h"
#include "app/engine/engine_file.h"
#include "app/engine/engine_parts.h"
#include "app/engine/host_name.h"

#include <filesystem>
#include <optional>
#include <utility>

namespace holdfast::engine {

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
