#pragma once

#include "collectors/exposition/format.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::exposition {

/// Something an exposition does against the rules of its format, or of good style.
struct Finding {
    std::size_t line = 0;
    std::string what;
    bool style = false;  ///< only advice: everything can still be read as it is meant
};

/// Every rule of a format that a scrape does not insist on: order and repetition of metadata, one place a family,
/// suffixes and values of each type, whole histograms, times that do not go back, exemplars of at most 128
/// characters; for the text format also the linter's advice. Ends at the first line that cannot be read.
/// Source: OpenMetrics 1.0; prometheus/common expfmt/text_parse.go; prometheus/client_golang promlint.
[[nodiscard]] std::vector<Finding> strictCheck(std::string_view body, Format format);

}  // namespace holdfast::exposition
