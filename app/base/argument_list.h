#pragma once

#include <string>
#include <vector>

namespace holdfast {

/// The texts as exec and posix_spawn want them: pointers with a null at the end. Valid as long as `texts` are,
/// unchanged.
[[nodiscard]] inline std::vector<char*> argumentList(std::vector<std::string>& texts)
{
    std::vector<char*> list;
    list.reserve(texts.size() + 1);
    for (std::string& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

}  // namespace holdfast
