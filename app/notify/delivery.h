#pragma once

#include "app/notify/notice.h"

#include <cstdint>
#include <string>

namespace holdfast::notify {

///   Waiting ─step()→ Sending ─taken→ Sent            Sending ─refused for good, retry_for over→ Failed
///   Sending ─not taken→ Waiting (nextMs later)        Waiting ─a newer change of the same subject→ Superseded
///   Sending ─found so after a crash→ Waiting, repeated; the second time→ Unsure: never sent a third time
///   (new) ─queue full→ Dropped
enum class DeliveryState { Waiting, Sending, Sent, Failed, Superseded, Dropped, Unsure };

[[nodiscard]] const char* deliveryWord(DeliveryState state);  ///< "waiting" …
[[nodiscard]] DeliveryState deliveryStateOf(std::string_view word);

/// One notice on its way to one receiver: a row of the table `notification`.
struct Delivery {
    std::int64_t id = 0;
    std::string receiver;
    Notice notice;
    DeliveryState state = DeliveryState::Waiting;
    int attempts = 0;
    bool repeated = false;  ///< may have arrived before a crash; said in what is sent
    std::int64_t createdMs = 0;
    std::int64_t updatedMs = 0;
    std::string error;  ///< of the last attempt, in words
};

}  // namespace holdfast::notify
