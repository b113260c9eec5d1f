#include "app/resilience/deadline.h"

#include <charconv>

namespace holdfast::resilience {

std::string formatDeadline(Deadline deadline, const Clock& clock)
{
    return deadline.isSet() ? std::to_string(deadline.remainingMs(clock)) : std::string();
}

std::optional<Deadline> parseDeadline(std::string_view value, const Clock& clock)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (value.empty() || value.size() > 10 || !std::all_of(value.begin(), value.end(), isDigit))
        return std::nullopt;
    std::int64_t ms = 0;
    std::from_chars(value.data(), value.data() + value.size(), ms);
    return Deadline::after(ms, clock);
}

}  // namespace holdfast::resilience
