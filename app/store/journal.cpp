#include "app/store/journal.h"

namespace holdfast::store {

std::int64_t SqlRow::integer(std::size_t i) const
{
    if (const auto* number = std::get_if<double>(&cells[i]))
        return static_cast<std::int64_t>(*number);
    const auto* value = std::get_if<std::int64_t>(&cells[i]);
    return value ? *value : 0;
}

double SqlRow::number(std::size_t i) const
{
    if (const auto* whole = std::get_if<std::int64_t>(&cells[i]))
        return static_cast<double>(*whole);
    const auto* value = std::get_if<double>(&cells[i]);
    return value ? *value : 0;
}

std::string SqlRow::text(std::size_t i) const
{
    const auto* value = std::get_if<std::string>(&cells[i]);
    return value ? *value : std::string();
}

bool SqlRow::isNull(std::size_t i) const
{
    return std::holds_alternative<std::monostate>(cells[i]);
}

}  // namespace holdfast::store
