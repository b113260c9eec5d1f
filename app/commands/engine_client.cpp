#include "app/commands/engine_client.h"

#include "app/commands/http_request.h"
#include "app/config/load_config.h"
#include "app/engine/database_path.h"

#include <nlohmann/json.hpp>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace holdfast::commands {

namespace {

ErrorKind kindOf(const std::string& word)
{
    if (word == "bad_input")
        return ErrorKind::BadInput;
    if (word == "not_found")
        return ErrorKind::NotFound;
    if (word == "conflict")
        return ErrorKind::Conflict;
    if (word == "denied")
        return ErrorKind::Denied;
    return ErrorKind::Failed;
}

Error errorIn(const HttpReply& reply)
{
    const auto root = nlohmann::json::parse(reply.body, nullptr, false);
    if (root.is_object() && root.contains("error") && root["error"].is_string())
        return Error{root["error"].get<std::string>(),
                     kindOf(root.contains("kind") && root["kind"].is_string() ? root["kind"].get<std::string>() : "")};
    return Error{"the engine answered with status " + std::to_string(reply.status), ErrorKind::Failed};
}

}  // namespace

Result<EngineClient> EngineClient::find(const std::string& databaseFile)
{
    const std::string file = databaseFile.empty() ? engine::defaultDatabaseFile() : databaseFile;
    HF_TRY(engine::EngineFile found, engine::readEngineFile(engine::EngineFile::pathFor(file)));
    return EngineClient(std::move(found));
}

Result<EngineClient> EngineClient::at(const std::string& url, const std::string& tokenFile)
{
    engine::EngineFile there;
    there.privateUrl = url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
    if (there.privateUrl.find("://") == std::string::npos)
        there.privateUrl = "http://" + there.privateUrl;
    config::Secret token;
    if (tokenFile.empty())
        token.env = "HOLDFAST_TOKEN";
    else
        token.file = tokenFile;
    HF_TRY(there.token, config::secretText(token));
    return EngineClient(std::move(there));
}

Result<std::string> EngineClient::ask(const std::string& method, const std::string& path, const std::string& body) const
{
    HttpCall call;
    call.method = method;
    call.url = m_engine.privateUrl + path;
    call.body = body;
    call.token = m_engine.token;
    HF_TRY(HttpReply reply, httpRequest(call));
    if (reply.status / 100 != 2)
        return errorIn(reply);
    return std::move(reply.body);
}

std::string operatorName()
{
    if (const char* name = std::getenv("HOLDFAST_OPERATOR"); name && *name)
        return name;
    const passwd* entry = ::getpwuid(::getuid());
    return entry && entry->pw_name ? entry->pw_name : "unknown";
}

}  // namespace holdfast::commands
