#include "app/control/adapters/preset_visit.h"

#include "app/control/adapters/preset_judge.h"
#include "app/control/adapters/preset_reading.h"
#include "app/control/fan_out.h"

#include <algorithm>
#include <utility>

namespace holdfast::control {

namespace {

using nlohmann::json;

constexpr std::uint64_t kMostListed = 20'000;  // controls of one list; a guess at what a person can look at

std::int64_t timeOf(const Preset& preset, const Endpoint& endpoint)
{
    return preset.timeoutMs > 0 ? std::min(preset.timeoutMs, endpoint.timeoutMs) : endpoint.timeoutMs;
}

}  // namespace

PresetVisit::PresetVisit(PresetContext context, const Endpoint& endpoint)
    : m_context(std::move(context)),
      m_endpoint(endpoint),
      m_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(timeOf(m_context.preset, endpoint)))
{
}

/// Sends within the time that is left, and not at all when there is none.
HttpAnswer PresetVisit::send(HttpRequest request) const
{
    using namespace std::chrono;
    request.timeoutMs = duration_cast<milliseconds>(m_deadline - steady_clock::now()).count();
    if (request.timeoutMs <= 0) {
        HttpAnswer late;
        late.error = "the time for this call was over before it could be sent";
        return late;
    }
    return sendOnce(request);
}

PresetVisit::Answer PresetVisit::fetch(const PresetRequest& request, const std::string& token,
                                       const PresetValues& values) const
{
    HF_TRY(const HttpRequest made, buildRequest(m_context.preset, request, m_endpoint.url, token, values));
    const HttpAnswer answer = send(made);
    const std::string where = m_context.clean(made.method + " " + made.url);
    if (answer.outcome != HttpAnswer::Outcome::Answered)
        return Error{where + ": " + answer.error, ErrorKind::Unavailable};
    PresetReply reply = replyOf(answer, request);
    const std::string trouble = m_context.clean(troubleOf(reply.body));
    const std::string words =
        where + " answered " + std::to_string(answer.status) + (trouble.empty() ? "" : ": " + trouble);
    if (answer.status == 401 || answer.status == 403)
        return Error{words, ErrorKind::Denied};
    if (answer.status == 404)
        return Error{words, ErrorKind::NotFound};
    if (answer.status < 200 || answer.status > 299)
        return Error{words, answer.status >= 500 ? ErrorKind::Unavailable : ErrorKind::Failed};
    return reply;
}

Result<Reading> PresetVisit::readFrom(const PresetSource& source, const std::string& name,
                                      const std::string& token) const
{
    const PresetValues values = m_context.named(name);
    const bool shared = m_sharedRead && &source == &*m_context.preset.read;
    std::optional<Answer> own;
    if (!shared)
        own.emplace(fetch(source.request, token, values));
    const Answer& answer = shared ? *m_sharedRead : *own;
    if (!answer.ok())
        return answer.error();
    const PresetReply& reply = *answer;
    for (const auto& [key, here] : source.each.every(reply.body, values)) {
        if (!allHold(source.item.where, reply, *here, key, values))
            continue;
        if (source.item.name && fieldText(*source.item.name, reply, *here, key, values) != name)
            continue;
        std::optional<std::string> raw;
        if (source.item.value)
            raw = fieldText(*source.item.value, reply, *here, key, values);
        if (!raw && source.absent)
            raw = source.absent;
        return readingOf(m_context, source.item, name, reply, *here, key, raw);
    }
    if (source.absent)
        return readingOf(m_context, source.item, name, reply, json(), {}, source.absent);
    return Error{m_endpoint.instance + " does not list \"" + name + "\"", ErrorKind::NotFound};
}

/// Takes the items of one answer in; how many there were, whether taken or not.
std::size_t PresetVisit::takeNames(const PresetSource& source, const PresetReply& reply, std::set<std::string>& found,
                                   std::vector<Reading>* readings) const
{
    const auto items = source.each.every(reply.body, m_context.values);
    for (const auto& [key, here] : items) {
        if (!allHold(source.item.where, reply, *here, key, m_context.values))
            continue;
        const auto name = fieldText(*source.item.name, reply, *here, key, m_context.values);
        if (!name || name->empty() || !found.insert(*name).second || readings == nullptr)
            continue;
        if (source.item.value) {
            readings->push_back(readingOf(m_context, source.item, *name, reply, *here, key,
                                          fieldText(*source.item.value, reply, *here, key, m_context.named(*name))));
            continue;
        }
        Reading only;
        only.key = {m_context.preset.kind, *name};
        only.flagKind = m_context.preset.flagKind;
        if (source.item.about)
            only.effect =
                oneLine(fieldText(*source.item.about, reply, *here, key, m_context.named(*name)).value_or(""));
        readings->push_back(std::move(only));
    }
    return items.size();
}

