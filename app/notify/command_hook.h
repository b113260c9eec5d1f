#pragma once

#include "app/notify/transport.h"

#include <string>

namespace holdfast::notify {

/// Starts the operator's program, without a shell, for each notification: the webhook's JSON on its standard input,
/// and HOLDFAST_CHANGE, HOLDFAST_SEVERITY, HOLDFAST_TITLE, HOLDFAST_INCIDENT, HOLDFAST_REPEATED in its environment.
/// Exit 0: taken. 75 (EX_TEMPFAIL of sysexits.h): not taken, comes again. Ended by the time limit: ambiguous. Anything
/// else: refused.
/// The time limit ends it and what it started (its process group).
class CommandHook final : public Transport {
public:
    CommandHook(config::CommandReceiver receiver, Sender sender)
        : m_receiver(std::move(receiver)), m_sender(std::move(sender))
    {
    }
    [[nodiscard]] Attempt send(const Delivery& delivery, std::int64_t timeoutMs, const std::stop_token& stop) override;
    [[nodiscard]] std::string kind() const override { return "command"; }

private:
    const config::CommandReceiver m_receiver;
    const Sender m_sender;
};

}  // namespace holdfast::notify
