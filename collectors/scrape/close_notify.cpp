#include "collectors/scrape/close_notify.h"

#include <openssl/ssl.h>

namespace holdfast::scrape {

namespace {

/// Where OpenSSL keeps our pointer with a connection.
int slot()
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return index;
}

}  // namespace

void CloseNotify::begin(CURL* easy)
{
    end();
    m_came = false;
    curl_tlssessioninfo* info = nullptr;
    curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info);
    if (info == nullptr || info->backend != CURLSSLBACKEND_OPENSSL || info->internals == nullptr)
        return;
    m_connection = static_cast<SSL*>(info->internals);
    SSL_up_ref(m_connection);
    SSL_set_ex_data(m_connection, slot(), this);
    SSL_set_info_callback(m_connection, &CloseNotify::onEvent);
}

void CloseNotify::end()
{
    if (m_connection == nullptr)
        return;
    SSL_set_info_callback(m_connection, nullptr);
    SSL_free(m_connection);
    m_connection = nullptr;
}

void CloseNotify::onEvent(const ssl_st* connection, int where, int what)
{
    // The low byte of an alert is what it says, the high one how bad it is.
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && (what & 0xff) == SSL3_AD_CLOSE_NOTIFY)
        static_cast<CloseNotify*>(SSL_get_ex_data(connection, slot()))->m_came = true;
}

}  // namespace holdfast::scrape
