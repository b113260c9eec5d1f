#include "collectors/scrape/failure_words.h"

#include "app/base/duration.h"

#include <algorithm>

namespace holdfast::scrape {

namespace {

std::string hostOf(const std::string& url)
{
    const auto scheme = url.find("://");
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    return url.substr(begin, url.find_first_of("/?#", begin) - begin);
}

std::string pathOf(const std::string& url)
{
    const auto scheme = url.find("://");
    const auto path = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
    return path == std::string::npos ? "/" : url.substr(path, url.find('?', path) - path);
}

/// Foreign text in a sentence: one line, printable, short.
std::string quoted(std::string_view text)
{
    constexpr std::size_t most = 60;
    std::string out;
    for (const char c : text.substr(0, most)) {
        const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (blank ? (!out.empty() && out.back() != ' ') : static_cast<unsigned char>(c) >= 0x20)
            out += blank ? ' ' : c;
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return "\"" + out + (text.size() > most ? "…\"" : "\"");
}

std::string titleOf(std::string_view body)
{
    std::string lower(body.substr(0, 16'384));
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto open = lower.find("<title");
    const auto begin = open == std::string::npos ? open : lower.find('>', open);
    const auto end = begin == std::string::npos ? begin : lower.find("</title", begin);
    return end == std::string::npos ? std::string() : std::string(body.substr(begin + 1, end - begin - 1));
}

std::string statusText(int status)
{
    switch (status) {
    case 204: return "204 No Content";
    case 301: return "301 Moved Permanently";
    case 302: return "302 Found";
    case 304: return "304 Not Modified";
    case 307: return "307 Temporary Redirect";
    case 308: return "308 Permanent Redirect";
    case 400: return "400 Bad Request";
    case 401: return "401 Unauthorized";
    case 403: return "403 Forbidden";
    case 404: return "404 Not Found";
    case 406: return "406 Not Acceptable";
    case 429: return "429 Too Many Requests";
    case 500: return "500 Internal Server Error";
    case 502: return "502 Bad Gateway";
    case 503: return "503 Service Unavailable";
    case 504: return "504 Gateway Timeout";
    default: return std::to_string(status);
    }
}

std::string timeoutWords(const FetchResult& result, const std::string& host, std::int64_t timeoutMs)
{
    const std::string within = " within " + formatDuration(timeoutMs);
    switch (result.phase) {
    case FetchPhase::Resolve: return "The name of " + host + " was not resolved" + within + ". Look at DNS.";
    case FetchPhase::Connect:
        return host + " did not accept a connection" + within
               + ". The host may be down, a firewall may drop packets, or the service's accept queue is full.";
    case FetchPhase::Tls: return host + " accepted the connection, but the TLS handshake did not end" + within + ".";
    case FetchPhase::Answer:
        return host + " accepted the connection, but sent no answer" + within
               + ". The service may be stuck or overloaded.";
    case FetchPhase::Body: break;
    }
    return host + " began to answer, but its answer was not complete" + within
           + ". The endpoint is slow or stalls; look at its load, or raise scrape_timeout.";
}

std::string statusWords(const FetchResult& result, const std::string& url)
{
    const std::string host = hostOf(url);
    switch (result.status) {
    case 401:
        return host
               + " asks for credentials (401). Set basic_auth or authorization for this job, or check the ones "
                 "that are set.";
    case 403: return host + " refuses access to " + pathOf(url) + " (403). Check the credentials and its allow list.";
    case 404: return host + " has nothing at " + pathOf(url) + " (404). Check metrics_path.";
    case 429: return host + " says it is asked too often (429). Raise scrape_interval, or look who else asks.";
    case 502:
    case 503:
    case 504:
        return host + " answered " + statusText(result.status)
               + ": it, or a proxy before it, is not available right now.";
    default: break;
    }
    if (result.status >= 300 && result.status < 400)
        return host + " answered with a redirect (" + std::to_string(result.status)
               + ") that was not followed. Check metrics_path, scheme and follow_redirects.";
    if (result.status >= 500)
        return host + " failed while it made its metrics (" + statusText(result.status) + "). Look at its log.";
    return host + " answered with HTTP status " + statusText(result.status) + " instead of 200.";
}

}  // namespace

Failure fetchFailure(const FetchResult& result, const std::string& url, std::int64_t timeoutMs)
{
    const std::string host = hostOf(url);
    const std::string raw = "Get \"" + url + "\": " + result.error;
    switch (result.failure) {
    case FetchFailure::None:
        if (result.status == 200)
            return {};
        return {"server returned HTTP status " + statusText(result.status), statusWords(result, url)};
    case FetchFailure::Resolve: return {raw, "The name of " + host + " is not known. Check the spelling and DNS."};
    case FetchFailure::Refused:
        return {raw, "Nothing listens on " + host + " (connection refused). Is the service running?"};
    case FetchFailure::Unreachable:
        return {raw, "There is no way to " + host + " (network unreachable). Check this computer's network and VPN."};
    case FetchFailure::Reset:
        return {raw, host
                         + " closed the connection before its answer was complete. The service may have crashed or "
                           "restarted."};
    case FetchFailure::Timeout:
        return {"Get \"" + url + "\": context deadline exceeded (" + result.error + ")",
                timeoutWords(result, host, timeoutMs)};
    case FetchFailure::Certificate: {
        const bool expired = result.error.find("expired") != std::string::npos;
        const bool name =
            result.error.find("subject name") != std::string::npos || result.error.find("match") != std::string::npos;
        return {raw, expired ? "The TLS certificate of " + host + " has expired. Renew it."
                     : name  ? "The TLS certificate of " + host
                                  + " is for another name. Set tls_config.server_name, or correct the address."
                            : "The TLS certificate of " + host
                                  + " is not from an authority that is trusted here. Set tls_config.ca_file."};
    }
    case FetchFailure::Tls:
        return {raw,
                "The TLS handshake with " + host + " failed. Does it speak TLS on this port, and is scheme right?"};
    case FetchFailure::Redirects:
        return {raw, host
                         + " redirects in circles, too often, or to something that is not http or https. Check "
                           "metrics_path."};
    case FetchFailure::BodyLimit:
        return {"body size limit exceeded", "The answer of " + host + " is larger than body_size_limit allows ("
                                                + result.error + "). Is this really a metrics endpoint?"};
    case FetchFailure::SampleLimit:
        return {result.error, "The answer of " + host + " goes beyond a limit: " + result.error
                                  + ". Nothing of it was stored; raise sample_limit if this is meant."};
    case FetchFailure::NoSamples:
        return {raw, "The answer of " + host + " goes on and on without metrics (" + raw
                         + "); it was given up. Is this really a metrics endpoint?"};
    case FetchFailure::HeaderLimit:
        return {raw, "The header of the answer of " + host + " is too large. Is this really a metrics endpoint?"};
    case FetchFailure::Memory:
        return {raw, "Many endpoints answer with very large bodies at once; this one was given up to keep memory "
                     "bounded."};
    case FetchFailure::Protocol: return {raw, host + " does not answer in correct HTTP: " + result.error + "."};
    case FetchFailure::Secret:
        return {result.error, "The credentials or certificates for " + host + " cannot be read here: " + result.error};
    case FetchFailure::Other: break;
    }
    return {raw, "The request to " + host + " failed: " + result.error + "."};
}

Failure contentTypeFailure(const FetchResult& result, const std::string& url)
{
    const std::string host = hostOf(url);
    const std::string type(result.contentType);
    const std::string raw =
        type.empty()
            ? "received no Content-Type and no fallback_scrape_protocol specified for target"
            : "received unsupported Content-Type \"" + type + "\" and no fallback_scrape_protocol specified for target";
    if (type.find("html") != std::string::npos) {
        std::string words = host + " answered with a web page instead of metrics";
        if (const std::string title = titleOf(result.body); !title.empty())
            words += " (" + quoted(title) + ")";
        if (!result.effectiveUrl.empty() && result.effectiveUrl != url)
            words += ", after a redirect to " + pathOf(result.effectiveUrl);
        const std::string path = pathOf(result.effectiveUrl.empty() ? url : result.effectiveUrl);
        const bool login = path.find("login") != std::string::npos || path.find("signin") != std::string::npos
                           || path.find("auth") != std::string::npos;
        return {raw,
                words + (login ? ". It asks for a login: set credentials for this job." : ". Check metrics_path.")};
    }
    if (type.find("protobuf") != std::string::npos)
        return {raw, host + " answered with protobuf, which is not read yet and was not asked for."};
    return {raw, host
                     + (type.empty() ? " does not say what its answer is (no Content-Type)"
                                     : " answered with " + quoted(type) + ", which is no metrics format")
                     + ". If it is metrics all the same, set fallback_scrape_protocol for this job."};
}

Failure parseFailure(const std::string& error, const FetchResult& result)
{
    const std::string_view body = result.body.substr(0, std::min<std::size_t>(result.body.size(), 256));
    const auto first = body.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && body[first] == '<')
        return {error, "The answer is a web page, not metrics"
                           + (titleOf(result.body).empty() ? "" : " (" + quoted(titleOf(result.body)) + ")")
                           + ". Check metrics_path."};
    return {error, "The metrics cannot be read: " + error + ". Nothing of this answer was stored."};
}

Failure limitFailure(const std::string& raw, const std::string& words)
{
    return {raw, words};
}

}  // namespace holdfast::scrape
