// What an act would do, in words and numbers. Formulas: refused = rate of the calls; share = refused ÷ rate of the
// caller; relief = refused ÷ rate of the callee; headroom then = 1 − (1 − headroom) × (1 − relief), said only where
// use follows the rate (R² of a straight line over an hour above 0.5), ± 10 %.
#include "app/base/time_text.h"
#include "app/control/control_core.h"
#include "app/control/control_words.h"
#include "app/control/effect_words.h"
#include "app/control/fan_out.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::size_t kMostAtOnce = 16;
constexpr double kLinear = 0.5;
constexpr double kMargin = 0.1;

std::string percentText(double share)
{
    const double percent = share * 100;
    if (percent > 0 && percent < 1)
        return "under 1 %";
    return std::to_string(static_cast<int>(std::lround(percent))) + " %";
}

std::string rateText(double perS)
{
    if (perS > 0 && perS < 0.5)
        return "under 1 call/s";
    const auto whole = std::lround(perS);
    return std::to_string(whole) + (whole == 1 ? " call/s" : " calls/s");
}

bool refusesCalls(const ControlPoint& point, const std::string& mode)
{
    const StateInfo* info = point.shape->find(mode);
    return point.kind == Kind::Breaker && info != nullptr && info->meaning == Meaning::Rejecting;
}

std::string holdSentence(const ControlPoint& point, const PlanRequest& request)
{
    std::string text = point.nativeTtl ? "kept in the service: it ends also without Holdfast"
                                       : "kept by this computer: it ends only while Holdfast runs";
    if (request.untilRecovered)
        text += "; put back as soon as it has recovered, after " + holdText(request.holdS) + " at the latest";
    if (point.shape->lostOnRestart)
        text += "; a restart of the service forgets it";
    if (point.shape->fadesAfterS > 0)
        text += "; the service itself takes it back after " + holdText(point.shape->fadesAfterS);
    return text;
}

}  // namespace

Result<Plan> ControlCore::plan(const PlanRequest& request)
{
    ControlPoint point;
    std::vector<EndpointState> endpoints;
    Plan plan;
    {
        const MutexLock lock(m_mutex);
        const auto found = m_points->find(request.control);
        if (found == m_points->end())
            return Error{"no control is called \"" + request.control + "\"; only listed ones are acted on",
                         ErrorKind::NotFound};
        point = found->second;
        std::string group;
        endpoints = endpointsOf(request.control, group);
        if (const config::ControlGroupConfig* known = groupNamed(group))
            plan.approval = known->approval;
    }
    if (!point.shape->accepts(request.to))
        return Error{request.control + " cannot be set to \"" + request.to + "\"", ErrorKind::BadInput};
    plan.releases = isResting(point, request.to);
    if (!plan.releases && (request.holdS < 1 || request.holdS > point.maxHoldS))
        return Error{"a hold lasts from 1 s to " + holdText(point.maxHoldS), ErrorKind::BadInput};
    plan.control = request.control;
    plan.to = request.to;
    plan.instances = static_cast<int>(endpoints.size());
    readInto(plan, point, endpoints, request);
    const std::string where = instancesText(endpoints.size(), point.scope);
    plan.sentence = actSentence(point, request.to, where)
                    + (plan.releases            ? ""
                       : request.untilRecovered ? " until it recovers, " + holdText(request.holdS) + " at most"
                                                : " for " + holdText(request.holdS));
    plan.hold = plan.releases ? "nothing is held any longer: the service decides again" : holdSentence(point, request);
    plan.blast = plan.releases ? "low" : point.blast;
    if (plan.releases)
        plan.approval.clear();
    if (plan.blast == "high")
        plan.typeName = nameToType(point);
    foresee(plan, point);
    return plan;
}

void ControlCore::readInto(Plan& plan, const ControlPoint& point, const std::vector<EndpointState>& endpoints,
                           const PlanRequest& request) const
{
    const ControlKey key{point.kind, point.name};
    std::vector<Result<Reading>> readings(endpoints.size(), Error{});
    fanOut(endpoints.size(), kMostAtOnce,
           [&](std::size_t i) { readings[i] = endpoints[i].adapter->read(endpoints[i].endpoint, key); });
    plan.readMs = m_clock.wallMs();
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const std::string& instance = endpoints[i].endpoint.instance;
        if (!readings[i].ok()) {
            plan.warnings.push_back(instance + " cannot be read: " + readings[i].error().message);
            continue;
        }
        const Reading& now = *readings[i];
        if (plan.from.empty() || isResting(point, plan.from))
            plan.from = now.mode;
        plan.expectedRevision += (plan.expectedRevision.empty() ? "" : ",") + instance + "=" + now.revision;
        // Releasing one's own hold needs no warning that it is held: that is why one releases.
        if (!now.holdActor.empty() && !(plan.releases && now.holdActor == request.actor))
            plan.warnings.push_back(instance + " is held " + modeText(now.mode) + " by " + now.holdActor);
        if (point.scope == Scope::Cluster && !plan.requests.empty())
            continue;
        Change change;
        change.key = key;
        change.mode = request.to;
        change.ttlS = plan.releases ? 0 : request.holdS;
        change.reason = "REASON";
        change.actor = request.actor.empty() ? "ACTOR" : request.actor;
        change.requestId = "ID";
        change.ifRevision = now.revision;
        change.before = now;
        plan.requests.push_back(endpoints[i].adapter->describe(endpoints[i].endpoint, change));
    }
    if (!point.shape->countsNothing.empty() && !plan.releases)
        plan.warnings.push_back("not counted while forced: " + point.shape->countsNothing);
}

