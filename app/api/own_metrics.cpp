#include "app/api/own_metrics.h"

#include <prometheus/text_serializer.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>
#include <utility>

namespace holdfast::api {

namespace {

// Seconds; from a label look-up to the query timeout.
const prometheus::Histogram::BucketBoundaries kBuckets{0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120};

prometheus::ClientMetric metricOf(const OwnMetrics::Reading& reading)
{
    prometheus::ClientMetric metric;
    metric.label = reading.labels;
    if (reading.type == prometheus::MetricType::Counter)
        metric.counter.value = reading.value;
    else
        metric.gauge.value = reading.value;
    return metric;
}

double maxDescriptors()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<double>(limit.rlim_cur);
}

}  // namespace

OwnMetrics::OwnMetrics(std::string version, std::int64_t startedMs)
    : m_requests(prometheus::BuildCounter()
                     .Name("holdfast_http_requests_total")
                     .Help("Requests answered, by path and status.")
                     .Register(m_registry)),
      m_durations(prometheus::BuildHistogram()
                      .Name("holdfast_http_request_duration_seconds")
                      .Help("Time from the end of a request to its answer, waiting included.")
                      .Register(m_registry)),
      m_refused(prometheus::BuildCounter()
                    .Name("holdfast_http_requests_refused_total")
                    .Help("Requests answered 503 because too many were waiting.")
                    .Register(m_registry)
                    .Add({}))
{
    prometheus::BuildGauge()
        .Name("holdfast_build_info")
        .Help("1, with the version as label.")
        .Register(m_registry)
        .Add({{"version", std::move(version)}})
        .Set(1);
    prometheus::BuildGauge()
        .Name("process_start_time_seconds")
        .Help("When the engine started, seconds since the epoch.")
        .Register(m_registry)
        .Add({})
        .Set(static_cast<double>(startedMs) / 1000.0);
    // Zero from the start, so that an engine nobody has asked yet says "no traffic" and not "no metric".
    m_requests.Add({{"handler", "/-/ready"}, {"code", "200"}});
    m_durations.Add({{"handler", "/-/ready"}}, kBuckets);
}

void OwnMetrics::addReader(std::function<std::vector<Reading>()> reader)
{
    const MutexLock lock(m_mutex);
    m_readers.push_back(std::move(reader));
}

void OwnMetrics::dropReaders()
{
    const MutexLock lock(m_mutex);
    m_readers.clear();
}

void OwnMetrics::requestAnswered(const std::string& handler, int status, double seconds)
{
    m_requests.Add({{"handler", handler}, {"code", std::to_string(status)}}).Increment();
    m_durations.Add({{"handler", handler}}, kBuckets).Observe(seconds);
}

std::vector<prometheus::MetricFamily> OwnMetrics::collect() const
{
    std::vector<prometheus::MetricFamily> families = m_registry.Collect();
    std::map<std::string, prometheus::MetricFamily> read;
    {
        const MutexLock lock(m_mutex);
        for (const auto& reader : m_readers)
            for (const Reading& reading : reader()) {
                prometheus::MetricFamily& family = read[reading.name];
                family.name = reading.name;
                family.help = reading.help;
                family.type = reading.type;
                family.metric.push_back(metricOf(reading));
            }
    }
    for (auto& entry : read)
        families.push_back(std::move(entry.second));
    std::ranges::sort(families, {}, &prometheus::MetricFamily::name);
    return families;
}

std::string OwnMetrics::text() const
{
    return prometheus::TextSerializer().Serialize(collect());
}

int processorsAllowed()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    return ::sched_getaffinity(0, sizeof(allowed), &allowed) == 0 ? CPU_COUNT(&allowed) : 1;
}

double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::vector<OwnMetrics::Reading> processReadings()
{
    using prometheus::MetricType;
    std::uint64_t pages = 0;
    std::uint64_t resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    const auto pageSize = static_cast<double>(::sysconf(_SC_PAGESIZE));
    std::error_code failed;
    const auto descriptors = std::distance(std::filesystem::directory_iterator("/proc/self/fd", failed),
                                           std::filesystem::directory_iterator());
    return {
        {.name = "process_cpu_seconds_total",
         .help = "Processor time, user and system.",
         .type = MetricType::Counter,
         .value = processorSeconds()},
        {.name = "process_resident_memory_bytes",
         .help = "Memory in RAM.",
         .value = static_cast<double>(resident) * pageSize},
        {.name = "process_virtual_memory_bytes",
         .help = "Address space in use.",
         .value = static_cast<double>(pages) * pageSize},
        {.name = "process_cpu_limit_cores",
         .help = "Processors this process may use.",
         .value = static_cast<double>(processorsAllowed())},
        {.name = "process_memory_limit_bytes",
         .help = "Memory of this computer.",
         .value = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * pageSize},
        {.name = "process_max_fds", .help = "File descriptors that may be open.", .value = maxDescriptors()},
        {.name = "process_open_fds", .help = "Open file descriptors.", .value = static_cast<double>(descriptors)},
    };
}

}  // namespace holdfast::api
