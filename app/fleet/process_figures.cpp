#include "app/fleet/process_figures.h"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace holdfast::fleet {

namespace {

prometheus::Gauge& gauge(prometheus::Registry& registry, const char* name, const char* help)
{
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::ptrdiff_t entries(const char* folder)
{
    std::error_code ignored;
    return std::distance(std::filesystem::directory_iterator(folder, ignored), std::filesystem::directory_iterator());
}

}  // namespace

double residentBytes()
{
    std::string statm;
    std::getline(std::ifstream("/proc/self/statm"), statm);
    const std::size_t second = statm.find(' ');
    if (second == std::string::npos)
        return 0;
    long pages = 0;
    std::from_chars(statm.data() + second + 1, statm.data() + statm.size(), pages);
    return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

ProcessFigures::ProcessFigures(prometheus::Registry& registry)
    : m_cpuSeconds(prometheus::BuildCounter()
                       .Name("process_cpu_seconds_total")
                       .Help("User and system CPU time of the whole fleet")
                       .Register(registry)
                       .Add({})),
      m_residentBytes(gauge(registry, "process_resident_memory_bytes", "Resident memory of the whole fleet")),
      m_openFiles(gauge(registry, "process_open_fds", "Open file descriptors of the whole fleet")),
      m_maxFiles(gauge(registry, "process_max_fds", "File descriptors it may open")),
      m_threads(gauge(registry, "process_threads", "Threads of the whole fleet"))
{
    update();
}

void ProcessFigures::update()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    m_cpuSeconds.Increment(seconds(usage.ru_utime) + seconds(usage.ru_stime) - m_cpuSeconds.Value());

    m_residentBytes.Set(residentBytes());
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    m_maxFiles.Set(static_cast<double>(files.rlim_cur));
    m_openFiles.Set(static_cast<double>(entries("/proc/self/fd")));
    m_threads.Set(static_cast<double>(entries("/proc/self/task")));
}

}  // namespace holdfast::fleet
