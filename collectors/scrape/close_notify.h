#pragma once

#include <curl/curl.h>

struct ssl_st;

namespace holdfast::scrape {

/// Whether TLS told the end of an answer, or the connection was merely cut.
///
/// A body without length ends with its connection; whoever can cut it would choose where the body ends. libcurl takes
/// both for the same (lib/vtls/openssl.c, 7.88: SSL_ERROR_SYSCALL without an error is an end). One thread at a time.
class CloseNotify {
public:
    CloseNotify() = default;
    ~CloseNotify() { end(); }
    CloseNotify(const CloseNotify&) = delete;
    CloseNotify& operator=(const CloseNotify&) = delete;

    /// Begins to listen on the connection of a running transfer; call it within a callback of libcurl.
    void begin(CURL* easy);
    void end();
    [[nodiscard]] bool listening() const { return m_connection != nullptr; }
    [[nodiscard]] bool came() const { return m_came; }

private:
    static void onEvent(const ssl_st* connection, int where, int what);

    ssl_st* m_connection = nullptr;  ///< a reference of our own: libcurl closes its first
    bool m_came = false;
};

}  // namespace holdfast::scrape
