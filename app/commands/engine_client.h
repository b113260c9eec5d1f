#pragma once

#include "app/base/result.h"
#include "app/engine/engine_file.h"

#include <string>

namespace holdfast::commands {

/// Asks the running engine of a database over its private port. One thread at a time.
class EngineClient {
public:
    /// `databaseFile` empty: the default one. NotFound where no engine runs for it.
    static Result<EngineClient> find(const std::string& databaseFile);

    /// An engine elsewhere, by the address of its private port and the file with its token (mode 0600); without a file
    /// the token is $HOLDFAST_TOKEN. Errors  NotFound for a file that is not there, BadInput without a token
    static Result<EngineClient> at(const std::string& url, const std::string& tokenFile);

    /// The body of a good answer; the engine's own words and kind otherwise.
    /// `path`: from "/holdfast/v1/…" on; `body`: JSON, for POST.
    [[nodiscard]] Result<std::string> get(const std::string& path) const { return ask("GET", path, {}); }
    [[nodiscard]] Result<std::string> post(const std::string& path, const std::string& body) const
    {
        return ask("POST", path, body);
    }

    [[nodiscard]] const engine::EngineFile& engine() const { return m_engine; }

private:
    explicit EngineClient(engine::EngineFile file) : m_engine(std::move(file)) {}
    [[nodiscard]] Result<std::string> ask(const std::string& method, const std::string& path,
                                          const std::string& body) const;

    engine::EngineFile m_engine;
};

/// Who acts: the configured name in $HOLDFAST_OPERATOR, else the login name.
[[nodiscard]] std::string operatorName();

}  // namespace holdfast::commands
