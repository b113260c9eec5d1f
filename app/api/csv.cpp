#include "app/api/csv.h"

#include "app/base/number_text.h"

namespace holdfast::api {

namespace {

bool looksLikeFormula(std::string_view cell)
{
    constexpr std::string_view starts = "=+-@\t\r";
    return !cell.empty() && starts.find(cell.front()) != std::string_view::npos && !parseDouble(cell);
}

void appendCell(std::string& out, std::string_view cell)
{
    const bool formula = looksLikeFormula(cell);
    if (!formula && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += cell;
        return;
    }
    out += formula ? "\"'" : "\"";
    for (const char c : cell) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace

void appendCsvRecord(std::string& out, const std::vector<std::string>& cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            out += ',';
        appendCell(out, cells[i]);
    }
    out += "\r\n";
}

}  // namespace holdfast::api
