#pragma once

#include <string>
#include <string_view>

namespace holdfast::exposition {

enum class Format {
    Text,         ///< Prometheus text 0.0.4
    OpenMetrics,  ///< OpenMetrics text 1.0
};

/// What a Content-Type header means, in the way of Prometheus 3: text/plain and application/openmetrics-text are
/// taken at their word; anything else, nothing, or HTML, is only read when a fallback is configured.
struct FormatChoice {
    enum class Verdict {
        Use,          ///< `format` it is
        Unsupported,  ///< a known exposition format that cannot be read (protobuf)
        Missing,      ///< no Content-Type
        Unknown,      ///< a Content-Type that is no exposition format
    };
    Verdict verdict = Verdict::Missing;
    Format format = Format::Text;
};

/// contentType  the header's value, empty where there is none; parameters are ignored, case too
/// Source       Prometheus model/textparse/interface.go, New: extractMediaType.
[[nodiscard]] FormatChoice formatOf(std::string_view contentType);

/// The Accept header that asks for what can be read, best first.
[[nodiscard]] std::string_view acceptHeader();

}  // namespace holdfast::exposition
