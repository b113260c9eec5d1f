#include "app/incident/fleet_hash.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

namespace holdfast::incident {

namespace {

class Hasher {
public:
    void add(std::string_view text)
    {
        for (const char c : text)
            byte(static_cast<std::uint8_t>(c));
        byte(0xFF);  // never part of UTF-8: "ab","c" differs from "a","bc"
    }
    void add(std::int64_t value)
    {
        auto bits = static_cast<std::uint64_t>(value);
        for (int i = 0; i < 8; ++i, bits >>= 8U)
            byte(static_cast<std::uint8_t>(bits & 0xFFU));
    }
    void add(double value)
    {
        // All ways to be no number are one; so are the two zeros.
        const double plain = std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value == 0 ? 0.0 : value;
        add(std::bit_cast<std::int64_t>(plain));
    }
    void add(bool value) { byte(value ? 1 : 0); }
    void add(int value) { add(std::int64_t{value}); }
    template <typename T>
    void add(const std::optional<T>& value)
    {
        add(value.has_value());
        if (value)
            add(*value);
    }
    template <typename Map>
    void addMap(const Map& map)
    {
        add(static_cast<std::int64_t>(map.size()));
        for (const auto& [key, value] : map) {
            add(std::string_view(key));
            add(value);
        }
    }
    [[nodiscard]] std::string text() const
    {
        constexpr std::string_view kDigits = "0123456789abcdef";
        std::string out(16, '0');
        for (std::size_t i = 0; i < 16; ++i)
            out[15 - i] = kDigits[(m_hash >> (4 * i)) & 0xFU];
        return out;
    }

private:
    void byte(std::uint8_t value)
    {
        m_hash ^= value;
        m_hash *= 0x100000001b3ULL;
    }
    std::uint64_t m_hash = 0xcbf29ce484222325ULL;
};

void addSignal(Hasher& hash, const signals::SignalValue& signal)
{
    hash.add(std::string_view(word(signal.state)));
    hash.add(signal.value);
    hash.add(std::string_view(word(signal.severity)));
    hash.add(signal.limit);
    hash.add(signal.count);
    hash.add(signal.lower);
    hash.add(signal.upper);
    hash.add(signal.burn);
    hash.add(signal.minutes);
    hash.add(signal.minutesLow);
    hash.add(signal.minutesHigh);
    hash.add(signal.ageMs);
    hash.add(std::string_view(signal.resource));
    hash.add(std::string_view(signal.error));
}

void addRow(Hasher& hash, const signals::ServiceRow& row)
{
    for (const std::string* text : {&row.name, &row.version, &row.profile})
        hash.add(std::string_view(*text));
    hash.add(row.tier);
    hash.add(row.instances);
    hash.add(row.instancesUp);
    hash.add(row.lastSampleMs);
    hash.add(std::string_view(word(row.severity)));
    for (const signals::SignalValue* signal : {&row.p99, &row.errors, &row.requests, &row.headroom})
        addSignal(hash, *signal);
    for (const auto* value :
         {&row.p50, &row.p90, &row.slowRatio, &row.errorRate, &row.meanLatency, &row.retryAmplification})
        hash.add(*value);
    for (const auto* map : {&row.utilisation, &row.ceilings, &row.queueDepth, &row.queueDrainS})
        hash.addMap(*map);
    for (const int count : {row.breakers.total, row.breakers.open, row.breakers.halfOpen, row.breakers.forced,
                            row.breakers.unknown, row.flagsOn})
        hash.add(count);
    hash.add(std::string_view(word(row.breakers.severity)));
}

}  // namespace

std::string fleetHash(const signals::FleetModel& fleet)
{
    Hasher hash;
    hash.add(fleet.atMs);
    for (const auto& gap : fleet.profileGaps)
        hash.add(std::string_view(gap));
    for (const auto& row : fleet.services)
        addRow(hash, row);
    for (const auto& edge : fleet.edges) {
        for (const std::string* text : {&edge.caller, &edge.callee, &edge.source, &edge.breaker})
            hash.add(std::string_view(*text));
        hash.add(edge.requests);
        hash.add(edge.errors);
    }
    for (const auto& breaker : fleet.breakers) {
        for (const std::string* text : {&breaker.service, &breaker.name, &breaker.callee})
            hash.add(std::string_view(*text));
        hash.add(std::string_view(word(breaker.state)));
        for (const auto& [instance, state] : breaker.byInstance) {
            hash.add(std::string_view(instance));
            hash.add(std::string_view(word(state)));
        }
        for (const auto* value : {&breaker.callsPerS, &breaker.refusedPerS, &breaker.failureRatio})
            hash.add(*value);
    }
    for (const auto& flag : fleet.flags) {
        hash.add(std::string_view(flag.service));
        hash.add(std::string_view(flag.name));
        hash.addMap(flag.byInstance);
        hash.addMap(flag.forcedByInstance);
    }
    for (const auto& [service, instances] : fleet.instances) {
        hash.add(std::string_view(service));
        for (const auto& instance : instances) {
            for (const std::string* text : {&instance.job, &instance.instance, &instance.version})
                hash.add(std::string_view(*text));
            hash.add(instance.up);
            hash.add(instance.startedMs);
        }
    }
    return hash.text();
}

}  // namespace holdfast::incident
