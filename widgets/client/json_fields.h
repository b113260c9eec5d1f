#pragma once

#include "app/base/result.h"
#include "widgets/client/json_list.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// Reading of one field of an answer. A field that is missing, null or of another type gives the empty value, because
/// an older or newer engine may leave fields out; only a body that is no JSON object at all is an error.
[[nodiscard]] Result<QJsonObject> jsonObject(const QByteArray& body);

[[nodiscard]] QString textField(const QJsonObject& object, const char* name);
[[nodiscard]] QStringList textList(const QJsonObject& object, const char* name);
[[nodiscard]] bool boolField(const QJsonObject& object, const char* name);
[[nodiscard]] std::optional<double> numberField(const QJsonObject& object, const char* name);
/// Whole numbers: counts, ids, milliseconds since the epoch. 0 when absent.
[[nodiscard]] std::int64_t intField(const QJsonObject& object, const char* name);
[[nodiscard]] std::optional<std::int64_t> optionalIntField(const QJsonObject& object, const char* name);
[[nodiscard]] QJsonObject objectField(const QJsonObject& object, const char* name);
/// Numbers of an array; null becomes NaN, which the painters draw as a gap.
[[nodiscard]] std::vector<double> numberList(const QJsonObject& object, const char* name);

}  // namespace holdfast::widgets
