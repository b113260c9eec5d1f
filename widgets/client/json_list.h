#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QLatin1String>

#include <vector>

namespace holdfast::widgets {

/// Every object of the array `name`, read by `read(const QJsonObject&)`; what is no object is skipped.
template <typename T, typename Read>
std::vector<T> objectList(const QJsonObject& object, const char* name, Read read)
{
    const QJsonArray array = object.value(QLatin1String(name)).toArray();
    std::vector<T> items;
    items.reserve(static_cast<std::size_t>(array.size()));
    for (const auto& item : array) {
        if (item.isObject())
            items.push_back(read(item.toObject()));
    }
    return items;
}

}  // namespace holdfast::widgets
