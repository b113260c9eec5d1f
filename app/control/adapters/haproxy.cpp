#include "app/control/adapters/haproxy.h"

#include "app/control/adapters/adapter_settings.h"
#include "app/control/adapters/haproxy_socket.h"
#include "app/control/adapters/haproxy_state.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

using namespace haproxy_admin;

constexpr std::string_view kWeight = ":weight";
constexpr std::string_view kMaxconn = ":maxconn";
constexpr double kMostWeight = 256;         // HAProxy's SRV_UWGHT_MAX
constexpr double kMostMaxconn = 1'000'000;  // guessed: more than one process has descriptors for

/// What a server does, in the words of serverShape(). Administration is told apart from what its checks say.
std::string stateOf(const HaproxyServer& server)
{
    if ((server.admin & (kForcedMaint | kInheritedMaint | kConfigMaint)) != 0)
        return "maint";
    if ((server.admin & kNoAddress) != 0)
        return "no_address";
    if ((server.admin & (kForcedDrain | kInheritedDrain)) != 0)
        return "drain";
    switch (server.operational) {
    case 1: return "starting";
    case 2: return "up";
    case 3: return "stopping";
    default: return "down";
    }
}

/// What was asked of it over the socket.
std::string modeOf(const HaproxyServer& server)
{
    if ((server.admin & kForcedMaint) != 0)
        return "maint";
    return (server.admin & kForcedDrain) != 0 ? "drain" : "ready";
}

ControlShapePtr serverShape()
{
    static const ControlShapePtr made = [] {
        ControlShape shape;
        shape.states = {{"up", "UP – taking traffic", Meaning::Normal, false},
                        {"starting", "STARTING – slow start", Meaning::Trying, false},
                        {"stopping", "STOPPING – checks fail, finishing", Meaning::Reduced, false},
                        {"drain", "DRAIN – no new sessions", Meaning::Reduced, true},
                        {"no_address", "NO ADDRESS – name does not resolve", Meaning::Rejecting, false},
                        {"down", "DOWN – checks fail", Meaning::Rejecting, false},
                        {"maint", "MAINT – out of traffic", Meaning::Rejecting, true}};
        shape.options = {{"maint", "Take out of traffic"}, {"drain", "Drain"}, {"ready", "Put back"}};
        shape.resting = "ready";
        shape.lostOnRestart = true;
        return std::make_shared<const ControlShape>(std::move(shape));
    }();
    return made;
}

ControlShapePtr limitShape(bool weight)
{
    static const auto make = [](bool isWeight) {
        ControlShape shape;
        shape.lostOnRestart = true;
        if (isWeight) {
            shape.number = NumberRange{.least = 0, .most = kMostWeight, .whole = true, .unit = {}};
            shape.states = {{"0", "NO NEW SESSIONS – weight 0", Meaning::Reduced, true}};
            shape.options = {{"0", "No new sessions"}};
        } else {
            // 0 would take the limit away, the opposite of what a person lowering a number means: it has its own name.
            shape.number = NumberRange{.least = 1, .most = kMostMaxconn, .whole = true, .unit = "connections"};
            shape.states = {{"0", "NO LIMIT", Meaning::Normal, false}};
            shape.options = {{"0", "No limit"}};
        }
        return std::make_shared<const ControlShape>(std::move(shape));
    };
    static const ControlShapePtr weights = make(true);
    static const ControlShapePtr maxconns = make(false);
    return weight ? weights : maxconns;
}

/// A name that can stand in a command: HAProxy allows letters, digits, "-", "_", "." and ":" in names.
bool plainName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
               || c == '.' || c == ':';
    });
}

/// The server that a control is about.
struct Subject {
    std::string backend;
    std::string server;
    std::string_view limit;  ///< kWeight, kMaxconn or empty
};

Result<Subject> subjectOf(const ControlKey& key)
{
    Subject subject;
    std::string_view name = key.name;
    for (const std::string_view limit : {kWeight, kMaxconn})
        if (key.kind == Kind::Limit && name.ends_with(limit)) {
            subject.limit = limit;
            name.remove_suffix(limit.size());
        }
    const auto slash = name.find('/');
    if (slash != std::string_view::npos) {
        subject.backend = name.substr(0, slash);
        subject.server = name.substr(slash + 1);
    }
    const bool known = key.kind == Kind::Server || (key.kind == Kind::Limit && !subject.limit.empty());
    if (!known || !plainName(subject.backend) || !plainName(subject.server))
        return Error{"HAProxy lists no " + std::string(word(key.kind)) + " \"" + key.name + "\"", ErrorKind::NotFound};
    return subject;
}

