#include "app/incident/shelf.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace holdfast::incident {

namespace {

constexpr std::int64_t kKeptMs = 30LL * 86'400'000;
constexpr std::size_t kMostText = 2000;

}  // namespace

bool Shelf::holds(const IncidentSignal& signal) const
{
    return (alert.empty() || alert == signal.alert) && (service.empty() || service == signal.service);
}

std::string Shelf::what() const
{
    if (alert.empty())
        return service;
    return service.empty() ? alert : alert + " of " + service;
}

void ShelfBook::restore(std::string_view json)
{
    const auto root = nlohmann::json::parse(json, nullptr, false);
    if (!root.is_array())
        return;
    const auto text = [](const nlohmann::json& item, const char* key) {
        const auto found = item.find(key);
        return found != item.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto number = [](const nlohmann::json& item, const char* key) {
        const auto found = item.find(key);
        return found != item.end() && found->is_number_integer() ? found->get<std::int64_t>() : std::int64_t{0};
    };
    for (const auto& item : root) {
        if (!item.is_object())
            continue;
        Shelf shelf;
        shelf.id = number(item, "id");
        shelf.alert = text(item, "alert");
        shelf.service = text(item, "service");
        shelf.actor = text(item, "actor");
        shelf.reason = text(item, "reason");
        shelf.createdMs = number(item, "created_ms");
        shelf.untilMs = number(item, "until_ms");
        shelf.untilClear = number(item, "until_clear") != 0;
        if (const auto ended = number(item, "ended_ms"); ended != 0)
            shelf.endedMs = ended;
        shelf.endedBy = text(item, "ended_by");
        shelf.seenFiring = number(item, "seen_firing") != 0;
        shelf.noticed = number(item, "noticed") != 0;
        m_nextId = std::max(m_nextId, shelf.id + 1);
        m_shelves.push_back(std::move(shelf));
    }
}

std::string ShelfBook::toJson() const
{
    auto root = nlohmann::json::array();
    for (const auto& shelf : m_shelves)
        root.push_back({{"id", shelf.id},
                        {"alert", shelf.alert},
                        {"service", shelf.service},
                        {"actor", shelf.actor},
                        {"reason", shelf.reason},
                        {"created_ms", shelf.createdMs},
                        {"until_ms", shelf.untilMs},
                        {"until_clear", shelf.untilClear ? 1 : 0},
                        {"ended_ms", shelf.endedMs.value_or(0)},
                        {"ended_by", shelf.endedBy},
                        {"seen_firing", shelf.seenFiring ? 1 : 0},
                        {"noticed", shelf.noticed ? 1 : 0}});
    return root.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<Shelf> ShelfBook::add(const ShelveRequest& request, std::int64_t now)
{
    const auto bad = [](const char* words) { return Error{.message = words, .kind = ErrorKind::BadInput}; };
    if (request.alert.empty() && request.service.empty())
        return bad("shelve what? an alert, a service, or an alert of a service is needed");
    if (request.actor.empty() || request.actor.size() > 200)
        return bad("who does it? an actor of at most 200 bytes is needed");
    if (request.reason.empty() || request.reason.size() > kMostText)
        return bad("why? shelving needs a reason");
    if (request.forMs > kLongestShelfMs)
        return bad("an alert can be shelved for 4 hours at most");
    if (request.forMs <= 0 && !request.untilClear)
        return bad("until when? shelving needs an end: a duration, or until it clears");
    for (const auto& shelf : m_shelves) {
        if (!shelf.endedMs && shelf.alert == request.alert && shelf.service == request.service)
            return Error{.message = shelf.what() + " is shelved already", .kind = ErrorKind::Conflict};
    }
    Shelf shelf;
    shelf.id = m_nextId++;
    shelf.alert = request.alert;
    shelf.service = request.service;
    shelf.actor = request.actor;
    shelf.reason = request.reason;
    shelf.createdMs = now;
    shelf.untilClear = request.untilClear;
    shelf.untilMs = now + (request.forMs > 0 ? request.forMs : kLongestShelfMs);
    m_shelves.push_back(shelf);
    std::erase_if(m_shelves, [&](const Shelf& old) { return old.endedMs && now - *old.endedMs > kKeptMs; });
    return shelf;
}

Result<Shelf> ShelfBook::end(std::int64_t id, std::string_view actor, std::int64_t now)
{
    const auto found = std::ranges::find(m_shelves, id, &Shelf::id);
    if (found == m_shelves.end())
        return Error{.message = "nothing is shelved under number " + std::to_string(id), .kind = ErrorKind::NotFound};
    if (found->endedMs)
        return Error{.message = found->what() + " came back already", .kind = ErrorKind::Conflict};
    found->endedMs = std::max(now, found->createdMs);
    found->endedBy = actor;
    found->firing = 0;
    return *found;
}

bool ShelfBook::holds(const IncidentSignal& signal, std::int64_t now) const
{
    return signal.kind != "override" && std::ranges::any_of(m_shelves, [&](const Shelf& shelf) {
               return !shelf.endedMs && now < shelf.untilMs && shelf.holds(signal);
           });
}

Shelf* ShelfBook::holding(const IncidentSignal& signal, std::int64_t now)
{
    if (signal.kind == "override")
        return nullptr;
    for (auto& shelf : m_shelves) {
        if (!shelf.endedMs && now < shelf.untilMs && shelf.holds(signal))
            return &shelf;
    }
    return nullptr;
}

std::vector<ShelfBook::Change> ShelfBook::advance(std::int64_t now)
{
    std::vector<Change> out;
    for (auto& shelf : m_shelves) {
        if (shelf.endedMs)
            continue;
        const bool cleared = shelf.untilClear && shelf.seenFiring && shelf.firing == 0;
        if (now >= shelf.untilMs || cleared) {
            shelf.endedMs = std::max(now, shelf.createdMs);
            shelf.firing = 0;
            out.push_back({shelf, cleared ? shelf.what() + " cleared and is no longer shelved"
                                          : shelf.what() + " is back: its shelving ended"});
        } else if (!shelf.noticed && shelf.untilMs - now <= kShelfNoticeMs
                   && shelf.untilMs - shelf.createdMs > kShelfNoticeMs) {
            shelf.noticed = true;
            out.push_back({shelf, "Shelving of " + shelf.what() + " ends in 2 min"});
        }
    }
    return out;
}

bool ShelfBook::anyInForce() const
{
    return std::ranges::any_of(m_shelves, [](const Shelf& shelf) { return !shelf.endedMs; });
}

}  // namespace holdfast::incident
