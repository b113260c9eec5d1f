#pragma once

#include "app/api/event_source.h"
#include "app/api/http_message.h"
#include "app/base/mutex.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace holdfast::api {

/// One request on its way to an answer, handed from the listener to whoever answers.
///
/// Invariant: exactly one of respond() and stream() takes effect, and only the first call of either. One that is
/// dropped without an answer answers 500 by itself, so that no client waits for ever.
/// Thread-safe.
class HttpExchange {
public:
    /// `answered` is called once, on the thread that answers, with the server's locks free.
    HttpExchange(HttpRequest request, std::function<void()> answered);
    ~HttpExchange();
    HttpExchange(const HttpExchange&) = delete;
    HttpExchange& operator=(const HttpExchange&) = delete;

    [[nodiscard]] const HttpRequest& request() const { return m_request; }
    /// Requested when the client has closed its connection, or the server stops.
    [[nodiscard]] std::stop_token cancelled() const { return m_stop.get_token(); }
    void cancel() { m_stop.request_stop(); }

    /// Compresses here, on the caller's thread, where the client takes gzip.
    void respond(HttpResponse response) HF_EXCLUDES(m_mutex);
    /// Answers 200 with an endless body of type text/event-stream.
    void stream(std::shared_ptr<EventSource> source) HF_EXCLUDES(m_mutex);

    struct Answer {
        HttpResponse response;
        std::shared_ptr<EventSource> source;  ///< not null: stream
    };
    /// The answer, once; nothing while there is none.
    [[nodiscard]] std::optional<Answer> take() HF_EXCLUDES(m_mutex);

private:
    void settle(Answer answer) HF_EXCLUDES(m_mutex);

    const HttpRequest m_request;
    const std::function<void()> m_answered;
    std::stop_source m_stop;
    Mutex m_mutex;
    std::optional<Answer> m_answer HF_GUARDED_BY(m_mutex);
    bool m_settled HF_GUARDED_BY(m_mutex) = false;
};

}  // namespace holdfast::api
