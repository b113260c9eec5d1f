#include "app/api/http_exchange.h"

#include "app/api/gzip.h"

#include <utility>

namespace holdfast::api {

namespace {

// Below this a gzip member saves no packet (one Ethernet frame holds about 1460 bytes).
constexpr std::size_t kWorthCompressing = 1400;

}  // namespace

HttpExchange::HttpExchange(HttpRequest request, std::function<void()> answered)
    : m_request(std::move(request)), m_answered(std::move(answered))
{
}

HttpExchange::~HttpExchange()
{
    settle({.response = HttpResponse::text(500, "the request was dropped without an answer\n"), .source = nullptr});
}

void HttpExchange::respond(HttpResponse response)
{
    if (response.body.size() >= kWorthCompressing && acceptsGzip(m_request.header("Accept-Encoding"))) {
        std::string packed = gzip(response.body);
        if (!packed.empty()) {
            response.body = std::move(packed);
            response.headers.emplace_back("Content-Encoding", "gzip");
        }
        response.headers.emplace_back("Vary", "Accept-Encoding");
    }
    settle({.response = std::move(response), .source = nullptr});
}

void HttpExchange::stream(std::shared_ptr<EventSource> source)
{
    HttpResponse head;
    head.contentType = "text/event-stream";
    head.headers.emplace_back("Cache-Control", "no-store");
    settle({.response = std::move(head), .source = std::move(source)});
}

void HttpExchange::settle(Answer answer)
{
    {
        const MutexLock lock(m_mutex);
        if (m_settled)
            return;
        m_settled = true;
        m_answer = std::move(answer);
    }
    m_answered();
}

std::optional<HttpExchange::Answer> HttpExchange::take()
{
    const MutexLock lock(m_mutex);
    return std::exchange(m_answer, std::nullopt);
}

}  // namespace holdfast::api
