#pragma once

#include "app/base/log.h"
#include "app/base/manual_clock.h"
#include "app/incident/incident_service.h"
#include "app/store/store.h"

#include <QTemporaryDir>
#include <QtTest>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::incident {

/// An incident service over a real journal, on a clock that stands; alerts are switched on and off by name.
class IncidentFixture {
public:
    IncidentFixture()
    {
        options.path = (directory.path() + "/h.db").toStdString();
        open();
    }

    /// Also again: a restart.
    void open()
    {
        service.reset();
        store.reset();
        auto opened = store::Store::open(options, clock, log);
        if (!opened.ok())
            qFatal("%s", opened.error().message.c_str());
        store = std::move(opened).value();
        auto made = IncidentService::open(*store, nullptr, clock, log);
        if (!made.ok())
            qFatal("%s", made.error().message.c_str());
        service = std::move(made).value();
        service->setTopology(topology);
        service->setOverrides([this] { return overrides; });
    }

    void fire(const std::string& service_, const std::string& kind, const std::string& severity = "page",
              const std::string& subject = {})
    {
        rules::ActiveAlert alert;
        alert.state = rules::AlertState::Firing;
        const std::string name = kind == "target" ? "TargetDown" : "Alert_" + kind;
        alert.labels = LabelSet{{"alertname", name},
                                {"service", service_},
                                {"signal", kind},
                                {"severity", severity},
                                {kind == "target" ? "instance" : "callee", subject}};
        alert.annotations = LabelSet{{"summary", service_ + " " + kind + " bad"}};
        alert.activeAt = clock.wallMs();
        alert.firedAt = clock.wallMs();
        alert.value = 1;
        firing[service_ + kind + subject] = alert;
    }
    void clear(const std::string& service_, const std::string& kind, const std::string& subject = {})
    {
        firing.erase(service_ + kind + subject);
    }

    /// Evaluates every 5 s for this long.
    void run(std::int64_t seconds)
    {
        for (std::int64_t s = 0; s < seconds; s += 5) {
            clock.advanceMs(5'000);
            std::vector<rules::ActiveAlert> alerts;
            for (const auto& [key, alert] : firing)
                alerts.push_back(alert);
            service->onEvaluation(clock.wallMs(), alerts);
        }
    }

    [[nodiscard]] QString titles() const
    {
        QStringList out;
        for (const auto& incident : service->list(true, 100))
            out << QString::fromStdString(incident.title);
        out.sort();
        return out.join(" | ");
    }
    [[nodiscard]] IncidentSummary only() const
    {
        const auto all = service->list(false, 100);
        if (all.size() != 1)
            qFatal("%zu incidents, not one", all.size());
        return all.front();
    }
    [[nodiscard]] QString state() const { return incidentStateWord(only().state); }

    QTemporaryDir directory;
    store::StoreOptions options;
    ManualClock clock{1'700'000'000'000};
    Log log{stderr, LogLevel::Error, clock};
    std::unique_ptr<store::Store> store;
    std::unique_ptr<IncidentService> service;
    std::map<std::string, rules::ActiveAlert> firing;
    std::vector<OverrideInForce> overrides;
    /// gateway → checkout → payments → payments-db, gateway → search, mail on its own.
    Topology topology{.edges = {{"gateway", "checkout"},
                                {"checkout", "payments"},
                                {"payments", "payments-db"},
                                {"gateway", "search"}},
                      .tiers = {{"gateway", 1}, {"mail", 3}},
                      .job = {},
                      .targets = 10};
};

}  // namespace holdfast::incident