std::string commandFor(const Subject& subject, const std::string& mode)
{
    const std::string server = subject.backend + "/" + subject.server;
    if (subject.limit == kWeight)
        return "set server " + server + " weight " + mode;
    if (subject.limit == kMaxconn)
        return "set maxconn server " + server + " " + mode;
    return "set server " + server + " state " + mode;
}

class HaproxyAdapter final : public Adapter {
public:
    struct Settings {
        std::int64_t port = 0, actPort = 0;
        std::string socket, actSocket;
        std::vector<std::string> backends;
        bool limits = true;
        std::string service;
        std::string metrics;
    };
    explicit HaproxyAdapter(Settings settings) : m_settings(std::move(settings)) {}

    [[nodiscard]] Result<Listing> list(const Endpoint& endpoint) const override
    {
        HF_TRY(const HaproxyProcess process, ask(endpoint, haproxyQuery()));
        Listing listing{.service = serviceOf(endpoint, {}),
                        .version = process.version,
                        .startedMs = process.startedMs,
                        .readings = {},
                        .warnings = {}};
        if (!mayAct(process))
            listing.warnings.push_back(lockOf(process));
        for (const HaproxyServer& server : process.servers)
            if (wanted(server.backend))
                addReadings(endpoint, process, server, listing.readings);
        return listing;
    }

    [[nodiscard]] Result<Reading> read(const Endpoint& endpoint, const ControlKey& key) const override
    {
        HF_TRY(const Subject subject, subjectOf(key));
        const Error unknown{"HAProxy lists no " + std::string(word(key.kind)) + " \"" + key.name + "\"",
                            ErrorKind::NotFound};
        if (!wanted(subject.backend))
            return unknown;
        const auto process = ask(endpoint, haproxyQuery(subject.backend));
        if (!process.ok() && process.error().message.find("find backend") != std::string::npos)
            return unknown;
        if (!process.ok())
            return process.error();
        std::vector<Reading> readings;
        for (const HaproxyServer& server : process->servers)
            if (server.backend == subject.backend && server.name == subject.server)
                addReadings(endpoint, *process, server, readings);
        const auto found = std::ranges::find(readings, key, &Reading::key);
        if (found == readings.end())
            return unknown;
        return std::move(*found);
    }

    [[nodiscard]] std::string describe(const Endpoint& endpoint, const Change& change) const override
    {
        const auto address = actAddress(endpoint);
        std::string to = address.ok() ? address->text() : endpoint.url;
        std::ranges::replace(to, ' ', '_');
        const auto subject = subjectOf(change.key);
        const std::string command =
            commandFor(subject.ok() ? *subject : Subject{change.key.name, change.key.name, {}}, change.mode);
        const std::string socat = to.starts_with("unix:")  ? "UNIX-CONNECT:" + to.substr(5)
                                  : to.starts_with("tcp:") ? "TCP:" + to.substr(4)
                                                           : to;
        return "echo \"" + command + "\" | socat - " + socat;
    }

    [[nodiscard]] Receipt apply(const Endpoint& endpoint, const Change& change) const override
    {
        const auto subject = subjectOf(change.key);
        if (!subject.ok())
            return {.kind = Receipt::Kind::Rejected, .status = 0, .message = subject.error().message, .latencyMs = 0};
        if (!shapeOf(change.key)->accepts(change.mode))
            return {.kind = Receipt::Kind::Rejected,
                    .status = 0,
                    .message = "\"" + change.mode + "\" is nothing that can be asked for",
                    .latencyMs = 0};
        const auto address = actAddress(endpoint);
        if (!address.ok())
            return {
                .kind = Receipt::Kind::Unreachable, .status = 0, .message = address.error().message, .latencyMs = 0};
        const SocketAnswer answer =
            askSocket(*address, "set severity-output number;" + commandFor(*subject, change.mode), endpoint.timeoutMs);
        return receiptFrom(answer);
    }

    [[nodiscard]] ControlShapePtr shape(const Reading& reading) const override { return shapeOf(reading.key); }

    [[nodiscard]] std::vector<Reading> examples() const override
    {
        HaproxyServer server;
        server.backend = "BACKEND";
        server.name = "NAME";
        server.operational = 2;
        server.weight = 1;
        std::vector<Reading> readings;
        addReadings({}, {.version = {}, .level = "admin", .startedMs = 0, .servers = {}}, server, readings);
        return readings;
    }

