#include "app/signals/signal_value.h"

#include <algorithm>

namespace holdfast::signals {

const char* word(ValueState state)
{
    switch (state) {
    case ValueState::Value: return "value";
    case ValueState::NoTraffic: return "no_traffic";
    case ValueState::Few: return "few";
    case ValueState::Above: return "above";
    case ValueState::Stale: return "stale";
    case ValueState::Absent: return "absent";
    case ValueState::Error: return "error";
    }
    return "absent";
}

const char* word(Severity severity)
{
    switch (severity) {
    case Severity::Unknown: return "unknown";
    case Severity::Normal: return "normal";
    case Severity::Warning: return "warning";
    case Severity::Critical: return "critical";
    }
    return "unknown";
}

namespace {

int rank(Severity severity)
{
    switch (severity) {
    case Severity::Normal: return 0;
    case Severity::Unknown: return 1;
    case Severity::Warning: return 2;
    case Severity::Critical: return 3;
    }
    return 1;
}

}  // namespace

Severity worse(Severity a, Severity b)
{
    return rank(a) >= rank(b) ? a : b;
}

}  // namespace holdfast::signals
