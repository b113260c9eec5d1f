#pragma once

#include "app/rules/test/unit_test_file.h"

#include <string>
#include <vector>

namespace holdfast::rules {

/// Runs the tests of a file and tells what went otherwise than expected, one text a finding; nothing: all passed.
/// Rules are evaluated from 0 to the last eval_time at each evaluation interval; a rule that fails ends its test.
/// Source: Prometheus cmd/promtool/unittest.go, ruleUnitTest and testGroup.test.
[[nodiscard]] std::vector<std::string> runUnitTests(const UnitTestFile& file);

}  // namespace holdfast::rules
