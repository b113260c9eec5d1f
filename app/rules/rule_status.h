#pragma once

#include "app/rules/active_alert.h"
#include "app/rules/rule_file.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::rules {

enum class RuleHealth { Unknown, Ok, Failing };

/// "unknown", "ok", "err": the words of /api/v1/rules.
[[nodiscard]] const char* ruleHealthWord(RuleHealth health);

struct RuleStatus {
    Rule rule;
    RuleHealth health = RuleHealth::Unknown;
    std::string lastError;  ///< "rules.yml:12:9: …": where the expression stands; empty where it went well
    std::int64_t lastEvaluation = 0;  ///< ms since the epoch; 0: never
    double evaluationSeconds = 0;
    AlertState state = AlertState::Inactive;  ///< alerting rules: the worst of its alerts
    std::vector<ActiveAlert> alerts;          ///< pending and firing ones
};

struct GroupStatus {
    std::string name;
    std::string file;
    std::int64_t intervalMs = 0;
    std::size_t limit = 0;
    std::int64_t lastEvaluation = 0;
    double evaluationSeconds = 0;
    std::uint64_t iterationsMissed = 0;
    std::vector<RuleStatus> rules;
};

/// Everything /api/v1/rules and the status door tell about rules. Immutable.
struct RulesStatus {
    std::vector<GroupStatus> groups;
    std::size_t rules = 0;
    std::size_t failing = 0;
    std::int64_t lastEvaluation = 0;  ///< of any group
    std::int64_t lateMs = 0;          ///< how long after its time the last evaluation was complete
};

using RulesSnapshot = std::shared_ptr<const RulesStatus>;

}  // namespace holdfast::rules
