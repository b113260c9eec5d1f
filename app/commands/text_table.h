#pragma once

#include <string>
#include <vector>

namespace holdfast::commands {

/// Columns as wide as their widest cell, two blanks apart, for people. Cells are UTF-8; control characters become "?",
/// so that foreign text cannot steer a terminal.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> head) : m_rows{std::move(head)} {}
    void add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }
    [[nodiscard]] std::string text() const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

}  // namespace holdfast::commands
