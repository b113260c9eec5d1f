#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::api {

/// Appends one record of RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
/// Source: OWASP, CSV Injection.
void appendCsvRecord(std::string& out, const std::vector<std::string>& cells);

}  // namespace holdfast::api
