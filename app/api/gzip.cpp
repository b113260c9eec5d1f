#include "app/api/gzip.h"

#include <libdeflate.h>

#include <memory>

namespace holdfast::api {

bool acceptsGzip(std::string_view accept)
{
    while (!accept.empty()) {
        const std::size_t comma = accept.find(',');
        std::string_view item = accept.substr(0, comma);
        accept = comma == std::string_view::npos ? std::string_view() : accept.substr(comma + 1);
        const std::size_t start = item.find_first_not_of(" \t");
        if (start == std::string_view::npos)
            continue;
        item.remove_prefix(start);
        const std::string_view name = item.substr(0, item.find_first_of("; \t"));
        if (name != "gzip" && name != "*")
            continue;
        const std::size_t q = item.find("q=");
        return q == std::string_view::npos || item.substr(q + 2).find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

std::string gzip(std::string_view text)
{
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(1), &libdeflate_free_compressor);
    if (!compressor)
        return {};
    std::string out(text.size(), '\0');
    out.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), out.data(), out.size()));
    return out;
}

}  // namespace holdfast::api
