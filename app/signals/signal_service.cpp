#include "app/signals/signal_service.h"

#include "app/signals/builtin_profiles.h"
#include "app/signals/fleet_builder.h"
#include "app/signals/history.h"
#include "app/signals/normalised_writer.h"
#include "app/signals/profile.h"
#include "app/signals/service_page.h"
#include "app/signals/slow_facts.h"
#include "app/signals/sparks.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace holdfast::signals {

namespace {

constexpr std::int64_t kSlowFactsEveryMs = 10'000;

/// When the slow facts of an evaluation are read: a matter of its time alone, so that a replay reads the same ones, and
/// right before a round time, because the series that an evaluation at the round time writes are not there yet for it.
std::int64_t slowFactsTime(std::int64_t t)
{
    return t - t % kSlowFactsEveryMs - 1;
}

/// What one configuration makes: shared by readers while a newer one is put in place. Immutable.
struct Setup {
    std::shared_ptr<const config::Config> config;
    std::vector<Profile> profiles;  ///< by precedence
};

/// The built-in profiles are part of the program: one that does not parse is our own mistake.
std::vector<Profile> builtin()
{
    std::vector<Profile> profiles;
    for (const BuiltinProfile& file : builtinProfiles()) {
        auto profile = parseProfile(file.text, file.file);
        assert(profile.ok());
        if (!profile.ok())
            std::abort();
        profiles.push_back(std::move(*profile));
    }
    return profiles;
}

Result<Profile> readProfileFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error{"cannot read signal profile " + path, ErrorKind::NotFound};
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return parseProfile(text, path);
}

Result<std::shared_ptr<const Setup>> makeSetup(std::shared_ptr<const config::Config> config)
{
    auto setup = std::make_shared<Setup>();
    setup->profiles = builtin();
    for (const std::string& path : config->holdfast.signalProfiles) {
        HF_TRY(auto profile, readProfileFile(path));
        std::erase_if(setup->profiles, [&](const Profile& other) { return other.name == profile.name; });
        setup->profiles.push_back(std::move(profile));
    }
    std::ranges::stable_sort(setup->profiles, {}, &Profile::precedence);
    setup->config = std::move(config);
    return std::shared_ptr<const Setup>(std::move(setup));
}

}  // namespace

struct SignalService::State {
    State(const promql::Engine& queries, store::Appender* appender, const Clock& time) : engine(queries), clock(time)
    {
        if (appender != nullptr)
            writer.emplace(*appender);
    }

    [[nodiscard]] std::shared_ptr<const Setup> currentSetup() const HF_EXCLUDES(mutex)
    {
        const MutexLock lock(mutex);
        return setup;
    }

    const promql::Engine& engine;
    const Clock& clock;

    // The evaluating thread's own.
    std::optional<NormalisedWriter> writer;
    History history;
    std::shared_ptr<const Setup> factsOf;
    SlowFacts facts;

    mutable Mutex mutex;
    std::shared_ptr<const Setup> setup HF_GUARDED_BY(mutex);
    std::shared_ptr<const FleetModel> latest HF_GUARDED_BY(mutex);
};

SignalService::SignalService(const promql::Engine& engine, store::Appender* appender, const Clock& clock,
                             std::shared_ptr<const config::Config> config)
    : m_state(std::make_unique<State>(engine, appender, clock))
{
    auto setup = std::make_shared<Setup>();
    setup->profiles = builtin();
    std::ranges::stable_sort(setup->profiles, {}, &Profile::precedence);
    setup->config = config ? std::move(config) : std::make_shared<const config::Config>();
    const MutexLock lock(m_state->mutex);
    m_state->setup = std::move(setup);
}

SignalService::~SignalService() = default;

Result<void> SignalService::configure(std::shared_ptr<const config::Config> config)
{
    HF_TRY(auto setup, makeSetup(std::move(config)));
    const MutexLock lock(m_state->mutex);
    m_state->setup = std::move(setup);
    return {};
}

Result<std::shared_ptr<const FleetModel>> SignalService::evaluate(std::int64_t t)
{
    State& state = *m_state;
    const auto setup = state.currentSetup();
    const SeriesReader reader(state.engine, t);
    if (state.factsOf != setup || state.facts.readMs != slowFactsTime(t)) {
        HF_TRY(auto facts, readSlowFacts(SeriesReader(state.engine, slowFactsTime(t)), setup->profiles,
                                         ServiceNames(setup->config->holdfast)));
        // An instance that is down no longer names its service; what it said before still holds.
        if (state.factsOf == setup)
            facts.owners.merge(state.facts.owners);
        state.facts = std::move(facts);
        state.factsOf = setup;
    }
    HF_TRY(FleetModel fleet, buildFleet(reader, *setup->config, state.facts));
    if (state.writer) {
        const auto samples = normalised(fleet, *setup->config, state.history.at(reader, fleet));
        if (const auto written = state.writer->write(t, samples); !written.ok())
            fleet.writeError = written.error().message;
    }
    auto shared = std::make_shared<const FleetModel>(std::move(fleet));
    const MutexLock lock(state.mutex);
    state.latest = shared;
    return std::shared_ptr<const FleetModel>(shared);
}

std::shared_ptr<const FleetModel> SignalService::latest() const
{
    const MutexLock lock(m_state->mutex);
    return m_state->latest;
}

namespace {

Result<FleetModel> fleetOf(const promql::Engine& engine, const Setup& setup, std::int64_t t)
{
    const SeriesReader reader(engine, t);
    HF_TRY(const auto facts,
           readSlowFacts(SeriesReader(engine, slowFactsTime(t)), setup.profiles, ServiceNames(setup.config->holdfast)));
    return buildFleet(reader, *setup.config, facts);
}

}  // namespace

Result<std::shared_ptr<const FleetModel>> SignalService::fleetAt(std::optional<std::int64_t> t,
                                                                 std::int64_t sparkRangeMs, int points) const
{
    const auto newest = latest();
    FleetModel fleet;
    if (!t && newest) {
        fleet = *newest;
    } else {
        HF_TRY(fleet, fleetOf(m_state->engine, *m_state->currentSetup(), t.value_or(m_state->clock.wallMs())));
    }
    fillSparks(SeriesReader(m_state->engine, fleet.atMs), sparkRangeMs, points, fleet);
    return std::make_shared<const FleetModel>(std::move(fleet));
}

Result<ServiceDetail> SignalService::service(std::string_view name, std::optional<std::int64_t> t) const
{
    const auto setup = m_state->currentSetup();
    auto fleet = t ? nullptr : latest();
    if (!fleet) {
        HF_TRY(auto past, fleetOf(m_state->engine, *setup, t.value_or(m_state->clock.wallMs())));
        fleet = std::make_shared<const FleetModel>(std::move(past));
    }
    const ServiceRow* row = fleet->find(name);
    if (row == nullptr)
        return Error{"no service is called \"" + std::string(name) + "\"", ErrorKind::NotFound};
    return servicePage(*fleet, *row, setup->profiles, *setup->config);
}

std::vector<std::string> SignalService::profileNames() const
{
    std::vector<std::string> names;
    for (const Profile& profile : m_state->currentSetup()->profiles)
        names.push_back(profile.name);
    return names;
}

}  // namespace holdfast::signals
