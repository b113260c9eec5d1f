#pragma once

#include "widgets/client/engine_link.h"
#include "widgets/client/severity.h"
#include "widgets/client/status.h"
#include "widgets/health/health_answers.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace holdfast::widgets {

/// All that is known of Holdfast itself. What has not been answered yet is empty. Value type.
struct HealthFacts {
    LinkState link = LinkState::Connecting;
    std::int64_t linkSinceMs = 0;
    QString linkDetail;
    std::int64_t nowMs = 0;
    std::shared_ptr<const Status> status;
    std::optional<OwnRules> rules;
    std::optional<ReceiverList> receivers;
    OwnNumbers numbers;
    std::optional<QString> retention;     ///< empty text: nothing is removed by age
    std::optional<double> growthPerS;     ///< bytes the store grew by lately
    std::optional<double> diskFreeBytes;  ///< of the store's disk; only known on the engine's computer
    QString logFile;                      ///< where one was found
    QString apiAddress;
    std::int64_t stalls = 0;
    std::int64_t longestStallMs = 0;
};

/// One line: what, how it is, and which page shows more.
struct HealthRow {
    QString label;
    QString value;
    Severity severity = Severity::Normal;
    QString view = {};
};

struct HealthSection {
    QString title;
    std::vector<HealthRow> rows;

    [[nodiscard]] Severity worst() const;
};

/// How Holdfast itself is, in words. Pure.
[[nodiscard]] std::vector<HealthSection> healthReport(const HealthFacts& facts);
/// One sentence over all: "All is well" or what is wrong first.
[[nodiscard]] QString healthSummary(const std::vector<HealthSection>& sections);
/// The same as plain text, for a ticket.
[[nodiscard]] QString healthText(const std::vector<HealthSection>& sections);

}  // namespace holdfast::widgets
