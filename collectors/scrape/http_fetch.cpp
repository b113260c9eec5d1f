#include "collectors/scrape/http_fetch.h"

#include "app/config/load_config.h"
#include "collectors/exposition/format.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace holdfast::scrape {

namespace {

constexpr std::size_t mostHeaderBytes = 256U << 10U;  // Prometheus (Go) takes 10 MiB by default; nobody needs that
constexpr std::size_t mostErrorBody = 16U << 10U;     // enough to find a <title>
constexpr std::size_t streamedFrom = 256U << 10U;     // encoded; smaller ones are decoded whole, which is faster
constexpr std::size_t keptBody = 1U << 20U;
constexpr long mostRedirects = 10;  // Go's and Prometheus's bound

std::string base64(std::string_view text)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t group = 0;
        const std::size_t n = std::min<std::size_t>(3, text.size() - i);
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (k < n ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= n ? digits[group >> (18 - 6 * k) & 63U] : '=';
    }
    return out;
}

bool sameIgnoringCase(std::string_view text, std::string_view lower)
{
    return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
           });
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// "scheme://host:port" taken apart; the port of the scheme where none is given.
struct Authority {
    std::string host;
    std::string port;
};

Authority authorityOf(const std::string& url)
{
    const auto begin = url.find("://") + 3;
    const std::string text = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    const auto colon = text.rfind(':');
    const bool port = colon != std::string::npos && text.find(']', colon) == std::string::npos;
    return {port ? text.substr(0, colon) : text,
            port ? text.substr(colon + 1) : std::string(url.substr(0, 6) == "https:" ? "443" : "80")};
}

FetchFailure failureOf(CURLcode code, long error)
{
    switch (code) {
    case CURLE_OK: return FetchFailure::None;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return FetchFailure::Resolve;
    case CURLE_COULDNT_CONNECT:
        return error == ENETUNREACH || error == EHOSTUNREACH || error == ENETDOWN ? FetchFailure::Unreachable
                                                                                  : FetchFailure::Refused;
    case CURLE_OPERATION_TIMEDOUT: return FetchFailure::Timeout;
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2_STREAM: return FetchFailure::Reset;
    case CURLE_PEER_FAILED_VERIFICATION: return FetchFailure::Certificate;
    case CURLE_SSL_CONNECT_ERROR: return FetchFailure::Tls;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return FetchFailure::Secret;
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_UNSUPPORTED_PROTOCOL: return FetchFailure::Redirects;
    case CURLE_FILESIZE_EXCEEDED: return FetchFailure::BodyLimit;
    case CURLE_OUT_OF_MEMORY: return FetchFailure::HeaderLimit;  // what libcurl says of a header line above 100 KB
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2: return FetchFailure::Protocol;
    default: return FetchFailure::Other;
    }
}

}  // namespace

HttpFetch::HttpFetch(FetchMemory& memory) : m_memory(memory), m_easy(curl_easy_init()) {}

HttpFetch::~HttpFetch()
{
    release();
    curl_easy_cleanup(m_easy);
    curl_slist_free_all(m_headers);
    curl_slist_free_all(m_connectTo);
}

void HttpFetch::configure(const FetchSettings& settings)
{
    m_settings = settings;
    curl_easy_reset(m_easy);
    const auto set = [this](auto option, auto value) { curl_easy_setopt(m_easy, option, value); };
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_URL, m_settings.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, m_settings.http.followRedirects ? 1L : 0L);
    set(CURLOPT_MAXREDIRS, mostRedirects);
    set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_PROXY, m_settings.http.proxyUrl.c_str());
    set(CURLOPT_BUFFERSIZE, 64L << 10);
    set(CURLOPT_ERRORBUFFER, m_errorText);
    set(CURLOPT_WRITEFUNCTION, &HttpFetch::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_HEADERFUNCTION, &HttpFetch::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_DNS_CACHE_TIMEOUT, 30L);
    if (m_settings.bodyLimit > 0)
        set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(m_settings.bodyLimit));
    applyTls();
}

