#pragma once

#include "app/base/log.h"
#include "app/base/manual_clock.h"
#include "app/control/control_core.h"
#include "app/store/store.h"

#include <QTemporaryDir>
#include <QtGlobal>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::test {

/// ControlCore over a store of its own with one armed group, on a clock that begins now and stands until it is moved:
/// so that holds end when the test wants it, while the system it acts on is real. One thread at a time.
class RealCore {
public:
    using MetricValue = std::function<std::optional<double>(const std::string& expr)>;

    explicit RealCore(config::ControlGroupConfig group, MetricValue metricValue = {})
    {
        group.name = "real";
        group.maxHoldMs = 3'600'000;
        group.coolDownMs = 0;
        store::StoreOptions storage;
        storage.path = (m_dir.path() + "/test.db").toStdString();
        auto opened = store::Store::open(storage, m_clock, m_log);
        if (!opened.ok())
            qFatal("%s", opened.error().message.c_str());
        m_store = std::move(*opened);
        auto config = std::make_shared<config::Config>();
        config->holdfast.controls.push_back(std::move(group));
        control::ControlDoors doors;
        doors.metricValue = std::move(metricValue);
        doors.event = [this](const control::ControlEvent& event) { m_events.push_back(event); };
        control::ControlOptions options;
        options.requestTimeoutMs = 3'000;
        options.verifyForMs = 5'000;
        options.proveForMs = 3'000;
        options.osUser = "tester";
        options.host = "here";
        m_core = std::make_unique<control::ControlCore>(*m_store, m_clock, m_log, std::move(doors), options,
                                                        std::move(config));
        if (const auto started = m_core->start(); !started.ok())
            qFatal("%s", started.error().message.c_str());
        m_core->pollOnce();
        if (const auto armed = m_core->arm("real", 3600, "ana"); !armed.ok())
            qFatal("%s", armed.error().message.c_str());
    }
    ~RealCore()
    {
        m_core.reset();
        m_store.reset();
        std::fclose(m_null);
    }
    RealCore(const RealCore&) = delete;
    RealCore& operator=(const RealCore&) = delete;

    /// Asks, carries out, and answers with the action as it ended.
    control::Action act(const std::string& control, const std::string& to, std::int64_t holdS)
    {
        control::ActionRequest request;
        request.control = control;
        request.to = to;
        request.holdS = holdS;
        request.reason = "try it";
        request.actor = "ana";
        const auto point = points().find(control);
        if (point != points().end())
            request.typedName = point->second.callee.empty() ? point->second.name : point->second.callee;
        const auto begun = m_core->act(request);
        if (!begun.ok())
            return refused(begun.error());
        return finish(begun->id);
    }
    control::Action revert(std::int64_t lease)
    {
        const auto begun = m_core->revert(lease, "ana", "done");
        if (!begun.ok())
            return refused(begun.error());
        return finish(begun->id);
    }
    /// The action once its second path was asked, half a minute later.
    control::Action settled(std::int64_t id)
    {
        m_clock.advanceMs(30'000);
        m_core->pollOnce();
        m_core->tick();
        const auto action = m_core->action(id);
        return action.ok() ? *action : refused(action.error());
    }
    void poll() { m_core->pollOnce(); }
    /// Moves the clock past the end of every hold and does what is due.
    void expire(std::int64_t seconds)
    {
        m_clock.advanceMs(seconds * 1000 + 30'000);
        m_core->pollOnce();
        m_core->tick();
        for (const std::int64_t id : m_core->takePending())
            m_core->carryOut(id);
    }
    [[nodiscard]] std::map<std::string, control::ControlPoint> points() const
    {
        const auto all = m_core->points();
        return {all.begin(), all.end()};
    }
    [[nodiscard]] control::ControlPoint point(const std::string& id) const
    {
        const auto all = points();
        const auto found = all.find(id);
        return found == all.end() ? control::ControlPoint() : found->second;
    }
    [[nodiscard]] std::string mode(const std::string& id) const
    {
        const auto seen = point(id);
        return seen.instances.empty() ? std::string() : seen.instances.front().mode;
    }
    [[nodiscard]] std::vector<control::LeaseView> leases() const { return m_core->leases(); }
    [[nodiscard]] bool happened(const std::string& kind) const
    {
        return std::ranges::find(m_events, kind, &control::ControlEvent::kind) != m_events.end();
    }
    [[nodiscard]] const std::vector<control::ControlEvent>& events() const { return m_events; }
    [[nodiscard]] control::ControlCore& core() { return *m_core; }

private:
    control::Action finish(std::int64_t id)
    {
        for (const std::int64_t pending : m_core->takePending())
            m_core->carryOut(pending);
        m_core->pollOnce();
        const auto done = m_core->action(id);
        return done.ok() ? *done : refused(done.error());
    }
    static control::Action refused(const Error& error)
    {
        control::Action action;
        action.state = "refused";
        action.message = error.message;
        return action;
    }
    static std::int64_t now()
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

    ManualClock m_clock{now()};
    QTemporaryDir m_dir;
    std::FILE* m_null = std::fopen("/dev/null", "w");
    Log m_log{m_null, LogLevel::Error, m_clock};
    std::unique_ptr<store::Store> m_store;
    std::vector<control::ControlEvent> m_events;
    std::unique_ptr<control::ControlCore> m_core;
};

}  // namespace holdfast::test
