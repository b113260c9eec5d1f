#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <cstdint>

namespace holdfast::widgets {

/// What an engine writes beside its database (`<database>.engine`) so that a window finds it.
struct EngineFile {
    std::int64_t pid = 0;
    QUrl privateUrl;
    QUrl publicUrl;
    QByteArray token;
    QString version;
    std::int64_t startedMs = 0;
    QString program;        ///< executable that was started, when the engine says so
    QStringList arguments;  ///< what it was started with, from "serve" on, when the engine says so
};

/// Reads and checks the file. Thread-safe; waits for the disk, so not on the GUI thread.
[[nodiscard]] Result<EngineFile> readEngineFile(const QString& path);

}  // namespace holdfast::widgets
