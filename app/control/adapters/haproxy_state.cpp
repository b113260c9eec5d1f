#include "app/control/adapters/haproxy_state.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace holdfast::control {

namespace {

constexpr std::size_t kLongestComplaint = 300;
constexpr int kWarning = 4;  // syslog's numbers
constexpr int kDebug = 7;

std::vector<std::string_view> split(std::string_view text, char by)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find(by);
        if (const auto part = text.substr(0, end); !part.empty())
            parts.push_back(part);
        if (end == std::string_view::npos)
            break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

template <typename Number>
bool readNumber(std::string_view text, Number& out)
{
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
    return problem == std::errc() && end == text.data() + text.size();
}

/// The severity-output number in front of a message ("[3]: No such server."), 7 where there is none, and the rest.
std::pair<int, std::string_view> withLevel(std::string_view text)
{
    if (text.size() < 5 || text[0] != '[' || text[1] < '0' || text[1] > '7' || !text.substr(2).starts_with("]: "))
        return {kDebug, text};
    return {text[1] - '0', text.substr(5)};
}

using ServerKey = std::pair<std::string, std::string>;

class Parser {
public:
    Result<HaproxyProcess> parse(std::string_view text)
    {
        while (!text.empty()) {
            const auto end = text.find('\n');
            HF_CHECK(line(text.substr(0, end)));
            if (end == std::string_view::npos)
                break;
            text.remove_prefix(end + 1);
        }
        if (!m_haveStates)
            return Error{"no table of server states came back", ErrorKind::Failed};
        takeStatistic();
        for (auto& [key, server] : m_servers)
            m_process.servers.push_back(std::move(server));
        return std::move(m_process);
    }

private:
    Result<void> line(std::string_view text)
    {
        if (text.starts_with("# be_id ")) {
            m_columns = split(text.substr(2), ' ');
            m_haveStates = true;
            return {};
        }
        if (const auto [level, words] = withLevel(text); level <= kWarning)
            return Error{std::string(words), words.find("Permission denied") == std::string_view::npos
                                                 ? ErrorKind::Failed
                                                 : ErrorKind::Denied};
        else
            text = words;
        if (text.starts_with("S."))
            return statistic(text);
        if (!m_haveStates && (text == "admin" || text == "operator" || text == "user"))
            m_process.level = text;
        else if (text.starts_with("Version: "))
            m_process.version = text.substr(9);
        else if (text.starts_with("Start_time_sec: "))
            startTime(text.substr(16));
        else if (m_haveStates && !text.empty() && text[0] >= '0' && text[0] <= '9')
            return state(text);
        else if (m_haveStates && text.empty())
            m_columns.clear();  // the table has ended
        return {};
    }

    void startTime(std::string_view text)
    {
        std::int64_t seconds = 0;
        if (readNumber(text, seconds))
            m_process.startedMs = seconds * 1000;
    }

    Result<void> state(std::string_view text)
    {
        if (m_columns.empty())
            return {};
        const auto fields = split(text, ' ');
        const auto field = [&](std::string_view name) {
            const auto found = std::ranges::find(m_columns, name);
            const auto index = static_cast<std::size_t>(found - m_columns.begin());
            return index < fields.size() ? fields[index] : std::string_view();
        };
        HaproxyServer server;
        server.backend = field("be_name");
        server.name = field("srv_name");
        if (server.name.empty() || !readNumber(field("srv_op_state"), server.operational)
            || !readNumber(field("srv_admin_state"), server.admin) || !readNumber(field("srv_uweight"), server.weight)
            || !readNumber(field("srv_iweight"), server.initialWeight))
            return Error{"a line of the server states cannot be read: " + std::string(text), ErrorKind::Failed};
        ServerKey key{server.backend, server.name};
        m_servers.insert_or_assign(std::move(key), std::move(server));
        return {};
    }

    /// "S.3.1.6.slim.1:CLP:u32:5": object, proxy, server, position, field, process, tags, type, value.
    Result<void> statistic(std::string_view text)
    {
        const auto tags = text.find(':');
        const auto type = tags == std::string_view::npos ? tags : text.find(':', tags + 1);
        const auto value = type == std::string_view::npos ? type : text.find(':', type + 1);
        const auto parts = split(text.substr(0, tags), '.');
        if (value == std::string_view::npos || parts.size() < 5)
            return Error{"a line of the statistics cannot be read: " + std::string(text), ErrorKind::Failed};
        const std::string object = std::string(parts[1]) + "." + std::string(parts[2]);
        if (object != m_object) {
            takeStatistic();
            m_object = object;
        }
        m_fields[std::string(parts[4])] = text.substr(value + 1);
        return {};
    }

    /// Everything of one server has been read.
    void takeStatistic()
    {
        const auto found = m_servers.find({std::string(m_fields["pxname"]), std::string(m_fields["svname"])});
        if (found != m_servers.end()) {
            HaproxyServer& server = found->second;
            readNumber(m_fields["slim"], server.maxconn);
            readNumber(m_fields["scur"], server.sessions);
            readNumber(m_fields["qcur"], server.queued);
            server.status = m_fields["status"];
            server.checkStatus = m_fields["check_status"];
        }
        m_fields.clear();
    }

    HaproxyProcess m_process;
    std::vector<std::string_view> m_columns;
    bool m_haveStates = false;
    std::map<ServerKey, HaproxyServer> m_servers;
    std::string m_object;
    std::map<std::string, std::string_view> m_fields;
};

}  // namespace

std::string haproxyQuery(const std::string& backend)
{
    // Statistics of type 4 (servers), each (-1) of one or of every (-1) proxy.
    return "set severity-output number;show cli level;show info;show servers state"
           + (backend.empty() ? "" : " " + backend) + ";show stat " + (backend.empty() ? "-1" : backend)
           + " 4 -1 typed";
}

Result<HaproxyProcess> parseHaproxy(std::string_view text)
{
    return Parser().parse(text);
}

bool HaproxyComplaint::denied() const
{
    return text.find("Permission denied") != std::string::npos;
}

std::optional<HaproxyComplaint> haproxyComplaint(std::string_view answer)
{
    const auto begin = answer.find_first_not_of(" \r\n");
    if (begin == std::string_view::npos)
        return std::nullopt;
    answer = answer.substr(begin);
    answer = answer.substr(0, answer.find('\n'));
    HaproxyComplaint complaint;
    if (answer[0] == '[') {
        const auto [level, words] = withLevel(answer);
        if (level > kWarning && words.size() < answer.size())
            return std::nullopt;
        complaint.level = level > kWarning ? complaint.level : level;
        answer = words;
    }
    complaint.text = answer.substr(0, kLongestComplaint);
    return complaint;
}

}  // namespace holdfast::control
