#include "widgets/client/action_effect.h"

#include "widgets/client/json_fields.h"

namespace holdfast::widgets {

Result<EffectList> decodeEffects(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return EffectList{objectList<ChangeEffect>(root, "effects", [](const QJsonObject& object) {
        ChangeEffect effect;
        effect.ofMs = intField(object, "of_ms");
        effect.of = textField(object, "of");
        effect.service = textField(object, "service");
        effect.state = textField(object, "state");
        effect.because = textField(object, "because");
        effect.lines = objectList<EffectLine>(object, "lines", [](const QJsonObject& line) {
            return EffectLine{textField(line, "signal"), numberField(line, "before"), numberField(line, "now"),
                              textField(line, "verdict"), numberField(line, "z")};
        });
        return effect;
    })};
}

}  // namespace holdfast::widgets