void HttpFetch::applyTls()
{
    const config::TlsConfig& tls = m_settings.http.tls;
    const auto set = [this](auto option, auto value) { curl_easy_setopt(m_easy, option, value); };
    set(CURLOPT_SSL_VERIFYPEER, tls.insecureSkipVerify ? 0L : 1L);
    set(CURLOPT_SSL_VERIFYHOST, tls.insecureSkipVerify ? 0L : 2L);
    if (!tls.caFile.empty())
        set(CURLOPT_CAINFO, tls.caFile.c_str());
    if (!tls.certFile.empty())
        set(CURLOPT_SSLCERT, tls.certFile.c_str());
    if (!tls.keyFile.empty())
        set(CURLOPT_SSLKEY, tls.keyFile.c_str());
    curl_slist_free_all(m_connectTo);
    m_connectTo = nullptr;
    if (tls.serverName.empty() || m_settings.url.substr(0, 8) != "https://")
        return;
    // libcurl takes the name for SNI and verification from the URL; so the URL names it and the connection goes
    // to the real address. The Host header stays the real one (prepare()).
    const Authority real = authorityOf(m_settings.url);
    const auto path = m_settings.url.find_first_of("/?#", 8);
    const std::string url =
        "https://" + tls.serverName + ":" + real.port + (path == std::string::npos ? "" : m_settings.url.substr(path));
    set(CURLOPT_URL, url.c_str());
    m_connectTo =
        curl_slist_append(nullptr, (tls.serverName + ":" + real.port + ":" + real.host + ":" + real.port).c_str());
    set(CURLOPT_CONNECT_TO, m_connectTo);
}

FetchResult HttpFetch::prepare(std::int64_t timeoutMs)
{
    release();
    FetchResult problem;
    curl_slist* headers = nullptr;
    const auto add = [&headers](const std::string& line) { headers = curl_slist_append(headers, line.c_str()); };
    const auto secret = [&problem](const config::Secret& value) {
        const Result<std::string> text = config::secretText(value);
        if (text)
            return *text;
        problem.failure = FetchFailure::Secret;
        problem.error = text.error().message;
        return std::string();
    };
    add("Accept: " + std::string(exposition::acceptHeader()));
    add(m_settings.compression ? "Accept-Encoding: gzip, zstd" : "Accept-Encoding: identity");
    add("User-Agent: Holdfast/0.1");
    add("X-Prometheus-Scrape-Timeout-Seconds: " + std::to_string(m_settings.timeoutMs / 1000) + "."
        + std::to_string(m_settings.timeoutMs % 1000 + 1000).substr(1));
    const config::HttpClientConfig& http = m_settings.http;
    if (http.basicAuth)
        add("Authorization: Basic " + base64(http.basicAuth->username + ":" + secret(http.basicAuth->password)));
    else if (http.authorization)
        add("Authorization: " + http.authorization->type + " " + secret(http.authorization->credentials));
    if (m_connectTo != nullptr) {
        const Authority real = authorityOf(m_settings.url);
        add("Host: " + real.host + ":" + real.port);
    }
    for (const config::HttpHeader& header : http.headers) {
        for (const config::Secret& value : header.values)
            add(header.name + ": " + secret(value));
    }
    curl_slist_free_all(m_headers);
    m_headers = headers;
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headers);
    curl_easy_setopt(m_easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeoutMs));
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeoutMs));
    m_headerBytes = 0;
    m_status = 0;
    m_ownFailure = FetchFailure::None;
    m_errorText[0] = '\0';
    return problem;
}

void HttpFetch::release()
{
    m_closeNotify.end();
    m_memory.used -= m_counted;
    m_counted = 0;
    m_stream.reset();
    m_body.clear();
    m_body.shrink(keptBody);
}

std::size_t HttpFetch::onBody(char* data, std::size_t size, std::size_t count, void* self)
{
    return static_cast<HttpFetch*>(self)->takeBody(data, size * count);
}

