#include "app/control/interlock.h"

#include "app/control/control_words.h"

#include <algorithm>

namespace holdfast::control {

namespace {

constexpr std::size_t kLeastReason = 3;
constexpr std::size_t kMostReason = 500;  // the control protocol's own limit
constexpr std::int64_t kControlPauseMs = 2'000;
constexpr std::int64_t kGroupSpanMs = 60'000;
constexpr std::size_t kGroupMost = 30;

}  // namespace

std::string modeOf(const ControlPoint& point)
{
    std::string mode;
    for (const InstanceObservation& seen : point.instances)
        if (!seen.mode.empty() && (mode.empty() || mode == "auto"))
            mode = seen.mode;
    return mode;
}

std::string nameToType(const ControlPoint& point)
{
    return point.callee.empty() ? point.name : point.callee;
}

std::optional<Error> refusal(const ActionRequest& request, const ControlPoint& point)
{
    if (!point.locked.empty())
        return Error{point.id + " is locked: " + point.locked, ErrorKind::Denied};
    if (std::ranges::find(point.options, request.to, &Option::value) == point.options.end())
        return Error{point.id + " cannot be set to \"" + request.to + "\"", ErrorKind::BadInput};
    if (request.reason.size() < kLeastReason || request.reason.size() > kMostReason)
        return Error{"a reason of 3 to 500 characters is needed", ErrorKind::BadInput};
    if (request.actor.empty())
        return Error{"it must be said who acts", ErrorKind::BadInput};
    if (request.to != "auto" && (request.holdS < 1 || request.holdS > point.maxHoldS))
        return Error{"a hold lasts from 1 s to " + holdText(point.maxHoldS) + "; overrides without end do not exist",
                     ErrorKind::BadInput};
    if (!request.expected.empty() && request.expected != modeOf(point))
        return Error{point.id + " is " + modeText(modeOf(point)) + " now, not " + modeText(request.expected)
                         + ": look again before acting",
                     ErrorKind::Conflict};
    if (point.blast == "high" && request.to != "auto" && request.typedName != nameToType(point))
        return Error{"this reaches far: type \"" + nameToType(point) + "\" to confirm", ErrorKind::Denied};
    return std::nullopt;
}

std::optional<Error> RateLimit::refusal(const std::string& group, const std::string& control, std::int64_t nowMs)
{
    const auto last = m_lastOfControl.find(control);
    if (last != m_lastOfControl.end() && nowMs - last->second < kControlPauseMs)
        return Error{control + " was acted on a moment ago; wait 2 s", ErrorKind::Limit};
    auto& recent = m_ofGroup[group];
    while (!recent.empty() && nowMs - recent.front() >= kGroupSpanMs)
        recent.pop_front();
    if (recent.size() >= kGroupMost)
        return Error{"30 acts in a minute on group " + group + " are the limit", ErrorKind::Limit};
    recent.push_back(nowMs);
    m_lastOfControl[control] = nowMs;
    return std::nullopt;
}

}  // namespace holdfast::control
