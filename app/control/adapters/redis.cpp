#include "app/control/adapters/redis.h"

#include "app/control/adapters/adapter_settings.h"
#include "app/control/adapters/redis_client.h"
#include "app/control/adapters/shell_words.h"

#include <fnmatch.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::string_view kAbsent = "(no key)";  ///< the mode of a key that is not there
constexpr std::string_view kKeepsEnd = "until=";
constexpr std::size_t kLongestValue = 1024;
constexpr std::size_t kMostKeys = 10'000;

using Words = std::vector<std::string>;

std::int64_t wallMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

bool isPattern(std::string_view key)
{
    return key.find_first_of("*?[\\") != std::string_view::npos;
}

/// What is stored under a key.
struct Stored {
    std::optional<std::string> value;  ///< none: the key is absent
    std::int64_t endsMs = 0;           ///< expiry, ms since the epoch; 0: none

    /// Equal for equal values only; the expiry does not count.
    [[nodiscard]] std::string revision() const { return value ? "=" + *value : std::string("absent"); }
};

Stored storedFrom(const RedisReply& value, const RedisReply& ttl)
{
    Stored stored;
    if (value.type == RedisReply::Type::Text)
        stored.value = value.text;
    if (ttl.type == RedisReply::Type::Integer && ttl.integer > 0)
        stored.endsMs = wallMs() + ttl.integer;
    return stored;
}

class RedisAdapter final : public Adapter {
public:
    struct Settings {
        std::vector<std::string> keys;
        bool flags = true;
        std::string on = "on", off = "off";
        bool absentMeansOn = false;
        bool onTakesAway = true;
        std::string flagKind, effect, user, service;
        int database = 0;
    };
    explicit RedisAdapter(Settings settings)
        : m_settings(std::move(settings)), m_native(makeShape(true)), m_kept(makeShape(false))
    {
    }

    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override
    {
        HF_TRY(RedisClient client, connect(endpoint, endpoint.readToken));
        Listing listing;
        listing.service = serviceOf(endpoint);
        describeServer(client, listing);
        HF_TRY(const std::set<std::string> names, keysOf(client, listing.warnings));
        Words get{"MGET"};
        std::vector<Words> ask;
        for (const std::string& name : names) {
            get.push_back(name);
            ask.push_back({"PTTL", name});
        }
        if (names.empty())
            return listing;
        ask.push_back(std::move(get));
        HF_TRY(const auto answers, client.pipeline(ask));
        const RedisReply& values = answers.back();
        if (values.type != RedisReply::Type::List || values.items.size() != names.size())
            return Error{endpoint.url + ": MGET was answered with "
                             + (values.text.empty() ? "nothing of use" : values.text),
                         values.text.starts_with("NO") ? ErrorKind::Denied : ErrorKind::Failed};
        std::size_t i = 0;
        for (const std::string& name : names) {
            listing.readings.push_back(readingFrom(endpoint, name, storedFrom(values.items[i], answers[i])));
            ++i;
        }
        return listing;
    }

    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override
    {
        if (!declared(key))
            return Error{"the group declares no key \"" + key.name + "\"", ErrorKind::NotFound};
        HF_TRY(RedisClient client, connect(endpoint, endpoint.readToken));
        HF_TRY(const Stored stored, look(client, key.name).in(endpoint.url));
        return readingFrom(endpoint, key.name, stored);
    }

    [[nodiscard]] std::string describe(const Endpoint& endpoint, const Change& change) const override
    {
        std::string to = "redis-cli";
        if (const auto address = socketAddress(endpoint.url); address.ok())
            to += address->path.empty() ? " -h " + address->host + " -p " + address->port
                                        : " -s " + shellQuoted(address->path);
        if (m_settings.database != 0)
            to += " -n " + std::to_string(m_settings.database);
        if (!endpoint.actToken.empty())
            to += (m_settings.user.empty() ? "" : " --user " + shellQuoted(m_settings.user)) + " -a ***";
        Stored before;
        if (change.before && change.before->mode != kAbsent)
            before = {.value = textOf(change.before->mode), .endsMs = change.before->holdEndsMs};
        for (const std::string& word : commandFor(change, before))
            to += " " + shellQuoted(word);
        return to;
    }