std::size_t HttpFetch::takeBody(const char* data, std::size_t size)
{
    if (m_status != 200) {
        // Nothing of it is ingested; its beginning may say what it is.
        const std::size_t room = mostErrorBody - std::min(mostErrorBody, m_body.size());
        m_body.append(data, std::min(room, size));
        return room > 0 ? size : CURL_WRITEFUNC_ERROR;
    }
    if (m_stream) {
        if (!takePlain({data, size}))
            return CURL_WRITEFUNC_ERROR;
    } else if (m_settings.bodyLimit > 0 && m_body.size() + size > m_settings.bodyLimit) {
        limitHit(FetchFailure::BodyLimit,
                 "body size limit exceeded: more than " + std::to_string(m_settings.bodyLimit) + " bytes");
        return CURL_WRITEFUNC_ERROR;
    } else {
        m_body.append(data, size);
    }
    if (!m_stream && m_body.size() > streamedFrom && !m_contentEncoding.empty()) {
        m_stream = StreamDecoder::forEncoding(m_contentEncoding);
        BodyBuffer wire;
        if (m_stream) {
            wire = std::exchange(m_body, BodyBuffer());
            if (!takePlain(wire.view()))
                return CURL_WRITEFUNC_ERROR;
        }
    }
    m_memory.used += m_body.size() - m_counted;
    m_counted = m_body.size();
    if (m_memory.used > m_memory.most) {
        limitHit(FetchFailure::Memory,
                 "all answers under way together exceed " + std::to_string(m_memory.most) + " bytes");
        return CURL_WRITEFUNC_ERROR;
    }
    return watchBody() ? size : CURL_WRITEFUNC_ERROR;
}

void HttpFetch::limitHit(FetchFailure failure, std::string error)
{
    m_ownFailure = failure;
    m_ownError = std::move(error);
}

bool HttpFetch::takePlain(std::string_view wire)
{
    // In slices: one of these makes at most 16 MiB (deflate packs 1032 to one), and then the watch looks.
    constexpr std::size_t slice = 16U << 10U;
    for (; !wire.empty(); wire.remove_prefix(std::min(slice, wire.size()))) {
        const Result<void> fed = m_stream->feed(wire.substr(0, slice), m_body, m_settings.bodyLimit);
        if (!fed) {
            limitHit(fed.error().kind == ErrorKind::Limit ? FetchFailure::BodyLimit : FetchFailure::Protocol,
                     fed.error().message);
            return false;
        }
        if (!watchBody())
            return false;
    }
    return true;
}

bool HttpFetch::watchBody()
{
    if (!m_contentEncoding.empty() && !m_stream)
        return true;
    switch (m_watch.look(m_body.view())) {
    case BodyWatch::Verdict::Fine: return true;
    case BodyWatch::Verdict::TooManySamples:
        m_ownFailure = FetchFailure::SampleLimit;
        m_ownError = "sample limit exceeded: more than " + std::to_string(m_settings.sampleLimit);
        return false;
    case BodyWatch::Verdict::NoSamples:
        m_ownFailure = FetchFailure::NoSamples;
        m_ownError = std::to_string(BodyWatch::longestSilence >> 20U) + " MiB without a sample";
        return false;
    }
    return true;
}

std::size_t HttpFetch::onHeader(char* data, std::size_t size, std::size_t count, void* self)
{
    return static_cast<HttpFetch*>(self)->takeHeader({data, size * count}) ? size * count : 0;
}

bool HttpFetch::takeHeader(std::string_view line)
{
    m_headerBytes += line.size();
    if (m_headerBytes > mostHeaderBytes) {
        m_ownFailure = FetchFailure::HeaderLimit;
        m_ownError = "the header of the answer is larger than 256 KiB";
        return false;
    }
    if (line.substr(0, 5) == "HTTP/") {
        // A new answer begins: after a redirect, or after an informational one.
        const auto blank = line.find(' ');
        m_status = 0;
        for (std::size_t i = blank + 1; blank != std::string_view::npos && i < line.size() && i < blank + 4; ++i)
            m_status = m_status * 10 + (line[i] >= '0' && line[i] <= '9' ? line[i] - '0' : 0);
        m_length.clear();
        m_framed = line.substr(0, 7) != "HTTP/1.";
        m_closeNotify.end();
        m_contentType.clear();
        m_contentEncoding.clear();
        m_retryAfter.clear();
        m_dateMs = 0;
        m_body.clear();
        m_stream.reset();
        m_watch.begin(m_settings.sampleLimit);
        if (m_status == 101) {
            m_ownFailure = FetchFailure::Protocol;
            m_ownError = "server switched protocols (HTTP status 101)";
            return false;
        }
        return true;
    }
    if (trimmed(line).empty() && m_status == 200 && !m_framed && m_length.empty())
        m_closeNotify.begin(m_easy);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
        return true;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (sameIgnoringCase(name, "content-type")) {
        m_contentType = value;
    } else if (sameIgnoringCase(name, "content-encoding")) {
        m_contentEncoding = value;
    } else if (sameIgnoringCase(name, "transfer-encoding")) {
        m_framed = true;
    } else if (sameIgnoringCase(name, "retry-after")) {
        m_retryAfter = value;
    } else if (sameIgnoringCase(name, "date")) {
        const auto date = curl_getdate(std::string(value).c_str(), nullptr);
        m_dateMs = date > 0 ? static_cast<std::int64_t>(date) * 1000 : 0;
    } else if (sameIgnoringCase(name, "content-length")) {
        // RFC 9112, 6.3: two different lengths are a smuggling attempt or a broken proxy.
        if (!m_length.empty() && m_length != value) {
            m_ownFailure = FetchFailure::Protocol;
            m_ownError = "two different Content-Length headers";
            return false;
        }
        m_length = value;
    }
    return true;
}

