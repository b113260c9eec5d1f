#include "widgets/notifications/notice.h"

#include "widgets/client/json_fields.h"
#include "widgets/client/json_list.h"

namespace holdfast::widgets {

bool Notice::forDesktop() const
{
    return receiver == QLatin1String("desktop") && state != QLatin1String("superseded")
           && state != QLatin1String("dropped");
}

Result<NoticeList> decodeNotices(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    return NoticeList{objectList<Notice>(root, "notifications", [](const QJsonObject& object) {
        return Notice{.id = intField(object, "id"),
                      .receiver = textField(object, "receiver"),
                      .state = textField(object, "state"),
                      .change = textField(object, "change"),
                      .kind = textField(object, "kind"),
                      .subject = textField(object, "subject"),
                      .incident = intField(object, "incident"),
                      .severity = textField(object, "severity"),
                      .title = textField(object, "title"),
                      .text = textField(object, "text"),
                      .service = textField(object, "service"),
                      .atMs = intField(object, "at_ms")};
    })};
}

}  // namespace holdfast::widgets
