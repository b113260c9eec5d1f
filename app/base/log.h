#pragma once

#include "app/base/clock.h"
#include "app/base/mutex.h"

#include <cstdio>
#include <string_view>

namespace holdfast {

enum class LogLevel { Debug, Info, Warning, Error };

/// One line an event on a stream: "2026-01-02T03:04:05.678Z warning scrape: message". Control characters in
/// messages are escaped, so that foreign text cannot forge lines. Secrets never enter a message. Thread-safe.
class Log {
public:
    Log(std::FILE* stream, LogLevel least, const Clock& clock) : m_stream(stream), m_least(least), m_clock(clock) {}

    void write(LogLevel level, std::string_view component, std::string_view message) HF_EXCLUDES(m_mutex);
    void debug(std::string_view component, std::string_view message) { write(LogLevel::Debug, component, message); }
    void info(std::string_view component, std::string_view message) { write(LogLevel::Info, component, message); }
    void warning(std::string_view component, std::string_view message) { write(LogLevel::Warning, component, message); }
    void error(std::string_view component, std::string_view message) { write(LogLevel::Error, component, message); }

private:
    Mutex m_mutex;
    std::FILE* const m_stream;
    const LogLevel m_least;
    const Clock& m_clock;
};

}  // namespace holdfast