FetchPhase HttpFetch::phaseReached() const
{
    curl_off_t resolved = 0;
    curl_off_t connected = 0;
    curl_off_t secured = 0;
    curl_off_t answered = 0;
    curl_easy_getinfo(m_easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
    curl_easy_getinfo(m_easy, CURLINFO_CONNECT_TIME_T, &connected);
    curl_easy_getinfo(m_easy, CURLINFO_APPCONNECT_TIME_T, &secured);
    curl_easy_getinfo(m_easy, CURLINFO_STARTTRANSFER_TIME_T, &answered);
    if (m_status != 0 && (!m_body.view().empty() || !m_length.empty() || !m_contentType.empty()))
        return FetchPhase::Body;
    if (connected > 0) {
        const bool https = m_settings.url.substr(0, 6) == "https:";
        return https && secured == 0 ? FetchPhase::Tls : FetchPhase::Answer;
    }
    return resolved > 0 ? FetchPhase::Connect : FetchPhase::Resolve;
}

FetchResult HttpFetch::finish(CURLcode code)
{
    FetchResult result;
    long systemError = 0;
    curl_off_t total = 0;
    const char* url = nullptr;
    curl_easy_getinfo(m_easy, CURLINFO_OS_ERRNO, &systemError);
    curl_easy_getinfo(m_easy, CURLINFO_TOTAL_TIME_T, &total);
    curl_easy_getinfo(m_easy, CURLINFO_EFFECTIVE_URL, &url);
    result.totalMs = static_cast<double>(total) / 1000;
    result.status = m_status;
    result.phase = phaseReached();
    result.contentType = m_contentType;
    result.contentEncoding = m_stream ? std::string_view() : std::string_view(m_contentEncoding);
    result.retryAfter = m_retryAfter;
    result.dateMs = m_dateMs;
    result.body = m_body.view();
    result.effectiveUrl = url != nullptr ? url : "";
    if (m_ownFailure != FetchFailure::None) {
        result.failure = m_ownFailure;
        result.error = m_ownError;
    } else if (code == CURLE_WRITE_ERROR && m_status != 200) {
        // Our own end of reading an error page; the status says it all.
    } else if (code != CURLE_OK) {
        result.failure = failureOf(code, systemError);
        result.error = m_errorText[0] != '\0' ? m_errorText : curl_easy_strerror(code);
        // Two answers that are no HTTP come under codes that mean other things, too.
        if (result.error.find("HTTP/0.9") != std::string::npos || result.error.find("chunked") != std::string::npos)
            result.failure = FetchFailure::Protocol;
    } else if (m_stream && !m_stream->complete()) {
        result.failure = FetchFailure::Protocol;
        result.error = m_contentEncoding + ": the body is cut short";
    } else if (m_closeNotify.listening() && !m_closeNotify.came()) {
        result.failure = FetchFailure::Reset;
        result.error = "the TLS connection was cut before its end was told (no close_notify)";
    }
    m_closeNotify.end();
    return result;
}

}  // namespace holdfast::scrape
