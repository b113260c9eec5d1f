#pragma once

#include "app/base/result.h"
#include "app/config/notify_config.h"
#include "app/notify/delivery.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace holdfast::notify {

/// How one attempt ended.
struct Attempt {
    enum class Outcome {
        Taken,      ///< the other side said yes
        NotTaken,   ///< it did not arrive, or the other side asked to come back
        Refused,    ///< the other side said no: again would be no again
        Ambiguous,  ///< sent, but no answer: it may have arrived
    };
    Outcome outcome = Outcome::NotTaken;
    std::optional<std::int64_t> retryAfterMs;
    std::string error;  ///< in words, unless Taken
};

/// What every notification says of its sender.
struct Sender {
    std::string environment;
    std::string externalUrl;
    LabelSet externalLabels;
};

/// One way to reach people. send() blocks at most about timeoutMs, and 2 s once `stop` is requested. One thread at a
/// time.
class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual Attempt send(const Delivery& delivery, std::int64_t timeoutMs,
                                       const std::stop_token& stop) = 0;
    /// Called for what still lasts, at most once in refreshMs(); 0: never.
    [[nodiscard]] virtual std::int64_t refreshMs() const { return 0; }
    [[nodiscard]] virtual std::string kind() const = 0;  ///< webhook alertmanager command email
};

[[nodiscard]] std::unique_ptr<Transport> makeTransport(const config::ReceiverConfig& receiver, const Sender& sender);

}  // namespace holdfast::notify
