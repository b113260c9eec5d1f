#include "app/notify/email.h"

#include "app/notify/alert_json.h"
#include "app/notify/curl_call.h"
#include "app/notify/named_url.h"

#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>
#include <string_view>

namespace holdfast::notify {

namespace {

constexpr std::size_t kLine = 76;         // of base64, RFC 2045
constexpr std::size_t kEncodedWord = 42;  // bytes that fit an encoded word of 75 characters

std::string base64(std::string_view bytes)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k <= bytes.size() ? alphabet[three >> (18 - 6 * k) & 63U] : '=';
    }
    return out;
}

bool isPlain(std::string_view text)
{
    for (const char c : text)
        if (c < ' ' || c > '~')
            return false;
    return text.size() < 900;
}

/// A header's text; anything but printable ASCII becomes encoded words, which are cut between characters.
std::string headerText(std::string_view text)
{
    if (isPlain(text))
        return std::string(text);
    std::string out;
    while (!text.empty()) {
        std::size_t cut = std::min(kEncodedWord, text.size());
        while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U)
            --cut;
        cut = cut == 0 ? std::min(kEncodedWord, text.size()) : cut;
        out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(text.substr(0, cut)) + "?=");
        text.remove_prefix(cut);
    }
    return out;
}

std::string mailDate(std::int64_t ms)
{
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = ms / 1000;
    std::tm at{};
    ::gmtime_r(&seconds, &at);
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::string(days[static_cast<std::size_t>(at.tm_wday)]) + ", " + two(at.tm_mday) + " "
           + months[static_cast<std::size_t>(at.tm_mon)] + " " + std::to_string(1900 + at.tm_year) + " "
           + two(at.tm_hour) + ":" + two(at.tm_min) + ":" + two(at.tm_sec) + " +0000";
}

std::string domainOf(const std::string& address)
{
    return address.substr(address.find('@') + 1);
}

std::string idText(std::string text)
{
    for (char& c : text)
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            c = '-';
    return text;
}

struct Upload {
    std::string text;
    std::size_t done = 0;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* from)
{
    auto& upload = *static_cast<Upload*>(from);
    const std::size_t n = std::min(size * count, upload.text.size() - upload.done);
    std::memcpy(to, upload.text.data() + upload.done, n);
    upload.done += n;
    return n;
}

std::string hostName()
{
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0' ? name.data() : "localhost";
}

}  // namespace

std::string Email::message(const Delivery& delivery) const
{
    const Notice& notice = delivery.notice;
    const std::string domain = domainOf(m_receiver.from);
    const std::string thread = "<holdfast-" + idText(notice.now.subject) + "@" + domain + ">";
    std::string to;
    for (const std::string& one : m_receiver.to)
        to += (to.empty() ? "" : ",\r\n ") + one;
    std::string out = "From: " + m_receiver.from + "\r\nTo: " + to + "\r\nSubject: " + headerText(subjectLine(delivery))
                      + "\r\nDate: " + mailDate(notice.atMs) + "\r\nMessage-ID: <holdfast-"
                      + std::to_string(notice.atMs) + "-" + std::to_string(delivery.id) + "@" + domain
                      + ">\r\nReferences: " + thread + "\r\nIn-Reply-To: " + thread
                      + "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
                      + (notice.now.severity == 1 && notice.firing() ? "X-Priority: 1\r\n" : "") + "\r\n";
    const std::string body = base64(plainText(delivery, m_sender));
    for (std::size_t at = 0; at < body.size(); at += kLine)
        out += body.substr(at, kLine) + "\r\n";
    return out;
}

Attempt Email::send(const Delivery& delivery, std::int64_t timeoutMs, const std::stop_token& stop)
{
    using Outcome = Attempt::Outcome;
    const auto password = textOf(m_receiver.password);
    if (!password.ok())
        return {.outcome = Outcome::NotTaken, .retryAfterMs = {}, .error = password.error().message};
    const std::string hello = m_receiver.hello.empty() ? hostName() : m_receiver.hello;
    const NamedUrl named =
        withServerName((m_receiver.implicitTls ? "smtps://" : "smtp://") + m_receiver.smarthost + "/" + hello,
                       m_receiver.tls.serverName);
    const Easy easy = newCall(named.url, timeoutMs, {});
    if (!easy)
        return {.outcome = Outcome::NotTaken, .retryAfterMs = {}, .error = "libcurl cannot be set up"};
    CURL* const curl = easy.get();
    CurlList to(nullptr, &curl_slist_free_all);
    for (const std::string& one : m_receiver.to)
        append(to, "<" + one + ">");
    Upload upload{message(delivery), 0};
    const std::string from = "<" + m_receiver.from + ">";
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(
        curl, CURLOPT_USE_SSL,
        static_cast<long>(m_receiver.requireTls && !m_receiver.implicitTls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    setTls(curl, m_receiver.tls);
    CurlList connectTo(nullptr, &curl_slist_free_all);
    if (!named.connectTo.empty()) {
        append(connectTo, named.connectTo);
        curl_easy_setopt(curl, CURLOPT_CONNECT_TO, connectTo.get());
    }
    if (!m_receiver.username.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, m_receiver.username.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password->c_str());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    const CallEnd end = run(curl, stop);
    if (end.code == CURLE_OK)
        return {.outcome = Outcome::Taken, .retryAfterMs = {}, .error = {}};
    std::string error = end.words;
    if (end.status >= 400)
        error = "the relay answered " + std::to_string(end.status) + " (" + end.words + ")";
    if (end.status >= 500)
        return {.outcome = Outcome::Refused, .retryAfterMs = {}, .error = std::move(error)};
    // The whole message went out and no answer came: the relay may have it.
    const bool whole = upload.done == upload.text.size() && end.status < 400;
    return {.outcome = whole ? Outcome::Ambiguous : Outcome::NotTaken, .retryAfterMs = {}, .error = std::move(error)};
}

}  // namespace holdfast::notify
