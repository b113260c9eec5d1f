#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace holdfast::store {

/// Every label name and value once, as a number. Numbers count from 0 and stay; texts live as long as the table.
/// One writer at a time; reading beside reading is safe.
class SymbolTable {
public:
    std::uint32_t add(std::string_view text)
    {
        const auto found = m_numbers.find(text);
        if (found != m_numbers.end())
            return found->second;
        const auto number = static_cast<std::uint32_t>(m_texts.size());
        m_numbers.emplace(m_texts.emplace_back(text), number);
        return number;
    }
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const
    {
        const auto found = m_numbers.find(text);
        return found == m_numbers.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] std::string_view text(std::uint32_t number) const { return m_texts[number]; }

private:
    std::deque<std::string> m_texts;  // a deque never moves its strings, so views into them stay good
    std::unordered_map<std::string_view, std::uint32_t> m_numbers;
};

}  // namespace holdfast::store
