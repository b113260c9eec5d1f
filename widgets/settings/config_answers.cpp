#include "widgets/settings/config_answers.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

Result<ConfigText> decodeConfigText(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return ConfigText{textField(root, "file"), textField(root, "text"), textField(root, "revision"),
                      boolField(root, "writable")};
}

Result<ConfigVerdict> decodeConfigVerdict(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return ConfigVerdict{textList(root, "warnings"), textField(root, "revision"), textField(root, "backup")};
}

}  // namespace holdfast::widgets
