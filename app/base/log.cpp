#include "app/base/log.h"

#include "app/base/time_text.h"

#include <string>

namespace holdfast {

namespace {

const char* word(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    case LogLevel::Error: return "error";
    }
    return "";
}

void appendEscaped(std::string& line, std::string_view text)
{
    constexpr char digits[] = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) {
            line += c;
        } else {
            line += "\\x";
            line += digits[byte >> 4];
            line += digits[byte & 15];
        }
    }
}

}  // namespace

void Log::write(LogLevel level, std::string_view component, std::string_view message)
{
    if (level < m_least)
        return;
    std::string line = rfc3339(m_clock.wallMs());
    line += ' ';
    line += word(level);
    line += ' ';
    line += component;
    line += ": ";
    appendEscaped(line, message);
    line += '\n';
    const MutexLock lock(m_mutex);
    std::fwrite(line.data(), 1, line.size(), m_stream);
    std::fflush(m_stream);
}

}  // namespace holdfast