    [[nodiscard]] Receipt apply(const Endpoint& endpoint, const Change& change) const override
    {
        const std::int64_t start = wallMs();
        Receipt receipt = attempt(endpoint, change);
        receipt.latencyMs = wallMs() - start;
        return receipt;
    }

    [[nodiscard]] ControlShapePtr shape(const Reading& reading) const override
    {
        return reading.mode == kAbsent || reading.holdEndsMs > 0 ? m_native : m_kept;
    }

    [[nodiscard]] std::vector<Reading> examples() const override
    {
        return {readingFrom({}, "NAME", {}), readingFrom({}, "NAME", {.value = m_settings.off, .endsMs = 0})};
    }

    [[nodiscard]] bool fulfils(const Change& change, const Reading& after) const override
    {
        return after.mode == change.mode;
    }

    [[nodiscard]] std::string urlFor(const std::string& address, const std::string& /*path*/) const override
    {
        const auto read = socketAddress(address);
        return read.ok() ? read->text() : address;
    }

private:
    [[nodiscard]] ControlShapePtr makeShape(bool native) const
    {
        ControlShape shape;
        shape.nativeHold = native;
        if (!m_settings.flags) {
            shape.mostText = kLongestValue;
            return std::make_shared<const ControlShape>(std::move(shape));
        }
        const StateInfo on{"on", "ON", m_settings.onTakesAway ? Meaning::Reduced : Meaning::Normal, false};
        const StateInfo off{"off", "OFF", m_settings.onTakesAway ? Meaning::Normal : Meaning::Reduced, false};
        shape.states = m_settings.onTakesAway ? std::vector{off, on} : std::vector{on, off};
        shape.options = {{"on", "Switch on"}, {"off", "Switch off"}};
        return std::make_shared<const ControlShape>(std::move(shape));
    }

    [[nodiscard]] Kind kind() const { return m_settings.flags ? Kind::Flag : Kind::Value; }

    [[nodiscard]] bool declared(const ControlKey& key) const
    {
        return key.kind == kind() && std::ranges::any_of(m_settings.keys, [&](const std::string& allowed) {
                   return isPattern(allowed) ? fnmatch(allowed.c_str(), key.name.c_str(), 0) == 0 : allowed == key.name;
               });
    }

    [[nodiscard]] std::string serviceOf(const Endpoint& endpoint) const
    {
        if (!m_settings.service.empty())
            return m_settings.service;
        return endpoint.job.empty() ? "redis" : endpoint.job;
    }

    [[nodiscard]] std::string textOf(const std::string& mode) const
    {
        if (!m_settings.flags)
            return mode;
        return mode == "on" ? m_settings.on : mode == "off" ? m_settings.off : mode;
    }

    [[nodiscard]] std::string modeOf(const Stored& stored) const
    {
        if (!stored.value)
            return std::string(kAbsent);
        if (!m_settings.flags)
            return *stored.value;
        return *stored.value == m_settings.on ? "on" : *stored.value == m_settings.off ? "off" : *stored.value;
    }

    [[nodiscard]] Reading readingFrom(const Endpoint& endpoint, const std::string& name, const Stored& stored) const
    {
        Reading reading;
        reading.key = {kind(), name};
        reading.service = serviceOf(endpoint);
        reading.revision = stored.revision();
        if (stored.value && stored.value->size() > kLongestValue) {
            reading.mode = "(" + std::to_string(stored.value->size()) + " bytes)";
            reading.revision.clear();
            reading.locked = "Its value has " + std::to_string(stored.value->size())
                             + " bytes; one of more than 1024 is not taken for a switch.";
            return reading;
        }
        reading.mode = modeOf(stored);
        if (reading.mode.empty())
            reading.locked = "Its value is empty, which could not be put back.";
        reading.holdEndsMs = stored.endsMs;
        if (stored.endsMs > 0)
            reading.keep = std::string(kKeepsEnd) + std::to_string(stored.endsMs);
        if (m_settings.flags) {
            reading.flagKind = m_settings.flagKind;
            reading.effect = m_settings.effect;
            if (!stored.value)
                reading.state = m_settings.absentMeansOn ? "on" : "off";
            else if (reading.mode == "on" || reading.mode == "off")
                reading.state = reading.mode;
        } else {
            reading.state = reading.mode;
        }
        return reading;
    }

