#pragma once

#include "app/api/router.h"
#include "app/rules/rule_status.h"
#include "collectors/scrape/target_status.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace holdfast::api {

/// `/api/v1/targets`, `rules`, `alerts`, `alertmanagers`: what is scraped and evaluated.
/// Source of parameters and shapes: Prometheus 3 web/api/v1/api.go. Thread-safe.
class TargetsApi {
public:
    TargetsApi(std::function<scrape::TargetsSnapshot()> targets, std::function<rules::RulesSnapshot()> rules)
        : m_targets(std::move(targets)), m_rules(std::move(rules))
    {
    }
    /// URLs of the Alertmanagers that get alerts; set before addRoutes().
    void setAlertmanagers(std::function<std::vector<std::string>()> urls) { m_alertmanagers = std::move(urls); }
    void addRoutes(Router& router);

private:
    [[nodiscard]] HttpResponse targets(const Call& call) const;
    [[nodiscard]] HttpResponse rules(const Call& call) const;
    [[nodiscard]] HttpResponse alerts() const;
    [[nodiscard]] HttpResponse alertmanagers() const;

    const std::function<scrape::TargetsSnapshot()> m_targets;
    const std::function<rules::RulesSnapshot()> m_rules;
    std::function<std::vector<std::string>()> m_alertmanagers;
};

}  // namespace holdfast::api
