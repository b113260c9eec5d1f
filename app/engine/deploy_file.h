#pragma once

#include "app/base/log.h"
#include "app/incident/event.h"
#include "app/store/journal.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::engine {

/// A line of a tag file: what of which service runs since when.
struct DeployedTag {
    std::string tag;
    std::int64_t atMs = 0;  ///< 0: the line does not say
    bool operator==(const DeployedTag&) const = default;
};

/// Services and their tags: one a line, "SERVICE TAG [TIME]", "SERVICE/TAG" or "SERVICE@TAG" as monorepos name their
/// git tags, or "TAG" alone for all services (service ""). TIME is RFC 3339. "#" begins a comment; of two lines of a
/// service the later counts. So `git describe --tags > FILE` works, and so does a line a deploy script appends.
[[nodiscard]] std::map<std::string, DeployedTag> parseTagFile(std::string_view text);

/// Watches a tag file: a tag that changed, or a service that was added, is a deploy. What was read last survives a
/// restart, so that a deploy of the meantime is told too; the first file ever read tells nothing.
/// One thread at a time.
class DeployFile {
public:
    DeployFile(store::Journal& journal, Log& log) : m_journal(journal), m_log(log) {}

    /// What is new since the last look; cheap while the file stays as it is. An empty path: nothing.
    [[nodiscard]] std::vector<incident::Event> look(const std::string& path, std::int64_t nowMs);

private:
    void open(const std::string& path);
    void keep();

    store::Journal& m_journal;
    Log& m_log;
    std::string m_path;
    std::int64_t m_stampNs = 0;  ///< of the file's change, when it was read
    std::int64_t m_size = -1;
    bool m_known = false;
    bool m_missing = false;
    std::map<std::string, DeployedTag> m_tags;
};

}  // namespace holdfast::engine
