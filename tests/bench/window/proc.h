#pragma once

#include <QFile>
#include <QString>

#include <unistd.h>

namespace holdfast::bench {

/// What /proc says of a process. Zero for one that is gone.

/// CPU it has used so far, all threads, ms.
[[nodiscard]] inline double processCpuMs(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    // The name may hold blanks; utime and stime are the 12th and 13th after it (proc(5)).
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() < 13
               ? 0
               : (fields[11].toDouble() + fields[12].toDouble()) * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// A line of /proc/<pid>/status in MiB: "VmRSS", "VmHWM".
[[nodiscard]] inline double statusMib(qint64 pid, const QByteArray& name)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith(name + ':'))
            return line.mid(name.size() + 1).simplified().split(' ').front().toDouble() / 1024;
    }
    return 0;
}

}  // namespace holdfast::bench
