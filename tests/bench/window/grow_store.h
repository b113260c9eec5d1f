#pragma once

#include "app/base/result.h"

#include <QString>

#include <cstdint>

namespace holdfast::bench {

/// Fills a database with a past: every series that an engine has just written into `database` gets a sample each 15 s
/// further back, until `samples` are in it. Written through `holdfast export` and `holdfast import`, as a person would.
///
/// program  path of `holdfast`; no engine may run on the database
/// Returns  how many samples were imported
[[nodiscard]] Result<std::int64_t> growStore(const QString& program, const QString& database, const QString& folder,
                                             std::int64_t samples);

}  // namespace holdfast::bench
