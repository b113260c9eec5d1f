#include "app/config/label_name.h"

#include <cstddef>

namespace holdfast::config {

bool isUtf8Text(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        const std::size_t follow = c < 0x80                ? 0
                                   : c >= 0xc2 && c < 0xe0 ? 1
                                   : c >= 0xe0 && c < 0xf0 ? 2
                                   : c >= 0xf0 && c < 0xf5 ? 3
                                                           : 9;
        if (follow == 9 || i + follow >= text.size())
            return false;
        for (std::size_t k = 1; k <= follow; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80U)
                return false;
        }
        i += follow + 1;
    }
    return true;
}

bool isLabelName(std::string_view name)
{
    return !name.empty() && isUtf8Text(name);
}

}  // namespace holdfast::config
