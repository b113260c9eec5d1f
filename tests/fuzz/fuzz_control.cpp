// What control reads of foreign systems that are no JSON over HTTP: HAProxy's socket and Hystrix's event stream.
#include "app/control/adapters/haproxy_state.h"
#include "app/control/adapters/hystrix_stream.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace holdfast::control;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)parseHaproxy(text);
    (void)haproxyComplaint(text);
    HystrixStream whole;
    (void)whole.take(text);
    HystrixStream pieces;
    for (std::size_t at = 0; at < size; at += 3)
        if (!pieces.take(text.substr(at, 3)))
            break;
    return 0;
}