    /// "unix:…" or "tcp:host:port"; empty where the settings do not tell.
    [[nodiscard]] std::string urlFor(const std::string& address, const std::string& /*path*/) const override
    {
        const auto scheme = address.find("://");
        if (scheme == std::string::npos) {
            const auto fixed = socketAddress(address);
            return fixed.ok() ? fixed->text() : address;
        }
        if (!m_settings.socket.empty())
            return "unix:" + m_settings.socket;
        if (m_settings.port == 0)
            return {};
        return "tcp:" + hostOf(address) + ":" + std::to_string(m_settings.port);
    }

private:
    static ControlShapePtr shapeOf(const ControlKey& key)
    {
        return key.kind == Kind::Server ? serverShape() : limitShape(key.name.ends_with(kWeight));
    }

    static Receipt receiptFrom(const SocketAnswer& answer)
    {
        Receipt receipt{
            .kind = Receipt::Kind::Accepted, .status = 0, .message = "accepted", .latencyMs = answer.latencyMs};
        if (answer.outcome == SocketAnswer::Outcome::NotSent) {
            receipt.kind = Receipt::Kind::Unreachable;
            receipt.message = "could not be reached: " + answer.error;
        } else if (answer.outcome == SocketAnswer::Outcome::Ambiguous) {
            receipt.kind = Receipt::Kind::Ambiguous;
            receipt.message = "sent, but no whole answer came: " + answer.error;
        } else if (answer.text.empty()) {
            // Even success is an empty line: a process that closed at once said nothing.
            receipt.kind = Receipt::Kind::Ambiguous;
            receipt.message = "the connection was closed without an answer";
        } else if (const auto complaint = haproxyComplaint(answer.text)) {
            receipt.kind = complaint->denied() ? Receipt::Kind::Denied : Receipt::Kind::Rejected;
            receipt.message = "HAProxy said: " + complaint->text;
            if (complaint->denied())
                receipt.message += " (the socket needs \"level admin\")";
        }
        return receipt;
    }

    /// Host of a URL, with the brackets of IPv6.
    static std::string hostOf(std::string_view url)
    {
        if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
            url.remove_prefix(scheme + 3);
        url = url.substr(0, url.find('/'));
        if (url.starts_with("["))
            return std::string(url.substr(0, url.find(']') + 1));
        return std::string(url.substr(0, url.rfind(':')));
    }

    static Result<SocketAddress> addressOf(const Endpoint& endpoint)
    {
        if (endpoint.url.empty())
            return Error{"where the runtime socket of " + endpoint.instance
                             + " is, is not known: the group needs the setting port or socket",
                         ErrorKind::BadInput};
        return socketAddress(endpoint.url);
    }

    [[nodiscard]] Result<SocketAddress> actAddress(const Endpoint& endpoint) const
    {
        if (!m_settings.actSocket.empty())
            return SocketAddress{.path = m_settings.actSocket, .host = {}, .port = {}};
        HF_TRY(SocketAddress address, addressOf(endpoint));
        if (m_settings.actPort != 0 && address.path.empty())
            address.port = std::to_string(m_settings.actPort);
        return address;
    }

    [[nodiscard]] bool actsElsewhere() const { return m_settings.actPort != 0 || !m_settings.actSocket.empty(); }

    [[nodiscard]] Result<HaproxyProcess> ask(const Endpoint& endpoint, const std::string& query) const
    {
        HF_TRY(const SocketAddress address, addressOf(endpoint));
        const SocketAnswer answer = askSocket(address, query, endpoint.timeoutMs);
        if (answer.outcome != SocketAnswer::Outcome::Answered)
            return Error{answer.error, ErrorKind::Unavailable};
        auto process = parseHaproxy(answer.text);
        if (!process.ok())
            return std::move(process).in(address.text());
        return process;
    }

    [[nodiscard]] bool wanted(const std::string& backend) const
    {
        return m_settings.backends.empty()
               || std::ranges::find(m_settings.backends, backend) != m_settings.backends.end();
    }

    [[nodiscard]] std::string serviceOf(const Endpoint& endpoint, const std::string& backend) const
    {
        if (m_settings.service == "backend")
            return backend.empty() ? "haproxy" : backend;
        if (!m_settings.service.empty())
            return m_settings.service;
        return endpoint.job.empty() ? "haproxy" : endpoint.job;
    }

    /// A level that is not told is an old HAProxy's; what it may do shows when it is asked.
    [[nodiscard]] bool mayAct(const HaproxyProcess& process) const
    {
        return actsElsewhere() || process.level.empty() || process.level == "admin";
    }

    static std::string lockOf(const HaproxyProcess& process)
    {
        return "The runtime socket has level " + process.level + "; acting needs level admin.";
    }

