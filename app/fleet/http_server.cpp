#include "app/fleet/http_server.h"

#include "app/resilience/deadline.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

namespace holdfast::fleet {

namespace {
constexpr std::size_t largestBody = 64 * 1024;
constexpr unsigned idleS = 60;
}  // namespace

/// One request from its first byte to the sent answer. The event thread owns it through con_cls; a Responder shares it.
struct Exchange {
    MHD_Connection* connection = nullptr;
    HttpRequest request;
    bool tooLarge = false;
    bool handed = false;

    Mutex mutex;
    std::optional<HttpAnswer> answer HF_GUARDED_BY(mutex);
    bool suspended HF_GUARDED_BY(mutex) = false;

    void put(HttpAnswer what) HF_EXCLUDES(mutex)
    {
        const MutexLock lock(mutex);
        answer = std::move(what);
        if (suspended) {
            suspended = false;
            MHD_resume_connection(connection);
        }
    }
};

Responder::Responder(std::shared_ptr<Exchange> exchange) : m_exchange(std::move(exchange)) {}

Responder::~Responder()
{
    if (m_exchange)
        send({.status = 500, .body = R"({"error":"no answer"})", .contentType = "application/json", .headers = {}});
}

void Responder::send(HttpAnswer answer)
{
    if (const auto exchange = std::exchange(m_exchange, nullptr))
        exchange->put(std::move(answer));
}

struct ServerCallbacks {
    using Holder = std::shared_ptr<Exchange>;

    static MHD_Result accept(void* self, const sockaddr*, socklen_t)
    {
        return static_cast<HttpServer*>(self)->m_refusing ? MHD_NO : MHD_YES;
    }

    static MHD_Result serve(void* self, MHD_Connection* connection, const char* url, const char* method, const char*,
                            const char* upload, std::size_t* uploadSize, void** state)
    {
        auto& server = *static_cast<HttpServer*>(self);
        if (!*state) {
            *state = new Holder(begin(connection, url, method));
            return MHD_YES;
        }
        Holder& exchange = *static_cast<Holder*>(*state);
        if (*uploadSize > 0) {
            take(*exchange, std::string_view(upload, *uploadSize));
            *uploadSize = 0;
            return MHD_YES;
        }
        if (server.m_refusing)
            return MHD_NO;
        if (!exchange->handed) {
            exchange->handed = true;
            if (exchange->tooLarge)
                exchange->put({.status = 413, .body = "", .contentType = "text/plain", .headers = {}});
            else
                server.m_handler(std::move(exchange->request), Responder(exchange));
        }
        return sendOrWait(*exchange);
    }

    static void completed(void*, MHD_Connection*, void** state, MHD_RequestTerminationCode)
    {
        delete static_cast<Holder*>(*state);
        *state = nullptr;
    }

    static Holder begin(MHD_Connection* connection, const char* url, const char* method)
    {
        const auto text = [connection](MHD_ValueKind kind, const char* name) {
            const char* value = MHD_lookup_connection_value(connection, kind, name);
            return std::string(value ? value : "");
        };
        auto exchange = std::make_shared<Exchange>();
        exchange->connection = connection;
        exchange->request = {.method = method,
                             .path = url,
                             .query = text(MHD_GET_ARGUMENT_KIND, "q"),
                             .body = {},
                             .authorization = text(MHD_HEADER_KIND, "Authorization"),
                             .deadline = text(MHD_HEADER_KIND, resilience::deadlineHeader.data())};
        return exchange;
    }

    static void take(Exchange& exchange, std::string_view bytes)
    {
        if (exchange.request.body.size() + bytes.size() > largestBody)
            exchange.tooLarge = true;
        else
            exchange.request.body.append(bytes);
    }

    static MHD_Result sendOrWait(Exchange& exchange)
    {
        const MutexLock lock(exchange.mutex);
        if (!exchange.answer) {
            exchange.suspended = true;
            MHD_suspend_connection(exchange.connection);
            return MHD_YES;
        }
        const HttpAnswer& answer = *exchange.answer;
        MHD_Response* response = MHD_create_response_from_buffer(
            answer.body.size(), const_cast<char*>(answer.body.data()), MHD_RESPMEM_MUST_COPY);
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer.contentType.c_str());
        for (const auto& [name, value] : answer.headers)
            MHD_add_response_header(response, name.c_str(), value.c_str());
        const MHD_Result queued =
            MHD_queue_response(exchange.connection, static_cast<unsigned>(answer.status), response);
        MHD_destroy_response(response);
        return queued;
    }
};

Result<std::unique_ptr<HttpServer>> HttpServer::start(std::uint16_t port, Handler handler)
{
    std::unique_ptr<HttpServer> server(new HttpServer(std::move(handler)));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    errno = 0;
    server->m_daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, port, &ServerCallbacks::accept, server.get(),
        &ServerCallbacks::serve, server.get(), MHD_OPTION_SOCK_ADDR, reinterpret_cast<sockaddr*>(&address),
        MHD_OPTION_NOTIFY_COMPLETED, &ServerCallbacks::completed, nullptr, MHD_OPTION_CONNECTION_TIMEOUT, idleS,
        MHD_OPTION_CONNECTION_LIMIT, 4096U, MHD_OPTION_END);
    if (!server->m_daemon)
        return Error{"Cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + std::strerror(errno)
                         + "; choose other ports with --port-base",
                     ErrorKind::Unavailable};
    server->m_port = MHD_get_daemon_info(server->m_daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return server;
}

HttpServer::~HttpServer()
{
    if (m_daemon)
        MHD_stop_daemon(m_daemon);
}

}  // namespace holdfast::fleet
