#include "app/control/work_item.h"

#include "app/control/control_words.h"
#include "app/control/fan_out.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

namespace holdfast::control {

namespace {

constexpr std::size_t kMostAtOnce = 32;

ControlKey keyOf(const Work& work)
{
    return {work.record.kind, work.record.name};
}

bool undecided(const WorkItem& item)
{
    return item.outcome.state.empty();
}

bool inForce(const Work& work, const WorkItem& item, const Reading& reading)
{
    if (!item.endpoint.adapter->fulfils(changeFor(work, item), reading))
        return false;
    const bool resting = !work.record.resting.empty() && item.mode == work.record.resting;
    return resting || reading.holdRequest.empty() || reading.holdRequest == work.record.requestId;
}

void decideReceipt(WorkItem& item)
{
    item.outcome.latencyMs = item.receipt.latencyMs;
    switch (item.receipt.kind) {
    case Receipt::Kind::Accepted:
    case Receipt::Kind::Ambiguous: return;  // only a read can tell
    case Receipt::Kind::Rejected: item.outcome.state = "failed"; break;
    case Receipt::Kind::Conflict: item.outcome.state = "conflict"; break;
    case Receipt::Kind::Denied: item.outcome.state = "denied"; break;
    case Receipt::Kind::Unreachable: item.outcome.state = "unreachable"; break;
    }
    item.outcome.message = item.receipt.message;
}

void decideLast(const Work& work, WorkItem& item, const Result<Reading>& reading)
{
    const bool ambiguous = item.receipt.kind == Receipt::Kind::Ambiguous;
    if (!reading.ok()) {
        item.outcome.state = ambiguous ? "ambiguous" : "unverifiable";
        item.outcome.message = (ambiguous ? item.receipt.message : std::string("accepted"))
                               + ", and it could not be read back: " + reading.error().message;
        return;
    }
    item.after = *reading;
    if (inForce(work, item, *reading)) {
        item.outcome.state = "verified";
        if (ambiguous)
            item.outcome.message = "no answer came, but the read shows that it is in force";
        return;
    }
    item.outcome.state = "contradicted";
    item.outcome.message = (ambiguous ? item.receipt.message + "; " : std::string("accepted, but ")) + "read back as "
                           + modeText(reading->mode) + " (" + modeText(reading->state) + ")";
}

}  // namespace

Change changeFor(const Work& work, const WorkItem& item)
{
    Change change;
    change.key = keyOf(work);
    change.mode = item.mode;
    change.ttlS = item.ttlS;
    change.reason = work.record.action.reason;
    change.actor = work.record.action.actor;
    change.requestId = work.record.requestId;
    change.before = item.before;
    if (item.before)
        change.ifRevision = item.before->revision;
    change.putsBack = work.record.purpose == ActionRecord::Purpose::Revert;
    change.keep = item.keep;
    return change;
}

void readBefore(Work& work)
{
    fanOut(work.items.size(), kMostAtOnce, [&work](std::size_t i) {
        WorkItem& item = work.items[i];
        auto reading = item.endpoint.adapter->read(item.endpoint.endpoint, keyOf(work));
        if (reading.ok()) {
            item.before = std::move(*reading);
            return;
        }
        item.send = false;
        item.outcome.state = reading.error().kind == ErrorKind::Denied ? "denied" : "unreachable";
        item.outcome.message = reading.error().message;
    });
}

void sendChanges(Work& work)
{
    fanOut(work.items.size(), kMostAtOnce, [&work](std::size_t i) {
        WorkItem& item = work.items[i];
        if (!item.send || item.relayed || !undecided(item))
            return;
        item.receipt = item.endpoint.adapter->apply(item.endpoint.endpoint, changeFor(work, item));
        decideReceipt(item);
    });
    if (work.scope != Scope::Cluster)
        return;
    const auto sender =
        std::ranges::find_if(work.items, [](const WorkItem& item) { return item.send && !item.relayed; });
    for (WorkItem& item : work.items) {
        if (sender == work.items.end() || !item.relayed || !undecided(item))
            continue;
        item.receipt = sender->receipt;
        decideReceipt(item);
    }
}

void readConflicts(Work& work)
{
    fanOut(work.items.size(), kMostAtOnce, [&work](std::size_t i) {
        WorkItem& item = work.items[i];
        if (item.outcome.state != "conflict" || item.receipt.kind != Receipt::Kind::Conflict)
            return;
        auto reading = item.endpoint.adapter->read(item.endpoint.endpoint, keyOf(work));
        if (!reading.ok())
            return;
        if (item.receipt.message.find("it is now") == std::string::npos)  // else the answer told it already
            item.outcome.message += "; it is " + modeText(reading->mode)
                                    + (reading->holdActor.empty() ? std::string() : " by " + reading->holdActor)
                                    + " now";
        item.after = std::move(*reading);
    });
}

void readBack(Work& work, int tries, std::int64_t pauseMs)
{
    for (int attempt = 1; std::ranges::any_of(work.items, undecided); ++attempt) {
        const bool last = attempt >= tries;
        fanOut(work.items.size(), kMostAtOnce, [&](std::size_t i) {
            WorkItem& item = work.items[i];
            if (!undecided(item))
                return;
            const auto reading = item.endpoint.adapter->read(item.endpoint.endpoint, keyOf(work));
            if (last || (reading.ok() && inForce(work, item, *reading)))
                decideLast(work, item, reading);
        });
        if (!last && std::ranges::any_of(work.items, undecided))
            std::this_thread::sleep_for(std::chrono::milliseconds(pauseMs));
    }
}

void prove(Work& work, int tries, std::int64_t pauseMs)
{
    const auto ask = [&work](WorkItem& item) {
        Proof proof = item.endpoint.adapter->prove(item.endpoint.endpoint, changeFor(work, item));
        if (item.endpoint.verifier && proof.kind != Proof::Kind::Disagrees)
            if (Proof other = item.endpoint.verifier->prove(item.endpoint.endpoint, changeFor(work, item));
                other.kind != Proof::Kind::None)
                proof = std::move(other);
        return proof;
    };
    std::vector<Proof> proofs(work.items.size());
    std::vector<char> open(work.items.size());
    for (std::size_t i = 0; i < work.items.size(); ++i)
        open[i] = work.items[i].outcome.state == "verified" && work.items[i].after ? 1 : 0;
    for (int attempt = 1; attempt <= tries && std::ranges::find(open, 1) != open.end(); ++attempt) {
        if (attempt > 1)
            std::this_thread::sleep_for(std::chrono::milliseconds(pauseMs));
        fanOut(work.items.size(), kMostAtOnce, [&](std::size_t i) {
            if (open[i] == 0)
                return;
            proofs[i] = ask(work.items[i]);
            open[i] = proofs[i].kind == Proof::Kind::Disagrees ? 1 : 0;
        });
    }
    for (std::size_t i = 0; i < work.items.size(); ++i) {
        InstanceOutcome& outcome = work.items[i].outcome;
        const std::string words = proofs[i].words.empty() ? std::string() : proofs[i].words;
        switch (proofs[i].kind) {
        case Proof::Kind::None: break;
        case Proof::Kind::Agrees: outcome.proof = "agrees"; break;
        case Proof::Kind::Silent: outcome.proof = "silent"; break;
        case Proof::Kind::Disagrees:
            outcome.proof = "disagrees";
            outcome.state = "contradicted";
            outcome.message = "read back as asked for, but the second path disagrees: " + words;
            break;
        }
    }
    std::size_t asked = 0;
    std::size_t agreed = 0;
    for (const Proof& proof : proofs) {
        asked += proof.kind == Proof::Kind::None ? 0 : 1;
        agreed += proof.kind == Proof::Kind::Agrees ? 1 : 0;
    }
    if (asked > 0)
        work.record.action.proof = std::string("API ✓ second path ")
                                   + (agreed == asked ? "✓"
                                      : agreed == 0   ? "✗"
                                                      : "~");
}

std::string instancesText(std::size_t count, Scope scope)
{
    return std::to_string(count) + (scope == Scope::Cluster ? " server" : " instance") + (count == 1 ? "" : "s");
}

void conclude(Work& work)
{
    Action& action = work.record.action;
    std::map<std::string, int> count;
    action.instances.clear();
    for (const WorkItem& item : work.items) {
        ++count[item.outcome.state];
        action.instances.push_back(item.outcome);
    }
    action.n = static_cast<int>(work.items.size());
    action.k = count["verified"];
    const int done = action.k + count["foreign"] + count["gone"];
    if (action.n > 0 && done == action.n)
        action.state = "verified";
    else if (action.k > 0)
        action.state = "partial";
    else if (count["contradicted"] > 0)
        action.state = "contradicted";
    else if (count["ambiguous"] > 0)
        action.state = "ambiguous";
    else if (count["unverifiable"] > 0)
        action.state = "unverifiable";
    else
        action.state = "failed";
    const bool released = !work.record.resting.empty() && action.to == work.record.resting && action.k > 0;
    action.message = std::to_string(action.k) + " of " + std::to_string(action.n)
                     + (work.scope == Scope::Cluster ? " servers" : " instances") + " read back as "
                     + (released ? "released" : modeText(action.to));
    for (const auto& [state, number] : count)
        if (state != "verified" && number > 0)
            action.message +=
                ", " + std::to_string(number) + " " + (state == "foreign" ? "held by somebody else" : state);
    const auto trouble = std::ranges::find_if(work.items, [](const WorkItem& item) {
        return item.outcome.state != "verified" && !item.outcome.message.empty();
    });
    if (trouble != work.items.end())
        action.message += ": " + trouble->outcome.instance + " " + trouble->outcome.message;
}

}  // namespace holdfast::control
