#pragma once

#include "tests/support/real_program.h"

#include <QTemporaryDir>

#include <memory>
#include <string>

namespace holdfast::test {

/// A Redis with a password, without persistence, on a free port of loopback.
class RealRedis {
public:
    RealRedis()
        : m_program("redis-server", {"--port", QString::number(m_port), "--bind", "127.0.0.1", "--dir", m_dir.path(),
                                     "--save", "", "--appendonly", "no", "--requirepass", "secret"})
    {
    }
    [[nodiscard]] static bool installed() { return !programPath("redis-server").isEmpty(); }
    bool start() { return m_program.startOn(m_port); }
    void kill() { m_program.kill(); }
    [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    QTemporaryDir m_dir;
    const std::uint16_t m_port = freePort();
    RealProgram m_program;
};

}  // namespace holdfast::test
