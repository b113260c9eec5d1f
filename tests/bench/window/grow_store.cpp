#include "tests/bench/window/grow_store.h"

#include <QFile>
#include <QProcess>

#include <algorithm>
#include <cstdio>
#include <string>
#include <unordered_map>
#include <vector>

namespace holdfast::bench {

namespace {

constexpr std::int64_t stepS = 15;
constexpr std::int64_t samplesAFile = 1'000'000;
constexpr int patienceMs = 600'000;

struct Seed {
    std::string series;
    double last = 0;
    double perStep = 0;  ///< what a counter has grown by, on average
};

Result<QByteArray> run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(patienceMs) || process.exitCode() != 0)
        return Error{(arguments.join(QLatin1Char(' ')) + ": ").toStdString()
                         + process.readAllStandardError().toStdString(),
                     ErrorKind::Failed};
    return process.readAllStandardOutput();
}

/// The series of an OpenMetrics text with their last values; the earliest time in it goes to `firstS`.
std::vector<Seed> seedsOf(const QByteArray& text, double& firstS)
{
    struct Ends {
        double first = 0;
        double last = 0;
        std::int64_t count = 0;
    };
    std::unordered_map<std::string, Ends> all;
    for (const QByteArray& line : text.split('\n')) {
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const qsizetype time = line.lastIndexOf(' ');
        const qsizetype value = line.lastIndexOf(' ', time - 1);
        if (value < 0)
            continue;
        bool isNumber = false;
        const double v = line.mid(value + 1, time - value - 1).toDouble(&isNumber);
        if (!isNumber)
            continue;
        Ends& ends = all[line.left(value).toStdString()];
        if (ends.count++ == 0)
            ends.first = v;
        ends.last = v;
        const double at = line.mid(time + 1).toDouble();
        firstS = firstS == 0 ? at : std::min(firstS, at);
    }
    std::vector<Seed> seeds;
    for (const auto& [series, ends] : all) {
        const bool grows = ends.last > ends.first && ends.count > 1;
        seeds.push_back({series, ends.first, grows ? (ends.last - ends.first) / static_cast<double>(ends.count) : 0});
    }
    return seeds;
}

}  // namespace

Result<std::int64_t> growStore(const QString& program, const QString& database, const QString& folder,
                               std::int64_t samples)
{
    HF_TRY(const QByteArray exported, run(program, {QStringLiteral("export"), QStringLiteral("--db"), database}));
    double firstS = 0;
    const std::vector<Seed> seeds = seedsOf(exported, firstS);
    if (seeds.empty())
        return Error{"the engine has written nothing", ErrorKind::Failed};
    const std::int64_t steps = samples / static_cast<std::int64_t>(seeds.size()) + 1;
    const std::int64_t stepsAFile = std::max<std::int64_t>(1, samplesAFile / static_cast<std::int64_t>(seeds.size()));
    const auto endS = static_cast<std::int64_t>(firstS) - stepS;
    const QString file = folder + QStringLiteral("/past.om");
    std::int64_t written = 0;
    for (std::int64_t from = steps; from > 0; from -= stepsAFile) {
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly))
            return Error{file.toStdString() + ": cannot be written", ErrorKind::Failed};
        std::string lines;
        for (const Seed& seed : seeds) {
            for (std::int64_t back = from; back > std::max<std::int64_t>(0, from - stepsAFile); --back) {
                const double sway = 1 + 0.1 * static_cast<double>(back * 7 % 11 - 5) / 5;
                const double value =
                    seed.perStep > 0 ? std::max(0.0, 1e6 - static_cast<double>(back) * seed.perStep) : seed.last * sway;
                char tail[80];
                const int length = std::snprintf(tail, sizeof tail, " %.9g %lld\n", value,
                                                 static_cast<long long>(endS - back * stepS));
                lines.append(seed.series).append(tail, static_cast<std::size_t>(length));
                ++written;
            }
            if (lines.size() > 1 << 20) {
                out.write(lines.data(), static_cast<qint64>(lines.size()));
                lines.clear();
            }
        }
        lines += "# EOF\n";
        out.write(lines.data(), static_cast<qint64>(lines.size()));
        out.close();
        HF_CHECK(run(program, {QStringLiteral("import"), file, QStringLiteral("--db"), database}));
        std::printf("  %lld samples\n", static_cast<long long>(written));
    }
    QFile::remove(file);
    return written;
}

}  // namespace holdfast::bench
