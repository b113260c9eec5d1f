#include "app/api/config_door.h"

#include "app/api/config_file.h"
#include "app/api/holdfast_answer.h"
#include "app/api/json_body.h"

#include <vector>

namespace holdfast::api {

namespace {

constexpr std::size_t kMostBody = 8 * 1024 * 1024;  // 4 MiB of text, escaped

void writeWarnings(JsonWriter& json, const std::vector<std::string>& warnings)
{
    json.key("warnings").beginArray();
    for (const std::string& warning : warnings)
        json.string(warning);
    json.endArray();
}

}  // namespace

void ConfigDoor::addRoutes(Router& router)
{
    router.addPrivate("GET", "/holdfast/v1/config", Lane::Status, [this](const Call&) { return read(); });
    router
        .addPrivate("POST", "/holdfast/v1/config/check", Lane::Status, [this](const Call& call) { return check(call); })
        .maxBody = kMostBody;
    router.addPrivate("PUT POST", "/holdfast/v1/config", Lane::Change, [this](const Call& call) { return put(call); })
        .maxBody = kMostBody;
}

HttpResponse ConfigDoor::read() const
{
    const std::string file = m_parts.file();
    const auto text = readConfigFile(file);
    if (!text.ok())
        return errorReply(text.error());
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().text("file", file).text("text", text->text).text("revision", text->revision);
        json.flag("writable", text->writable).endObject();
    });
}

HttpResponse ConfigDoor::check(const Call& call) const
{
    JsonBody body(call.request.body);
    const std::string text = body.text("text");
    if (body.error())
        return errorReply(*body.error());
    const auto warnings = checkConfig(text, m_parts.file());
    if (!warnings.ok())
        return errorReply(Error{warnings.error().message, ErrorKind::BadInput});
    return jsonReply([&](JsonWriter& json) {
        json.beginObject();
        writeWarnings(json, *warnings);
        json.endObject();
    });
}

HttpResponse ConfigDoor::put(const Call& call) const
{
    JsonBody body(call.request.body);
    const std::string text = body.text("text");
    const std::string revision = body.text("revision");
    const std::string actor = body.text("actor");
    if (body.error())
        return errorReply(*body.error());
    const auto warnings = checkConfig(text, m_parts.file());
    if (!warnings.ok())
        return errorReply(Error{warnings.error().message, ErrorKind::BadInput});
    std::string backup;
    const auto file = m_parts.editConfig([&](std::string_view before) -> Result<std::string> {
        const std::string path = m_parts.file();
        if (path.empty() || configRevision(before) != revision)
            return Error{path + " was changed by somebody else since it was read; read it again and put your change in",
                         ErrorKind::Conflict};
        HF_TRY(backup, keepConfigFile(path, m_parts.clock.wallMs()));
        return text;
    });
    if (!file.ok())
        return errorReply(Error{file.error().message,
                                file.error().kind == ErrorKind::Conflict ? ErrorKind::Conflict : ErrorKind::BadInput});
    m_parts.log.info("config", *file + " changed by " + actor + "; the text before is in " + backup);
    return jsonReply([&](JsonWriter& json) {
        json.beginObject().text("file", *file).text("revision", configRevision(text)).text("backup", backup);
        writeWarnings(json, *warnings);
        json.endObject();
    });
}

}  // namespace holdfast::api
