#include "widgets/training/experiment_child.h"

#include <QDir>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr double runLastsS = 19;  // app/fleet/experiments/shop_run.h, with start and end of the shop

}  // namespace

ExperimentChild::ExperimentChild(QString program, QString directory, QObject* parent)
    : QObject(parent), m_program(std::move(program)), m_directory(std::move(directory))
{
    m_second.setInterval(500);
    connect(&m_second, &QTimer::timeout, this, &ExperimentChild::progressed);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ExperimentChild::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_errors += QString::fromUtf8(m_process.readAllStandardError()); });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(tr("%1 cannot be started: %2").arg(m_program, m_process.errorString()));
    });
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        if (m_cancelled)
            return end(tr("Cancelled; nothing was changed."));
        const bool done = status == QProcess::NormalExit && code == 0;
        end(done ? QString() : tr("It did not come to an end: %1").arg(m_errors.trimmed()));
    });
}

ExperimentChild::~ExperimentChild()
{
    m_process.disconnect(this);
    m_process.kill();
}

void ExperimentChild::start(const QString& experiment)
{
    if (running())
        return;
    m_experiment = experiment;
    m_step.clear();
    m_errors.clear();
    m_number = m_of = 0;
    m_cancelled = false;
    m_sinceStep.start();
    QDir().mkpath(folder(experiment));
    m_process.start(m_program, {QStringLiteral("demo"), QStringLiteral("--experiment"), experiment,
                                QStringLiteral("--out"), folder(experiment)});
    m_second.start();
    emit progressed();
}

void ExperimentChild::cancel()
{
    m_cancelled = running();
    m_process.terminate();
}

double ExperimentChild::share() const
{
    if (m_of == 0)
        return 0;
    const double present = std::min(0.98, static_cast<double>(m_sinceStep.elapsed()) / 1'000 / runLastsS);
    return (m_number - 1 + present) / m_of;
}

Result<ExperimentBook> ExperimentChild::latest(const QString& experiment) const
{
    return readExperimentBook(QDir(folder(experiment)).filePath(QStringLiteral("results.json")));
}

QString ExperimentChild::folder(const QString& experiment) const
{
    return QDir(m_directory).filePath(experiment);
}

void ExperimentChild::readOutput()
{
    static const QRegularExpression progress(QStringLiteral("^\\[(\\d+)/(\\d+)\\] [^:]+: (.*)$"));
    while (m_process.canReadLine()) {
        const auto match = progress.match(QString::fromUtf8(m_process.readLine()).trimmed());
        if (!match.hasMatch())
            continue;
        m_number = match.captured(1).toInt();
        m_of = match.captured(2).toInt();
        m_step = tr("run %1 of %2: %3").arg(match.captured(1), match.captured(2), match.captured(3));
        m_sinceStep.start();
        emit progressed();
    }
}

void ExperimentChild::end(const QString& problem)
{
    m_second.stop();
    emit finished(m_experiment, problem);
}

}  // namespace holdfast::widgets
