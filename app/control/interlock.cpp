#include "app/control/interlock.h"

#include "app/base/number_text.h"
#include "app/control/control_words.h"

#include <algorithm>

namespace holdfast::control {

namespace {

constexpr std::size_t kLeastReason = 3;
constexpr std::size_t kMostReason = 500;  // the control protocol's own limit
constexpr std::int64_t kGroupSpanMs = 60'000;

/// "2 s", "500 ms"
std::string pauseText(std::int64_t ms)
{
    return ms % 1000 == 0 ? holdText(ms / 1000) : std::to_string(ms) + " ms";
}

/// What can be asked for, for the sentence that refuses something else.
std::string offered(const ControlPoint& point)
{
    std::string text;
    for (const Option& option : point.options)
        text += (text.empty() ? "" : ", ") + option.value;
    if (point.shape && point.shape->number)
        text += (text.empty() ? "" : ", ") + std::string("a number from ") + numberText(point.shape->number->least)
                + " to " + numberText(point.shape->number->most);
    if (point.shape && point.shape->mostText > 0)
        text += (text.empty() ? "" : ", ") + std::string("a text of up to ") + std::to_string(point.shape->mostText)
                + " bytes";
    return text;
}

}  // namespace

std::string modeOf(const ControlPoint& point)
{
    std::string mode;
    for (const InstanceObservation& seen : point.instances)
        if (!seen.mode.empty() && (mode.empty() || isResting(point, mode)))
            mode = seen.mode;
    return mode;
}

bool isResting(const ControlPoint& point, const std::string& mode)
{
    return point.shape ? !point.shape->resting.empty() && mode == point.shape->resting : mode == "auto";
}

std::string nameToType(const ControlPoint& point)
{
    return point.callee.empty() ? point.name : point.callee;
}

std::optional<Error> refusal(const ActionRequest& request, const ControlPoint& point)
{
    if (!point.locked.empty())
        return Error{point.id + " is locked: " + point.locked, ErrorKind::Denied};
    if (!point.shape || !point.shape->accepts(request.to))
        return Error{point.id + " cannot be set to \"" + request.to + "\"; it takes " + offered(point),
                     ErrorKind::BadInput};
    if (request.reason.size() < kLeastReason || request.reason.size() > kMostReason)
        return Error{"a reason of 3 to 500 characters is needed", ErrorKind::BadInput};
    if (request.actor.empty())
        return Error{"it must be said who acts", ErrorKind::BadInput};
    const bool resting = isResting(point, request.to);
    if (!resting && (request.holdS < 1 || request.holdS > point.maxHoldS))
        return Error{"a hold lasts from 1 s to " + holdText(point.maxHoldS) + "; overrides without end do not exist",
                     ErrorKind::BadInput};
    if (!request.expected.empty() && request.expected != modeOf(point))
        return Error{point.id + " is " + modeText(modeOf(point)) + " now, not " + modeText(request.expected)
                         + ": look again before acting",
                     ErrorKind::Conflict};
    if (point.blast == "high" && !resting && request.typedName != nameToType(point))
        return Error{"this reaches far: type \"" + nameToType(point) + "\" to confirm", ErrorKind::Denied};
    return std::nullopt;
}

std::optional<Error> RateLimit::refusal(const std::string& group, const std::string& control, std::int64_t nowMs,
                                        const RatePace& pace)
{
    const auto last = m_lastOfControl.find(control);
    if (last != m_lastOfControl.end() && nowMs - last->second < pace.coolDownMs)
        return Error{control + " was acted on a moment ago; wait " + pauseText(pace.coolDownMs), ErrorKind::Limit};
    auto& recent = m_ofGroup[group];
    while (!recent.empty() && nowMs - recent.front() >= kGroupSpanMs)
        recent.pop_front();
    if (recent.size() >= pace.actsPerMinute)
        return Error{std::to_string(pace.actsPerMinute) + " acts in a minute on group " + group + " are the limit",
                     ErrorKind::Limit};
    recent.push_back(nowMs);
    m_lastOfControl[control] = nowMs;
    return std::nullopt;
}

}  // namespace holdfast::control
