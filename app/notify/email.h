#pragma once

#include "app/notify/transport.h"

#include <string>

namespace holdfast::notify {

/// One plain-text mail a notification, through the relay; mails of one incident are one thread in a mail reader, and a
/// second copy has the first one's Message-ID.
/// Source: RFC 5321, 5322, 2047.
class Email final : public Transport {
public:
    Email(config::EmailReceiver receiver, Sender sender) : m_receiver(std::move(receiver)), m_sender(std::move(sender))
    {
    }
    [[nodiscard]] Attempt send(const Delivery& delivery, std::int64_t timeoutMs, const std::stop_token& stop) override;
    [[nodiscard]] std::string kind() const override { return "email"; }

    /// The whole message, lines ended by CRLF.
    [[nodiscard]] std::string message(const Delivery& delivery) const;

private:
    const config::EmailReceiver m_receiver;
    const Sender m_sender;
};

}  // namespace holdfast::notify
