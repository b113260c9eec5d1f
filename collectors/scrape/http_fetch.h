#pragma once

#include "app/config/config.h"
#include "collectors/scrape/body_buffer.h"
#include "collectors/scrape/body_watch.h"
#include "collectors/scrape/close_notify.h"
#include "collectors/scrape/fetch_result.h"
#include "collectors/scrape/stream_decoder.h"

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <string>

namespace holdfast::scrape {

/// Bytes of answers under way, over all fetches of a loop. One thread at a time.
struct FetchMemory {
    std::uint64_t used = 0;
    std::uint64_t most = 256U << 20U;
};

/// Settings of a target's requests.
struct FetchSettings {
    std::string url;
    config::HttpClientConfig http;
    std::int64_t timeoutMs = 0;
    std::uint64_t bodyLimit = 0;  ///< bytes, on the wire and decoded; 0: none
    bool compression = true;
    std::uint64_t sampleLimit = 0;  ///< a large answer with more lines than this is given up early; 0: none
};

/// The HTTP client side of one target: a libcurl handle with its buffers, used again for every scrape.
///
/// Only http and https, also after a redirect; at most 10 redirects; credentials are sent to the target's own host
/// only (libcurl drops them for another host, port or scheme); header and body are bounded; an announced length is
/// never allocated. The timeout is on the whole fetch. One thread at a time.
class HttpFetch {
public:
    explicit HttpFetch(FetchMemory& memory);
    ~HttpFetch();
    HttpFetch(const HttpFetch&) = delete;
    HttpFetch& operator=(const HttpFetch&) = delete;

    void configure(const FetchSettings& settings);

    /// Makes the handle ready for one request within `timeoutMs`; reads secrets from their files. Fails with
    /// FetchFailure::Secret in the result where that cannot be done.
    [[nodiscard]] FetchResult prepare(std::int64_t timeoutMs);
    [[nodiscard]] CURL* handle() const { return m_easy; }
    /// What libcurl's message that the transfer is done means.
    [[nodiscard]] FetchResult finish(CURLcode code);
    /// Frees the answer. Views of the last result end here.
    void release();

private:
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    void limitHit(FetchFailure failure, std::string error);
    bool takePlain(std::string_view wire);
    bool watchBody();
    std::size_t takeBody(const char* data, std::size_t size);
    bool takeHeader(std::string_view line);
    void applyTls();
    [[nodiscard]] FetchPhase phaseReached() const;

    FetchMemory& m_memory;
    FetchSettings m_settings;
    CURL* m_easy;
    curl_slist* m_headers = nullptr;
    curl_slist* m_connectTo = nullptr;
    char m_errorText[CURL_ERROR_SIZE] = {};
    CloseNotify m_closeNotify;  ///< listens where a body ends with its connection
    bool m_framed = false;      ///< the answer tells its end by chunks or frames
    BodyBuffer m_body;
    BodyWatch m_watch;
    std::unique_ptr<StreamDecoder> m_stream;  ///< only of a large encoded answer: m_body is then what it says
    std::uint64_t m_counted = 0;
    std::size_t m_headerBytes = 0;
    int m_status = 0;
    std::string m_length;
    std::string m_contentType;
    std::string m_contentEncoding;
    std::string m_retryAfter;
    std::int64_t m_dateMs = 0;
    FetchFailure m_ownFailure = FetchFailure::None;
    std::string m_ownError;
};

}  // namespace holdfast::scrape
