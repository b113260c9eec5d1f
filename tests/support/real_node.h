#pragma once

#include "tests/support/real_program.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLockFile>

namespace holdfast::test {

/// The packages of a folder with package.json (and its lock file), installed by npm into a cache folder that outlives
/// the test: HOLDFAST_NPM_CACHE, else ~/.cache/holdfast-tests. Folder with node_modules; empty with `why` where npm
/// cannot get them.
inline QString npmPackages(const QString& source, QString& why, int withinMs = 240'000)
{
    if (programPath("node").isEmpty() || programPath("npm").isEmpty()) {
        why = "node and npm are not installed";
        return {};
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const char* name : {"/package.json", "/package-lock.json"}) {
        QFile file(source + name);
        if (file.open(QIODevice::ReadOnly))
            hash.addData(file.readAll());
    }
    const QString given = qEnvironmentVariable("HOLDFAST_NPM_CACHE");
    const QString folder = (given.isEmpty() ? QDir::homePath() + "/.cache/holdfast-tests" : given) + "/"
                           + QString::fromLatin1(hash.result().toHex().left(16));
    QDir().mkpath(folder);
    QLockFile lock(folder + "/lock");
    if (!lock.tryLock(withinMs)) {
        why = "another test is installing into " + folder;
        return {};
    }
    if (QFile::exists(folder + "/installed"))
        return folder;
    const bool locked = QFile::exists(source + "/package-lock.json");
    for (const char* name : {"/package.json", "/package-lock.json"}) {
        QFile::remove(folder + name);
        QFile::copy(source + name, folder + name);
    }
    QProcess npm;
    npm.setWorkingDirectory(folder);
    npm.setProcessChannelMode(QProcess::MergedChannels);
    npm.start(programPath("npm"), {locked ? "ci" : "install", "--ignore-scripts", "--no-audit", "--no-fund",
                                   "--fetch-retries=1", "--fetch-timeout=30000"});
    if (!npm.waitForFinished(withinMs) || npm.exitCode() != 0) {
        why = "npm cannot reach a registry: " + QString::fromUtf8(npm.readAll()).trimmed().right(300);
        npm.kill();
        npm.waitForFinished();
        return {};
    }
    QFile done(folder + "/installed");
    if (!done.open(QIODevice::WriteOnly))
        why = "cannot write to " + folder;
    return why.isEmpty() ? folder : QString();
}

}  // namespace holdfast::test
