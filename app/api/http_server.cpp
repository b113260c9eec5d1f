#include "app/api/http_server.h"

#include "app/api/client_watch.h"
#include "app/api/form.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <utility>
#include <vector>

namespace holdfast::api {

namespace {

/// Suspends and resumes one connection of libmicrohttpd, from whichever thread has something to say.
///
/// Invariant: MHD_resume_connection is called only between a suspension and the end of the request. Lock order:
/// EventSource, then Parking, then libmicrohttpd's own.
class Parking {
public:
    explicit Parking(MHD_Connection* connection) : m_connection(connection) {}

    /// On libmicrohttpd's thread. False when wake() came first.
    bool park()
    {
        const MutexLock lock(m_mutex);
        if (std::exchange(m_woken, false))
            return false;
        MHD_suspend_connection(m_connection);
        m_parked = true;
        return true;
    }
    void wake()
    {
        const MutexLock lock(m_mutex);
        if (!m_connection)
            return;
        if (std::exchange(m_parked, false))
            MHD_resume_connection(m_connection);
        else
            m_woken = true;
    }
    void end()
    {
        const MutexLock lock(m_mutex);
        m_connection = nullptr;
    }

private:
    Mutex m_mutex;
    MHD_Connection* m_connection HF_GUARDED_BY(m_mutex);
    bool m_parked HF_GUARDED_BY(m_mutex) = false;
    bool m_woken HF_GUARDED_BY(m_mutex) = false;
};

/// A request while libmicrohttpd knows it; its `*con_cls`.
struct Pending {
    explicit Pending(std::string uri) : target(std::move(uri)) {}
    std::string target;
    HttpRequest request;
    std::size_t maxBody = 0;
    bool admitted = false;
    bool tooLarge = false;
    int fd = -1;
    std::shared_ptr<HttpExchange> exchange;
    std::shared_ptr<Parking> parking;
};

struct Streaming {
    std::shared_ptr<EventSource> source;
    std::shared_ptr<Parking> parking;
};

void* onUri(void*, const char* uri, MHD_Connection*)
{
    return new Pending(uri);
}

// The target is decoded by us, from the raw text: a "%2F" in a label value must not become a separator.
size_t keepEscapes(void*, MHD_Connection*, char* text)
{
    return std::strlen(text);
}

MHD_Result addHeader(void* cls, MHD_ValueKind, const char* key, const char* value)
{
    static_cast<HttpRequest*>(cls)->headers.emplace_back(key, value ? value : "");
    return MHD_YES;
}

void splitTarget(HttpRequest& request, std::string_view target)
{
    const std::size_t mark = target.find('?');
    if (!percentDecode(target.substr(0, mark), Plus::IsPlus, request.path))
        request.path = std::string(target.substr(0, mark));
    if (mark != std::string_view::npos)
        request.query = std::string(target.substr(mark + 1));
}

ssize_t readStream(void* cls, std::uint64_t, char* buffer, size_t size)
{
    auto* streaming = static_cast<Streaming*>(cls);
    std::size_t length = 0;
    const auto state = streaming->source->read(buffer, size, length, [&] { streaming->parking->park(); });
    if (state == EventSource::State::End)
        return MHD_CONTENT_READER_END_OF_STREAM;
    return static_cast<ssize_t>(length);
}

void endStream(void* cls)
{
    const std::unique_ptr<Streaming> streaming(static_cast<Streaming*>(cls));
    streaming->source->onReadable({});
    streaming->source->close();
}

int connectionFd(MHD_Connection* connection)
{
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

class MicrohttpdServer final : public HttpServer {
public:
    MicrohttpdServer(HttpServerOptions options, const Clock& clock, Admit admit, Dispatch dispatch)
        : m_options(std::move(options)),
          m_admit(std::move(admit)),
          m_dispatch(std::move(dispatch)),
          m_watch(clock, m_options.receiveMs, m_options.sendMs)
    {
    }
    ~MicrohttpdServer() override { stop(); }

    Result<void> listen(const std::function<void(std::uint16_t)>& bound);
    [[nodiscard]] std::uint16_t port() const override { return m_port; }
    [[nodiscard]] unsigned connections() const override;
    void stop() override HF_NO_THREAD_SAFETY_ANALYSIS;

private:
    static MHD_Result onRequest(void* self, MHD_Connection* connection, const char* url, const char* method,
                                const char* version, const char* data, size_t* size, void** state);
    static void onCompleted(void* self, MHD_Connection* connection, void** state, MHD_RequestTerminationCode);
    static void onConnection(void* self, MHD_Connection* connection, void**, MHD_ConnectionNotificationCode code);

    MHD_Result admit(MHD_Connection* connection, Pending& pending, const char* method);
    MHD_Result dispatch(MHD_Connection* connection, Pending& pending);
    MHD_Result answer(MHD_Connection* connection, Pending& pending, HttpExchange::Answer answer);
    static MHD_Result queue(MHD_Connection* connection, HttpResponse response);
    MHD_Result stream(MHD_Connection* connection, Pending& pending, const HttpResponse& head,
                      std::shared_ptr<EventSource> source);
    Result<int> openSocket();

    const HttpServerOptions m_options;
    const Admit m_admit;
    const Dispatch m_dispatch;
    ClientWatch m_watch;
    MHD_Daemon* m_daemon = nullptr;
    int m_socket = -1;
    std::uint16_t m_port = 0;

    Mutex m_mutex;
    std::condition_variable_any m_oneLess;
    std::vector<Pending*> m_running HF_GUARDED_BY(m_mutex);
    std::vector<std::weak_ptr<EventSource>> m_streams HF_GUARDED_BY(m_mutex);
    bool m_stopping HF_GUARDED_BY(m_mutex) = false;
};

Result<int> MicrohttpdServer::openSocket()
{
    sockaddr_storage storage{};
    socklen_t length = 0;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    if (::inet_pton(AF_INET, m_options.address.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(m_options.port);
        length = sizeof *v4;
    } else if (::inet_pton(AF_INET6, m_options.address.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(m_options.port);
        length = sizeof *v6;
    } else {
        return Error{"cannot listen on \"" + m_options.address + "\": expected an IP address", ErrorKind::BadInput};
    }
    const int fd = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int on = 1;
    if (fd >= 0)
        ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd < 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&storage), length) != 0 || ::listen(fd, 128) != 0
        || ::getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &length) != 0) {
        const int reason = errno;
        if (fd >= 0)
            ::close(fd);
        return Error{"cannot listen on " + m_options.address + ":" + std::to_string(m_options.port) + ": "
                         + std::strerror(reason)
                         + (reason == EADDRINUSE ? "; another program has this port, choose one with --listen" : ""),
                     ErrorKind::Unavailable};
    }
    m_port = ntohs(storage.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
    return fd;
}

Result<void> MicrohttpdServer::listen(const std::function<void(std::uint16_t)>& bound)
{
    HF_TRY(m_socket, openSocket());
    if (bound)
        bound(m_port);
    m_daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, nullptr, nullptr,
                         &MicrohttpdServer::onRequest, this, MHD_OPTION_LISTEN_SOCKET, m_socket,
                         MHD_OPTION_CONNECTION_LIMIT, m_options.maxConnections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                         m_options.maxHeaderBytes, MHD_OPTION_CONNECTION_TIMEOUT, m_options.idleSeconds,
                         MHD_OPTION_URI_LOG_CALLBACK, &onUri, nullptr, MHD_OPTION_UNESCAPE_CALLBACK, &keepEscapes,
                         nullptr, MHD_OPTION_NOTIFY_COMPLETED, &MicrohttpdServer::onCompleted, this,
                         MHD_OPTION_NOTIFY_CONNECTION, &MicrohttpdServer::onConnection, this, MHD_OPTION_END);
    if (m_daemon)
        return {};
    ::close(std::exchange(m_socket, -1));
    return Error{"cannot start the HTTP server on port " + std::to_string(m_port), ErrorKind::Failed};
}

unsigned MicrohttpdServer::connections() const
{
    const MHD_DaemonInfo* info =
        m_daemon ? MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS) : nullptr;
    return info ? info->num_connections : 0;
}

