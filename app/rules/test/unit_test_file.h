#pragma once

#include "app/model/label_set.h"
#include "app/rules/rule_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::rules {

struct UnitSeries {
    LabelSet labels;
    std::vector<std::optional<double>> values;  ///< one a step of the test's interval, from 0 on
};

struct ExpectedAlert {
    LabelSet labels;
    LabelSet annotations;
};

struct AlertCase {
    std::int64_t evalMs = 0;
    std::string alert;
    std::vector<ExpectedAlert> expected;
    Place place;
};

struct ExpectedSample {
    LabelSet labels;
    double value = 0;
};

struct ExpressionCase {
    std::int64_t evalMs = 0;
    std::string expr;
    std::vector<ExpectedSample> expected;
    Place place;
};

struct UnitTestGroup {
    std::string name;
    std::int64_t intervalMs = 0;  ///< 0: the file's evaluation_interval
    std::int64_t startMs = 0;
    std::vector<UnitSeries> series;
    std::vector<AlertCase> alerts;
    std::vector<ExpressionCase> expressions;
    LabelSet externalLabels;
    std::string externalUrl;
    Place place;
};

/// A file of rule unit tests. Source of the format: Prometheus cmd/promtool/unittest.go, unitTestFile.
struct UnitTestFile {
    std::string file;
    std::vector<std::string> ruleFiles;  ///< resolved against the file's folder
    std::int64_t evaluationIntervalMs = 60'000;
    std::vector<std::string> groupEvalOrder;
    /// Neighbouring doubles count as equal; only `fuzzy_compare: false` asks for the last digit. The windows of
    /// Prometheus 2 include their start and those of 3 do not, so that the last digit of a rate differs between them.
    bool fuzzyCompare = true;
    std::vector<UnitTestGroup> tests;
    std::vector<RuleFileError> errors;
};

[[nodiscard]] UnitTestFile parseUnitTestFile(std::string_view text, const std::string& file);
[[nodiscard]] UnitTestFile readUnitTestFile(const std::string& file);

}  // namespace holdfast::rules
