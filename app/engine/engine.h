#pragma once

#include "app/api/overview_door.h"
#include "app/api/status_api.h"
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/mutex.h"
#include "app/base/result.h"
#include "app/config/config.h"
#include "app/engine/engine_options.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace holdfast::engine {

struct EngineParts;

/// The engine process: everything that scrapes, stores, judges, acts and answers, without a display.
///
///   start   config → store → query → incidents → control (overdue reverts first) → signals, rules → scrape → api
///   stop    the reverse; each part ends within its own deadline (api 2 s, control its request timeout, 5 s)
///
/// Threads: scrape, writer, query pool, evaluation (signals, then rules, then incidents), control, api.
/// Thread-safe; start() and stop() belong to one owner.
class Engine {
public:
    /// Fails with BadInput for a configuration that is wrong ("FILE:LINE:COLUMN: …") or a file that is not a Holdfast
    /// database, with Conflict when another engine holds the database, with Unavailable for a port that is taken.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> start(EngineOptions options, const Clock& clock, Log& log);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    void stop();

    /// Reads the configuration again. A bad one leaves the old one in force, and its error on the status page.
    [[nodiscard]] Result<void> reload() HF_EXCLUDES(m_mutex);

    /// Hands the configuration's text to `change`, checks what comes back, writes it, reads it again and returns the
    /// file's path. An engine without a configuration begins one beside its database. Whatever fails leaves file and
    /// engine as they were. One at a time.
    [[nodiscard]] Result<std::string>
    editConfig(const std::function<Result<std::string>(std::string_view yaml)>& change) HF_EXCLUDES(m_editing, m_mutex);

    [[nodiscard]] std::string publicUrl() const;
    [[nodiscard]] std::string privateUrl() const;
    [[nodiscard]] std::shared_ptr<const config::Config> config() const HF_EXCLUDES(m_mutex);

private:
    Engine(EngineOptions options, const Clock& clock, Log& log);
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> openControl();
    [[nodiscard]] Result<void> openEvaluation();
    void endOutage();
    [[nodiscard]] Result<void> openScrape();
    [[nodiscard]] Result<void> openApi();
    [[nodiscard]] Result<config::Config> readConfig() const;
    [[nodiscard]] Result<void> apply(std::shared_ptr<const config::Config> config) HF_EXCLUDES(m_mutex);
    [[nodiscard]] std::string configFile() const HF_EXCLUDES(m_mutex);
    /// Where people reach it, as far as it was asked for.
    [[nodiscard]] std::string listenUrl() const;
    void logWarnings(const config::Config& config) const;
    [[nodiscard]] api::ProcessFacts processFacts() const HF_EXCLUDES(m_mutex);
    [[nodiscard]] api::EngineFacts engineFacts() const HF_EXCLUDES(m_mutex);

    const EngineOptions m_options;
    const Clock& m_clock;
    Log& m_log;
    const std::int64_t m_startedMs;

    Mutex m_editing;  ///< taken before m_mutex
    mutable Mutex m_mutex;
    std::string m_configFile HF_GUARDED_BY(m_mutex);  ///< empty: none
    std::shared_ptr<const config::Config> m_config HF_GUARDED_BY(m_mutex);
    std::string m_configError HF_GUARDED_BY(m_mutex);
    std::int64_t m_reloadMs HF_GUARDED_BY(m_mutex) = 0;
    bool m_ready HF_GUARDED_BY(m_mutex) = false;

    std::unique_ptr<EngineParts> m_parts;
};

}  // namespace holdfast::engine
