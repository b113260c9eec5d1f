#pragma once

#include "widgets/training/experiment_results.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

namespace holdfast::widgets {

/// Runs `holdfast demo --experiment NAME --out DIR` as a child process and reads what it wrote. One at a time; the
/// child ends with this object. Never waits for it. Thread: gui.
class ExperimentChild : public QObject {
    Q_OBJECT

public:
    /// program: the holdfast that is started; results lie below directory, a folder an experiment.
    ExperimentChild(QString program, QString directory, QObject* parent);
    ~ExperimentChild() override;

    void start(const QString& experiment);
    void cancel();
    [[nodiscard]] bool running() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] const QString& experiment() const { return m_experiment; }
    /// "run 1 of 2: breakers off"; empty before the first.
    [[nodiscard]] const QString& step() const { return m_step; }
    /// How far, [0, 1]: runs done and the time the present one has taken.
    [[nodiscard]] double share() const;
    /// What this computer measured last, of an earlier start too; an error says why there is nothing.
    [[nodiscard]] Result<ExperimentBook> latest(const QString& experiment) const;
    [[nodiscard]] QString folder(const QString& experiment) const;

signals:
    /// Begun, a step on, another second, or over.
    void progressed();
    /// Over. problem: empty when there is a fresh result.
    void finished(const QString& experiment, const QString& problem);

private:
    void readOutput();
    void end(const QString& problem);

    const QString m_program;
    const QString m_directory;
    QProcess m_process;
    QTimer m_second;
    QElapsedTimer m_sinceStep;
    QString m_experiment;
    QString m_step;
    QString m_errors;
    int m_number = 0;
    int m_of = 0;
    bool m_cancelled = false;
};

}  // namespace holdfast::widgets