/// The names that are listed; with `readings` also what the lists themselves tell of them.
Result<std::set<std::string>> PresetVisit::names(std::vector<Reading>* readings)
{
    std::set<std::string> found;
    for (const PresetSource& source : m_context.preset.lists)
        for (std::uint64_t offset = 0; offset < kMostListed; offset += source.pageSize) {
            m_context.values.texts["offset"] = std::to_string(offset);
            const auto answer = fetch(source.request, m_endpoint.readToken, m_context.values);
            if (!answer.ok() && answer.error().kind == ErrorKind::NotFound && source.noneIs404)
                break;
            if (!answer.ok())
                return answer.error();
            const std::size_t items = takeNames(source, *answer, found, readings);
            if (source.pageSize == 0 || items < source.pageSize)
                break;
        }
    return found;
}

Result<std::vector<Reading>> PresetVisit::listAll()
{
    constexpr std::size_t kAtOnce = 8;
    std::vector<Reading> readings;
    HF_TRY(const auto found, names(&readings));
    (void)found;
    const bool listTells =
        std::ranges::any_of(m_context.preset.lists, [](const auto& list) { return list.item.value.has_value(); });
    if (listTells || !m_context.preset.read)
        return readings;
    if (!m_context.preset.read->request.url.uses("name") && !m_context.preset.read->request.json
        && !m_context.preset.read->request.text)
        m_sharedRead.emplace(fetch(m_context.preset.read->request, m_endpoint.readToken, m_context.values));
    fanOut(readings.size(), m_sharedRead ? 1 : kAtOnce, [&](std::size_t i) {
        Reading& listed = readings[i];
        auto reading = readFrom(*m_context.preset.read, listed.key.name, m_endpoint.readToken);
        if (!reading.ok()) {
            listed.locked = "It is listed but cannot be read: " + reading.error().message;
            return;
        }
        if (reading->effect.empty())
            reading->effect = listed.effect;
        listed = std::move(*reading);
    });
    return readings;
}

Result<Reading> PresetVisit::readOne(const std::string& name)
{
    // A read of something absent may look like a read of something at rest: then only the list tells what there is.
    const bool proves = m_context.preset.read && !m_context.preset.read->absent;
    if (proves)
        return readFrom(*m_context.preset.read, name, m_endpoint.readToken);
    std::vector<Reading> readings;
    HF_TRY(const auto found, names(&readings));
    if (!found.contains(name))
        return Error{m_endpoint.instance + " does not list \"" + name + "\"", ErrorKind::NotFound};
    if (m_context.preset.read)
        return readFrom(*m_context.preset.read, name, m_endpoint.readToken);
    const auto reading = std::ranges::find_if(readings, [&](const Reading& one) { return one.key.name == name; });
    return std::move(*reading);
}

/// One step before the change; the receipt when the act ends with it.
std::optional<Receipt> PresetVisit::prepare(const PresetAct& act, const PresetStep& step, PresetValues& values) const
{
    const auto request = buildRequest(m_context.preset, step.request, m_endpoint.url, m_endpoint.actToken, values);
    if (!request.ok())
        return refusal(m_context, request.error());
    const HttpAnswer answer = send(*request);
    if (answer.outcome == HttpAnswer::Outcome::Ambiguous && step.request.method != "GET")
        return judged(m_context, act, answer, step.request, values);
    if (answer.outcome != HttpAnswer::Outcome::Answered)
        return refusal(m_context, {"the preparation failed: " + answer.error, ErrorKind::Unavailable});
    const PresetReply reply = replyOf(answer, step.request);
    if (answer.status < 200 || answer.status > 299) {
        const bool denied = answer.status == 401 || answer.status == 403;
        return refusal(m_context, {"the preparation was answered " + std::to_string(answer.status) + " "
                                       + troubleOf(reply.body) + (denied ? " – see the token to act with" : ""),
                                   denied ? ErrorKind::Denied : ErrorKind::Failed});
    }
    for (const auto& [name, pointer] : step.captures) {
        const json* const found = pointer.find(reply.body, reply.body, values);
        if (found == nullptr)
            return refusal(m_context,
                           {"the preparation's answer lacks what is called \"" + name + "\"", ErrorKind::Failed});
        values.captures[name] = *found;
    }
    return std::nullopt;
}

Receipt PresetVisit::perform(const PresetAct& act, PresetValues values) const
{
    for (const PresetStep& step : act.first)
        if (auto ended = prepare(act, step, values))
            return std::move(*ended);
    const auto request = buildRequest(m_context.preset, act.request, m_endpoint.url, m_endpoint.actToken, values);
    if (!request.ok())
        return refusal(m_context, request.error());
    return judged(m_context, act, send(*request), act.request, values);
}

}  // namespace holdfast::control