void MicrohttpdServer::onConnection(void* self, MHD_Connection* connection, void**, MHD_ConnectionNotificationCode code)
{
    auto& watch = static_cast<MicrohttpdServer*>(self)->m_watch;
    const int fd = connectionFd(connection);
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        watch.opened(fd);
    else
        watch.closed(fd);
}

MHD_Result MicrohttpdServer::onRequest(void* self, MHD_Connection* connection, const char*, const char* method,
                                       const char*, const char* data, size_t* size, void** state)
{
    auto& server = *static_cast<MicrohttpdServer*>(self);
    auto& pending = *static_cast<Pending*>(*state);
    if (!pending.admitted)
        return server.admit(connection, pending, method);
    if (*size > 0) {
        if (pending.request.body.size() + *size > pending.maxBody)
            pending.tooLarge = true;
        else
            pending.request.body.append(data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (!pending.exchange)
        return server.dispatch(connection, pending);
    if (auto answer = pending.exchange->take())
        return server.answer(connection, pending, std::move(*answer));
    return MHD_NO;
}

MHD_Result MicrohttpdServer::admit(MHD_Connection* connection, Pending& pending, const char* method)
{
    pending.admitted = true;
    pending.fd = connectionFd(connection);
    pending.request.method = method;
    splitTarget(pending.request, pending.target);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, &addHeader, &pending.request);
    Admission admission = m_admit(pending.request);
    if (admission.refusal)
        return queue(connection, std::move(*admission.refusal));
    pending.maxBody = admission.maxBody;
    const std::string_view length = pending.request.header("Content-Length");
    if (length.size() > 18 || (!length.empty() && std::strtoull(length.data(), nullptr, 10) > pending.maxBody))
        return queue(connection, HttpResponse::text(413, "the body is longer than " + std::to_string(pending.maxBody)
                                                             + " bytes\n"));
    return MHD_YES;
}

MHD_Result MicrohttpdServer::dispatch(MHD_Connection* connection, Pending& pending)
{
    if (pending.tooLarge)
        return queue(connection, HttpResponse::text(413, "the body is longer than " + std::to_string(pending.maxBody)
                                                             + " bytes\n"));
    pending.parking = std::make_shared<Parking>(connection);
    pending.exchange =
        std::make_shared<HttpExchange>(std::move(pending.request), [parking = pending.parking] { parking->wake(); });
    bool stopping = false;
    {
        const MutexLock lock(m_mutex);
        stopping = m_stopping;
        m_running.push_back(&pending);
    }
    if (stopping) {
        pending.exchange->respond(HttpResponse::text(503, "the engine is stopping\n"));
    } else {
        m_watch.enter(pending.fd, ClientWatch::Phase::Working, [weak = std::weak_ptr(pending.exchange)] {
            if (const auto exchange = weak.lock())
                exchange->cancel();
        });
        m_dispatch(pending.exchange);
    }
    if (pending.parking->park())
        return MHD_YES;
    if (auto answer = pending.exchange->take())
        return this->answer(connection, pending, std::move(*answer));
    return MHD_NO;
}

MHD_Result MicrohttpdServer::answer(MHD_Connection* connection, Pending& pending, HttpExchange::Answer answer)
{
    if (answer.source) {
        m_watch.enter(pending.fd, ClientWatch::Phase::Streaming);
        return stream(connection, pending, answer.response, std::move(answer.source));
    }
    m_watch.enter(pending.fd, ClientWatch::Phase::Sending);
    return queue(connection, std::move(answer.response));
}

MHD_Result MicrohttpdServer::queue(MHD_Connection* connection, HttpResponse response)
{
    auto body = std::make_unique<std::string>(std::move(response.body));
    char* data = body->data();
    const std::size_t size = body->size();
    MHD_Response* made = MHD_create_response_from_buffer_with_free_callback_cls(
        size, data, [](void* text) { delete static_cast<std::string*>(text); }, body.get());
    if (!made)
        return MHD_NO;
    [[maybe_unused]] const auto* owned = body.release();
    if (response.status != 204)
        MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, response.contentType.c_str());
    MHD_add_response_header(made, "X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : response.headers)
        MHD_add_response_header(made, name.c_str(), value.c_str());
    const MHD_Result result = MHD_queue_response(connection, static_cast<unsigned>(response.status), made);
    MHD_destroy_response(made);
    return result;
}

MHD_Result MicrohttpdServer::stream(MHD_Connection* connection, Pending& pending, const HttpResponse& head,
                                    std::shared_ptr<EventSource> source)
{
    source->onReadable([parking = pending.parking] { parking->wake(); });
    {
        const MutexLock lock(m_mutex);
        std::erase_if(m_streams, [](const auto& weak) { return weak.expired(); });
        m_streams.push_back(source);
        if (m_stopping)
            source->close();
    }
    auto streaming = std::make_unique<Streaming>(Streaming{.source = std::move(source), .parking = pending.parking});
    MHD_Response* made =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, &readStream, streaming.get(), &endStream);
    if (!made)
        return MHD_NO;
    [[maybe_unused]] const auto* owned = streaming.release();
    MHD_add_response_header(made, MHD_HTTP_HEADER_CONTENT_TYPE, head.contentType.c_str());
    for (const auto& [name, value] : head.headers)
        MHD_add_response_header(made, name.c_str(), value.c_str());
    const MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, made);
    MHD_destroy_response(made);
    return result;
}

