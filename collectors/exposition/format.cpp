#include "collectors/exposition/format.h"

#include <algorithm>

namespace holdfast::exposition {

FormatChoice formatOf(std::string_view contentType)
{
    std::string_view media = contentType.substr(0, contentType.find(';'));
    while (!media.empty() && (media.front() == ' ' || media.front() == '\t'))
        media.remove_prefix(1);
    while (!media.empty() && (media.back() == ' ' || media.back() == '\t'))
        media.remove_suffix(1);
    std::string lower(media);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (lower.empty())
        return {FormatChoice::Verdict::Missing, Format::Text};
    if (lower == "text/plain")
        return {FormatChoice::Verdict::Use, Format::Text};
    if (lower == "application/openmetrics-text")
        return {FormatChoice::Verdict::Use, Format::OpenMetrics};
    if (lower == "application/vnd.google.protobuf")
        return {FormatChoice::Verdict::Unsupported, Format::Text};
    return {FormatChoice::Verdict::Unknown, Format::Text};
}

std::string_view acceptHeader()
{
    return "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
           "application/openmetrics-text;version=0.0.1;q=0.4,"
           "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
}

}  // namespace holdfast::exposition
