// A configuration or a target file of any bytes: accepted or refused with a message, nothing else.

#include "app/config/load_config.h"
#include "collectors/discovery/file_discovery.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto config = holdfast::config::parseConfig(text, "fuzz.yml");
    if (!config && config.error().message.substr(0, 9) != "fuzz.yml:")
        std::abort();
    static_cast<void>(holdfast::discovery::parseTargetFile(text, "targets.yml"));
    static_cast<void>(holdfast::discovery::parseTargetFile(text, "targets.json"));
    return 0;
}