    [[nodiscard]] Result<RedisClient> connect(const Endpoint& endpoint, const std::string& password) const
    {
        HF_TRY(const SocketAddress address, socketAddress(endpoint.url));
        return RedisClient::connect(address,
                                    {.user = m_settings.user, .password = password, .database = m_settings.database},
                                    endpoint.timeoutMs);
    }

    static Result<Stored> look(RedisClient& client, const std::string& name)
    {
        HF_TRY(const RedisReply value, client.command({"GET", name}));
        HF_TRY(const RedisReply ttl, client.command({"PTTL", name}));
        return storedFrom(value, ttl);
    }

    /// Version and start; neither is needed, and a user may lack the right to ask.
    static void describeServer(RedisClient& client, Listing& listing)
    {
        const auto info = client.command({"INFO", "server"});
        if (!info.ok())
            return;
        const auto field = [&info](std::string_view name) {
            const auto at = info->text.find("\n" + std::string(name) + ":");
            if (at == std::string::npos)
                return std::string();
            const auto begin = at + name.size() + 2;
            return info->text.substr(begin, info->text.find_first_of("\r\n", begin) - begin);
        };
        const auto number = [&field](std::string_view name) {
            const std::string text = field(name);
            std::int64_t value = 0;
            std::from_chars(text.data(), text.data() + text.size(), value);
            return value;
        };
        listing.version = field("redis_version");
        // Both come of one cached clock, so that their difference is the same every time.
        constexpr std::int64_t usPerS = 1'000'000;
        if (const std::int64_t nowUs = number("server_time_usec"); nowUs > 0)
            listing.startedMs = (nowUs / usPerS - number("uptime_in_seconds")) * 1000;
    }

    /// Declared keys, and what is there under declared patterns.
    [[nodiscard]] Result<std::set<std::string>> keysOf(RedisClient& client, std::vector<std::string>& warnings) const
    {
        std::set<std::string> names;
        for (const std::string& key : m_settings.keys) {
            if (!isPattern(key)) {
                names.insert(key);
                continue;
            }
            std::string cursor = "0";
            do {
                HF_TRY(const RedisReply page, client.command({"SCAN", cursor, "MATCH", key, "COUNT", "1000"}));
                if (page.items.size() != 2 || page.items[1].type != RedisReply::Type::List)
                    return Error{"SCAN was answered with something else", ErrorKind::Failed};
                for (const RedisReply& item : page.items[1].items)
                    names.insert(item.text);
                cursor = page.items[0].text;
            } while (cursor != "0" && names.size() < kMostKeys);
            if (names.size() >= kMostKeys) {
                warnings.push_back("Pattern " + key + " has more than 10000 keys; the rest is not shown.");
                break;
            }
        }
        return names;
    }

    /// The one command that changes something.
    [[nodiscard]] Words commandFor(const Change& change, const Stored& before) const
    {
        if (change.mode == kAbsent)
            return {"DEL", change.key.name};
        Words words{"SET", change.key.name, textOf(change.mode)};
        // A plain SET would drop an expiry, so that one that was there is given again with what is put back.
        const bool endsByItself = !before.value || before.endsMs > 0;
        if (change.putsBack && change.keep.starts_with(kKeepsEnd)) {
            words.insert(words.end(), {"PXAT", change.keep.substr(kKeepsEnd.size())});
        } else if (!change.putsBack && change.ttlS > 0 && endsByItself) {
            words.insert(words.end(), {"EX", std::to_string(change.ttlS)});
        }
        return words;
    }

