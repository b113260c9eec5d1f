#pragma once

#include "app/base/mutex.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace holdfast::fleet {

/// Which ports the instances of a service listen on. Thread-safe.
class AddressBook {
public:
    void add(const std::string& service, std::uint16_t port) HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        m_ports[service].push_back(port);
    }

    /// The port whose turn it is, round robin by `turn`; 0 when the service has none.
    [[nodiscard]] std::uint16_t pick(const std::string& service, std::size_t turn) const HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        const auto found = m_ports.find(service);
        return found == m_ports.end() ? 0 : found->second[turn % found->second.size()];
    }

    [[nodiscard]] std::map<std::string, std::vector<std::uint16_t>> all() const HF_EXCLUDES(m_mutex)
    {
        const MutexLock lock(m_mutex);
        return m_ports;
    }

private:
    mutable Mutex m_mutex;
    std::map<std::string, std::vector<std::uint16_t>> m_ports HF_GUARDED_BY(m_mutex);
};

}  // namespace holdfast::fleet
