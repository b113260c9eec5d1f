#pragma once

#include "app/api/http_message.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace holdfast::api {

/// Percent-decoded text; '+' becomes a blank where `plus` says so. A broken escape makes the whole text invalid.
enum class Plus { IsPlus, IsBlank };
[[nodiscard]] bool percentDecode(std::string_view text, Plus plus, std::string& out);

/// Parameters of a request: those of a form body first, then those of the URL. A pair with a broken escape is left
/// out, as Go's url.ParseQuery does. Value type.
class Form {
public:
    Form() = default;
    explicit Form(const HttpRequest& request);
    explicit Form(std::string_view encoded) { add(encoded); }

    /// The first value; empty where absent.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const;
    /// Every value in order, of all the names given.
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;

private:
    void add(std::string_view encoded);

    std::vector<std::pair<std::string, std::string>> m_pairs;
};

}  // namespace holdfast::api
