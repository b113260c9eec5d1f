#pragma once

#include "app/base/result.h"
#include "app/incident/incident.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::incident {

/// What is taken out of a story before it leaves the house.
struct RedactionRequest {
    bool people = false;                ///< names of actors and owners, wherever they stand; e-mail addresses
    bool hosts = false;                 ///< IP addresses, host names with a dot, instances of targets
    bool tokens = false;                ///< bearer tokens, passwords, keys, long secrets
    std::vector<std::string> patterns;  ///< RE2; at most 20 of at most 500 bytes

    [[nodiscard]] bool any() const { return people || hosts || tokens || !patterns.empty(); }
};

/// "people,hosts,tokens" as the doors write it. BadInput for another word.
[[nodiscard]] Result<RedactionRequest> parseRedaction(std::string_view words, std::vector<std::string> patterns);

/// Replaces what is to be hidden, the same thing by the same word all over a story: "person-1", "host-2:7101".
/// One thread at a time.
class Redactor {
public:
    /// BadInput for a pattern that is no RE2.
    [[nodiscard]] static Result<Redactor> make(const RedactionRequest& request);
    Redactor(Redactor&&) noexcept;
    ~Redactor();

    /// Names that are to be found as whole words from now on. Words of programs ("holdfast", "ci") are no people.
    void addPerson(std::string_view name);
    void addHost(std::string_view name);

    [[nodiscard]] std::string text(std::string_view text);
    void apply(IncidentDetail& incident);
    void apply(Event& event);

    struct Replacement {
        std::string kind;  ///< people hosts tokens pattern
        std::string text;
        std::string with;
        std::size_t times = 0;
    };
    /// What was replaced so far; of secrets only the beginning is shown.
    [[nodiscard]] std::vector<Replacement> replacements() const;

private:
    struct State;
    explicit Redactor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace holdfast::incident