    /// Label matchers of this process's series; empty: they are not known.
    [[nodiscard]] std::string matchers(const Endpoint& endpoint) const
    {
        if (!m_settings.metrics.empty())
            return m_settings.metrics;
        if (endpoint.job.empty())
            return {};
        return "job=\"" + endpoint.job + "\",instance=\"" + endpoint.instance + "\"";
    }

    [[nodiscard]] std::string metricExpr(const Endpoint& endpoint, const HaproxyServer& server,
                                         const std::string& state) const
    {
        const std::string which = matchers(endpoint);
        if (which.empty())
            return {};
        const std::string labels = "{" + which + ",proxy=\"" + server.backend + "\",server=\"" + server.name + "\"";
        // Without checks HAProxy shows no operational state but UP; the words of haproxy_server_status are its own.
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kStates{
            {{"maint", "MAINT"}, {"no_address", "MAINT"}, {"drain", "DRAIN"}, {"up", "UP"}, {"down", "DOWN"}}};
        const auto* const found =
            std::ranges::find(kStates, state, &std::pair<std::string_view, std::string_view>::first);
        if (found == kStates.end())
            return {};
        return "haproxy_server_status" + labels + ",state=\"" + std::string(found->second) + "\"}";
    }

    void addReadings(const Endpoint& endpoint, const HaproxyProcess& process, const HaproxyServer& server,
                     std::vector<Reading>& out) const
    {
        Reading reading;
        reading.key = {Kind::Server, server.backend + "/" + server.name};
        reading.service = serviceOf(endpoint, server.backend);
        reading.callee = server.name;
        reading.mode = modeOf(server);
        reading.state = stateOf(server);
        if (!mayAct(process))
            reading.locked = lockOf(process);
        if ((server.admin & kForcedDrain) != 0 || server.admin == 0)
            reading.computed = server.operational == 2 ? "up" : server.operational == 0 ? "down" : "";
        reading.metricExpr = metricExpr(endpoint, server, reading.state);
        const std::string serverState = reading.state;
        const std::string matching = matchers(endpoint);
        const std::string labels = "{" + matching + ",proxy=\"" + server.backend + "\",server=\"" + server.name + "\"}";
        out.push_back(reading);
        if (!m_settings.limits)
            return;
        reading.computed.clear();
        reading.key = {Kind::Limit, server.backend + "/" + server.name + std::string(kWeight)};
        reading.mode = reading.state = std::to_string(server.weight);
        // Slow start lowers what the exporter shows, and a server out of traffic has none.
        reading.metricExpr.clear();
        if (!matching.empty() && serverState == "up")
            reading.metricExpr = "haproxy_server_weight" + labels + " == bool " + reading.mode;
        out.push_back(reading);
        reading.key = {Kind::Limit, server.backend + "/" + server.name + std::string(kMaxconn)};
        reading.metricExpr.clear();
        reading.mode = reading.state = std::to_string(server.maxconn);
        if (!matching.empty() && server.maxconn > 0)
            reading.metricExpr = "haproxy_server_limit_sessions" + labels + " == bool " + reading.mode;
        out.push_back(std::move(reading));
    }

    const Settings m_settings;
};

}  // namespace

Result<AdapterPtr> makeHaproxyAdapter(const config::ControlGroupConfig& group)
{
    AdapterSettings settings(group);
    HaproxyAdapter::Settings taken;
    taken.port = settings.number("port", 0, 1, 65'535);
    taken.actPort = settings.number("act_port", 0, 1, 65'535);
    taken.socket = settings.text("socket");
    taken.actSocket = settings.text("act_socket");
    taken.backends = settings.list("backends");
    taken.limits = settings.oneOf("limits", {"yes", "no"}) == "yes";
    taken.service = settings.text("service");
    taken.metrics = settings.text("metrics");
    for (const std::string& path : {taken.socket, taken.actSocket})
        if (!path.empty() && !path.starts_with("/"))
            settings.complain("socket", "expected an absolute path, found \"" + path + "\"");
    if (!group.jobRegex.empty() && taken.port == 0 && taken.socket.empty())
        settings.complain("port", "a group of jobs needs the runtime socket's port, or socket with its path");
    for (const std::string& fixed : group.endpoints)
        if (const auto address = socketAddress(fixed); !address.ok())
            settings.complain("endpoints", address.error().message);
    HF_CHECK(settings.finish());
    return AdapterPtr(std::make_shared<HaproxyAdapter>(std::move(taken)));
}

}  // namespace holdfast::control
