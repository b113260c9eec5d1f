#pragma once

#include "app/commands/command.h"

#include <QFile>
#include <QTemporaryDir>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace holdfast::commands {

/// What a command printed and ended with.
struct Ran {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// Everything written to a descriptor goes to a file while this lives. One thread at a time.
class Captured {
public:
    Captured(std::FILE* stream, const QString& path) : m_stream(stream), m_path(path)
    {
        std::fflush(stream);
        m_saved = ::dup(::fileno(stream));
        std::FILE* const file = std::fopen(path.toLocal8Bit().constData(), "w");
        ::dup2(::fileno(file), ::fileno(stream));
        std::fclose(file);
    }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;
    ~Captured()
    {
        std::fflush(m_stream);
        ::dup2(m_saved, ::fileno(m_stream));
        ::close(m_saved);
    }

private:
    std::FILE* m_stream;
    QString m_path;
    int m_saved = -1;
};

/// Runs a command line in this process, as main() does: {"db", "check", "--db", …}.
inline Ran run(void (*add)(CLI::App&, CommandResult&), std::vector<std::string> words)
{
    const QTemporaryDir directory;
    const QString out = directory.filePath("out");
    const QString err = directory.filePath("err");
    Ran ran;
    {
        const Captured capturedOut(stdout, out);
        const Captured capturedErr(stderr, err);
        CLI::App app("Holdfast", "holdfast");
        CommandResult result;
        add(app, result);
        std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
        try {
            app.parse(words);
            ran.code = result.exitCode;
        } catch (const CLI::ParseError& error) {
            ran.code = app.exit(error) == 0 ? 0 : 2;
        }
    }
    const auto read = [](const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    ran.out = read(out);
    ran.err = read(err);
    return ran;
}

}  // namespace holdfast::commands