    [[nodiscard]] Receipt attempt(const Endpoint& endpoint, const Change& change) const
    {
        using Kind = Receipt::Kind;
        const auto receipt = [](Kind kind, std::string message) {
            return Receipt{.kind = kind, .status = 0, .message = std::move(message), .latencyMs = 0};
        };
        const auto failed = [&receipt](const Error& error) {
            if (error.kind == ErrorKind::Denied)
                return receipt(Kind::Denied, "Redis said: " + error.message);
            if (error.kind == ErrorKind::Failed)
                return receipt(Kind::Rejected, "Redis said: " + error.message);
            return receipt(Kind::Unreachable, "could not be reached: " + error.message);
        };
        if (!declared(change.key))
            return receipt(Kind::Rejected, "the group declares no key \"" + change.key.name + "\"");
        // Only what Holdfast itself had put there is taken away again.
        if (change.mode == kAbsent && !change.putsBack)
            return receipt(Kind::Rejected, "keys are not deleted");
        if (!change.putsBack && !m_kept->accepts(change.mode))
            return receipt(Kind::Rejected, "\"" + change.mode + "\" is nothing that can be asked for");
        if (textOf(change.mode).size() > kLongestValue)
            return receipt(Kind::Rejected, "a value has at most 1024 bytes");
        auto client = connect(endpoint, endpoint.actToken);
        if (!client.ok())
            return failed(client.error());
        if (const auto watched = client->command({"WATCH", change.key.name}); !watched.ok())
            return failed(watched.error());
        const auto stored = look(*client, change.key.name);
        if (!stored.ok())
            return failed(stored.error());
        if (!change.ifRevision.empty() && stored->revision() != change.ifRevision)
            return receipt(Kind::Conflict, "somebody else changed it: it is " + modeOf(*stored) + " now");
        if (const auto begun = client->command({"MULTI"}); !begun.ok())
            return failed(begun.error());
        // Refused when it is queued: nothing has been changed then, nor will be.
        if (const auto queued = client->command(commandFor(change, *stored)); !queued.ok())
            return failed(queued.error());
        const auto done = client->command({"EXEC"});
        if (!done.ok() && (done.error().kind == ErrorKind::Timeout || done.error().kind == ErrorKind::Unavailable))
            return receipt(done.error().kind == ErrorKind::Timeout ? Kind::Ambiguous : Kind::Unreachable,
                           "sent, but " + done.error().message);
        if (!done.ok())
            return failed(done.error());
        if (done->type != RedisReply::Type::List || done->items.empty())
            return receipt(Kind::Conflict, "somebody else changed it in the same moment");
        if (done->items.front().type == RedisReply::Type::Failure)
            return receipt(Kind::Rejected, "Redis said: " + done->items.front().text);
        return receipt(Kind::Accepted, "accepted");
    }

    const Settings m_settings;
    const ControlShapePtr m_native;  ///< of a key that Redis itself ends
    const ControlShapePtr m_kept;    ///< of one that the engine puts back
};

}  // namespace

Result<AdapterPtr> makeRedisAdapter(const config::ControlGroupConfig& group)
{
    AdapterSettings settings(group);
    RedisAdapter::Settings taken;
    taken.keys = settings.list("keys");
    taken.flags = settings.oneOf("kind", {"flag", "value"}) == "flag";
    taken.on = settings.text("on", taken.on);
    taken.off = settings.text("off", taken.off);
    taken.absentMeansOn = settings.oneOf("absent", {"off", "on"}) == "on";
    taken.flagKind = settings.oneOf("flag_kind", {"degradation", "feature"});
    taken.onTakesAway = taken.flagKind == "degradation";
    taken.effect = settings.text("effect");
    taken.user = settings.text("user");
    taken.service = settings.text("service");
    taken.database = static_cast<int>(settings.number("database", 0, 0, 65'535));
    if (taken.keys.empty())
        settings.complain("keys", "expected the keys that may be acted on, like \"flag:*\"");
    if (std::ranges::find(taken.keys, "*") != taken.keys.end())
        settings.complain("keys", "\"*\" would offer every key of the database; name a prefix");
    if (taken.on == taken.off)
        settings.complain("on", "on and off are the same text");
    if (!group.jobRegex.empty())
        settings.complain("keys", "an exporter's address is not Redis's: give endpoints instead of jobs");
    for (const std::string& fixed : group.endpoints)
        if (const auto address = socketAddress(fixed); !address.ok())
            settings.complain("endpoints", address.error().message);
    HF_CHECK(settings.finish());
    return AdapterPtr(std::make_shared<RedisAdapter>(std::move(taken)));
}

}  // namespace holdfast::control
