// Both exposition parsers and the strict checker on any bytes: they end, stay inside the body, and what was read once
// is recognised again by its own text.

#include "collectors/exposition/parser.h"
#include "collectors/exposition/strict_check.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace holdfast::exposition;

namespace {

std::vector<std::string_view> read(std::string_view body, Format format, const std::vector<std::string_view>* hints)
{
    std::vector<std::string_view> series;
    Parser parser(body, format);
    for (;;) {
        const bool hinted = hints != nullptr && series.size() < hints->size();
        const Parser::Entry entry = parser.next(hinted ? (*hints)[series.size()] : std::string_view{});
        if (entry == Parser::Entry::End || entry == Parser::Entry::Error)
            return series;
        if (entry == Parser::Entry::Series) {
            if (!parser.matchedHint())
                static_cast<void>(parser.labels());
            if (parser.hasExemplar())
                static_cast<void>(parser.exemplarLabels());
            series.push_back(parser.series());
        } else if (entry != Parser::Entry::Comment) {
            static_cast<void>(parser.family() + parser.text());
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    for (const Format format : {Format::Text, Format::OpenMetrics}) {
        const auto first = read(body, format, nullptr);
        if (read(body, format, &first) != first)
            std::abort();
        static_cast<void>(strictCheck(body, format));
    }
    return 0;
}
