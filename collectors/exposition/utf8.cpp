#include "collectors/exposition/utf8.h"

#include <cstddef>

namespace holdfast::exposition {

bool isUtf8(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i, unsigned char least, unsigned char most) {
        return i < text.size() && byte(i) >= least && byte(i) <= most;
    };
    std::size_t i = 0;
    while (i < text.size()) {
        const unsigned char c = byte(i);
        if (c < 0x80) {
            ++i;
        } else if (c >= 0xc2 && c <= 0xdf) {
            if (!follows(i + 1, 0x80, 0xbf))
                return false;
            i += 2;
        } else if (c >= 0xe0 && c <= 0xef) {
            if (!follows(i + 1, c == 0xe0 ? 0xa0 : 0x80, c == 0xed ? 0x9f : 0xbf) || !follows(i + 2, 0x80, 0xbf))
                return false;
            i += 3;
        } else if (c >= 0xf0 && c <= 0xf4) {
            if (!follows(i + 1, c == 0xf0 ? 0x90 : 0x80, c == 0xf4 ? 0x8f : 0xbf) || !follows(i + 2, 0x80, 0xbf)
                || !follows(i + 3, 0x80, 0xbf))
                return false;
            i += 4;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace holdfast::exposition
