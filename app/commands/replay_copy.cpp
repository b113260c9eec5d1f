#include "app/commands/replay_copy.h"

#include "app/base/fresh_folder.h"
#include "app/base/log.h"
#include "app/incident/bundle.h"
#include "app/store/store.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace holdfast::commands {

namespace {

constexpr const char* kMark = ".replay";  // stands beside a copy: it may be replaced

Result<void> copyFile(const std::string& from, const std::string& to)
{
    std::error_code failed;
    if (std::filesystem::exists(to, failed) && !std::filesystem::exists(to + kMark, failed))
        return Error{to + " is there already and is no copy for a replay", ErrorKind::Conflict};
    for (const char* suffix : {"", "-wal", "-shm", "-mark"}) {
        std::filesystem::remove(to + suffix, failed);
        if (std::filesystem::exists(from + suffix, failed)
            && !std::filesystem::copy_file(from + suffix, to + suffix, failed))
            return Error{"cannot copy " + from + suffix + ": " + failed.message(), ErrorKind::Failed};
    }
    if (!std::filesystem::exists(to, failed))
        return Error{from + " does not exist", ErrorKind::NotFound};
    std::filesystem::permissions(to, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failed);
    std::ofstream(to + kMark) << from << "\n";
    return {};
}

}  // namespace

Result<ReplayCopy> copyForReplay(const std::string& file, const std::string& target)
{
    ReplayCopy out;
    out.database = target;
    if (out.database.empty()) {
        HF_TRY(const std::string folder, freshFolder("replay"));
        out.database = folder + "/replay.db";
    }
    HF_CHECK(copyFile(file, out.database));
    const SystemClock clock;
    Log log(stderr, LogLevel::Error, clock);
    store::StoreOptions options;
    options.path = out.database;
    options.futureMs = store::kAnyAge;
    // Once for writing: tables that a bundle of an older version lacks are made.
    HF_TRY(const auto opened, store::Store::open(options, clock, log));
    const store::StoreStats stats = opened->stats();
    const auto manifest = incident::readBundleManifest(*opened);
    if (manifest.ok()) {
        out.replay = {.incident = manifest->incident,
                      .atMs = manifest->atMs,
                      .startMs = manifest->span.start,
                      .endMs = manifest->span.end};
        if (!manifest->configYaml.empty()) {
            out.configFile = out.database + ".yml";
            std::ofstream(out.configFile) << manifest->configYaml;
        }
    } else if (manifest.error().kind == ErrorKind::NotFound) {
        if (stats.newestMs == 0)
            return Error{file + " has no samples to replay", ErrorKind::BadInput};
        out.replay = {.incident = 0, .atMs = stats.newestMs, .startMs = stats.oldestMs, .endMs = stats.newestMs};
    } else {
        return manifest.error();
    }
    HF_CHECK(opened->close());
    return out;
}

void removeCopy(const ReplayCopy& copy)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-mark", ".lock", ".yml", ".engine", kMark})
        std::filesystem::remove(copy.database + suffix, ignored);
    const auto folder = std::filesystem::path(copy.database).parent_path();
    if (folder.filename().string().starts_with("holdfast-replay-"))
        std::filesystem::remove(folder, ignored);  // only where it is empty now
}

}  // namespace holdfast::commands