void ControlCore::foresee(Plan& plan, const ControlPoint& point) const
{
    const auto say = [&plan](const char* kind, std::string text) { plan.lines.push_back({kind, std::move(text)}); };
    const bool refuses = refusesCalls(point, plan.to);
    PathView path;
    if (m_doors.path)
        path = m_doors.path(point.service, point.callee);
    {
        const MutexLock lock(m_mutex);
        for (const MetricRates& rates : m_metrics.rates)
            if (refuses && rates.service == point.service && rates.name == point.name)
                plan.refusedPerS = rates.callsPerS;
        const auto service = m_config->holdfast.services.find(point.callee);
        if (refuses && service != m_config->holdfast.services.end())
            plan.fallback = service->second.fallback;
    }
    if (plan.releases)
        say("note", "Nothing is held any longer: the service decides again");
    if (plan.refusedPerS) {
        if (path.callerRate && *path.callerRate > 0)
            plan.share = std::min(1.0, *plan.refusedPerS / *path.callerRate);
        if (path.calleeRate && *path.calleeRate > 0)
            plan.relief = std::min(1.0, *plan.refusedPerS / *path.calleeRate);
        plan.usersAtMost = path.usersAtMost;
        const StateInfo* now = point.shape->find(point.state);
        const bool already = now != nullptr && now->meaning == Meaning::Rejecting;
        std::string text = rateText(*plan.refusedPerS)
                           + (already && point.k == point.n ? " are refused already" : " will be refused at once");
        if (plan.share)
            text += " (" + percentText(*plan.share) + " of " + point.service + "'s requests)";
        if (already && point.k < point.n)
            text +=
                ", " + std::to_string(point.k) + " of " + std::to_string(point.n) + " instances refuse them already";
        say("refused", std::move(text));
    }
    if (refuses && plan.usersAtMost)
        say("users", "Users: at most " + percentText(*plan.usersAtMost) + " of the requests at " + path.entrance
                         + (plan.fallback.empty() ? " are touched" : " see the fallback"));
    if (!plan.fallback.empty())
        say("fallback", "Fallback: " + plan.fallback);
    if (plan.relief) {
        std::string text = point.callee + ": −" + percentText(*plan.relief) + " of its calls";
        if (path.headroom) {
            plan.headroomNow = path.headroom;
            if (path.linear.value_or(0) > kLinear) {
                plan.headroomThen = 1 - (1 - *path.headroom) * (1 - *plan.relief);
                text += "; " + (path.resource.empty() ? std::string("headroom") : path.resource + " headroom")
                        + " est. " + percentText(std::max(0.0, *path.headroom)) + " → "
                        + percentText(std::max(0.0, *plan.headroomThen - kMargin)) + " to "
                        + percentText(std::min(1.0, *plan.headroomThen + kMargin));
            } else {
                text += "; headroom after it cannot be estimated";
            }
        }
        say("relief", std::move(text));
    }
    // The effect is that of the forced state.
    if (!point.effect.empty() && !plan.releases)
        say("effect", point.effect);
    addOverrides(plan, point, path.services);
    addLastTime(plan, point);
}

void ControlCore::addOverrides(Plan& plan, const ControlPoint& point, const std::vector<std::string>& path) const
{
    std::string text;
    {
        const MutexLock lock(m_mutex);
        for (const LeaseRecord& lease : m_leases) {
            const bool onPath = lease.service == point.service || lease.service == point.callee
                                || std::ranges::find(path, lease.service) != path.end();
            if (lease.control == point.id || !onPath)
                continue;
            plan.overrides.push_back(lease.control);
            text += (text.empty() ? "" : ", ") + lease.control + " " + modeText(lease.wanted) + " by " + lease.actor;
        }
    }
    plan.lines.push_back({"overrides", "Other overrides on this path: " + (text.empty() ? "none" : text)});
}

void ControlCore::addLastTime(Plan& plan, const ControlPoint& point) const
{
    constexpr int kLookBack = 30;
    const auto records =
        readActions(m_journal, "control = ? AND state IN ('verified','partial')", {point.id}, kLookBack);
    if (!records.ok() || plan.releases)
        return;
    for (const ActionRecord& record : *records) {
        if (record.purpose != ActionRecord::Purpose::Act || record.action.to != plan.to || record.sentMs == 0)
            continue;
        std::string text = "Last time: " + rfc3339(record.sentMs).substr(0, 16) + "Z by " + record.action.actor;
        if (record.action.effect && record.action.effect->state == "ready")
            text += ", " + effectText(*record.action.effect);
        else
            text += ", its effect is not known";
        plan.lines.push_back({"last", std::move(text)});
        return;
    }
}

}  // namespace holdfast::control
