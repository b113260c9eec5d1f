#include "widgets/client/effect_view.h"

#include "widgets/client/json_fields.h"
#include "widgets/client/json_list.h"

namespace holdfast::widgets {

Result<EffectView> decodeEffectView(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return EffectView{.action = intField(root, "action"),
                      .sentMs = intField(root, "sent_ms"),
                      .judgedMs = intField(root, "judged_ms"),
                      .atMs = intField(root, "at_ms"),
                      .endedMs = intField(root, "ended_ms"),
                      .endedBy = textField(root, "ended_by"),
                      .state = textField(root, "state"),
                      .lines = objectList<EffectLine>(root, "lines", readEffectLine)};
}

}  // namespace holdfast::widgets