void MicrohttpdServer::onCompleted(void* self, MHD_Connection*, void** state, MHD_RequestTerminationCode)
{
    auto& server = *static_cast<MicrohttpdServer*>(self);
    const std::unique_ptr<Pending> pending(static_cast<Pending*>(std::exchange(*state, nullptr)));
    if (!pending)
        return;
    if (pending->parking)
        pending->parking->end();
    if (pending->exchange)
        pending->exchange->cancel();
    if (pending->fd >= 0)
        server.m_watch.enter(pending->fd, ClientWatch::Phase::Receiving);
    {
        const MutexLock lock(server.m_mutex);
        std::erase(server.m_running, pending.get());
    }
    server.m_oneLess.notify_all();
}

void MicrohttpdServer::stop()
{
    if (!m_daemon)
        return;
    MHD_quiesce_daemon(m_daemon);
    std::vector<std::shared_ptr<HttpExchange>> running;
    {
        std::unique_lock lock(m_mutex);
        m_stopping = true;
        for (const auto& weak : m_streams)
            if (const auto source = weak.lock())
                source->close();
        for (Pending* pending : m_running)
            pending->exchange->cancel();
        m_oneLess.wait_for(lock, std::chrono::milliseconds(m_options.stopMs),
                           [this]() HF_NO_THREAD_SAFETY_ANALYSIS { return m_running.empty(); });
        for (Pending* pending : m_running)
            running.push_back(pending->exchange);
    }
    // libmicrohttpd aborts when it is stopped with suspended connections: everything gets its answer first.
    for (const auto& exchange : running)
        exchange->respond(HttpResponse::text(503, "the engine is stopping\n"));
    MHD_stop_daemon(std::exchange(m_daemon, nullptr));
    ::close(std::exchange(m_socket, -1));
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpServerOptions options, const Clock& clock, Admit admit,
                                                      Dispatch dispatch,
                                                      const std::function<void(std::uint16_t port)>& bound)
{
    auto server = std::make_unique<MicrohttpdServer>(std::move(options), clock, std::move(admit), std::move(dispatch));
    HF_CHECK(server->listen(bound));
    return Result<std::unique_ptr<HttpServer>>(std::unique_ptr<HttpServer>(std::move(server)));
}

}  // namespace holdfast::api
