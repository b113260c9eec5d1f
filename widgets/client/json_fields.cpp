#include "widgets/client/json_fields.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <limits>

namespace holdfast::widgets {

namespace {

QJsonValue field(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1String(name));
}

}  // namespace

Result<QJsonObject> jsonObject(const QByteArray& body)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (!document.isObject())
        return Error{"the answer is not JSON (" + error.errorString().toStdString() + ")", ErrorKind::Corrupt};
    return document.object();
}

QString textField(const QJsonObject& object, const char* name)
{
    return field(object, name).toString();
}

QStringList textList(const QJsonObject& object, const char* name)
{
    QStringList list;
    for (const auto& item : field(object, name).toArray())
        list.append(item.toString());
    return list;
}

bool boolField(const QJsonObject& object, const char* name)
{
    return field(object, name).toBool();
}

std::optional<double> numberField(const QJsonObject& object, const char* name)
{
    const QJsonValue value = field(object, name);
    if (!value.isDouble())
        return std::nullopt;
    return value.toDouble();
}

std::int64_t intField(const QJsonObject& object, const char* name)
{
    return optionalIntField(object, name).value_or(0);
}

std::optional<std::int64_t> optionalIntField(const QJsonObject& object, const char* name)
{
    const auto number = numberField(object, name);
    if (!number)
        return std::nullopt;
    constexpr double exactLimit = 9007199254740992.0;  // 2^53: above it a double skips whole numbers
    if (!std::isfinite(*number) || std::abs(*number) > exactLimit)
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

QJsonObject objectField(const QJsonObject& object, const char* name)
{
    return field(object, name).toObject();
}

std::vector<double> numberList(const QJsonObject& object, const char* name)
{
    const QJsonArray array = field(object, name).toArray();
    std::vector<double> numbers;
    numbers.reserve(static_cast<std::size_t>(array.size()));
    for (const auto& item : array)
        numbers.push_back(item.isDouble() ? item.toDouble() : std::numeric_limits<double>::quiet_NaN());
    return numbers;
}

}  // namespace holdfast::widgets
