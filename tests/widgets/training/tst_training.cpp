#include "tests/support/fake_engine.h"
#include "widgets/main_window/main_window.h"
#include "widgets/training/chart_command.h"
#include "widgets/training/experiment_child.h"
#include "widgets/training/experiment_results.h"
#include "widgets/training/practices.h"
#include "widgets/training/training_view.h"

#include <QAbstractButton>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace holdfast::widgets;
using holdfast::test::FakeEngine;

namespace {

constexpr int patience = 30'000;
const QString recordedFile = QStringLiteral(HOLDFAST_SOURCE_DIR "/resources/training/results.json");

/// A program in the place of holdfast. It is asked: demo --experiment NAME --out DIR.
QString program(const QTemporaryDir& place, const QByteArray& script)
{
    const QString path = place.filePath(QStringLiteral("holdfast"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("#!/bin/sh\n" + script);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

QByteArray copyRecorded()
{
    return "echo \"[1/2] $3: without\"\ncp '" + recordedFile.toUtf8() + "' \"$5/results.json\"\n";
}

double extra(const ExperimentRun& run, const QString& name)
{
    const auto found = std::ranges::find(run.more, name, &ExperimentRun::Extra::name);
    return found == run.more.end() ? -1 : found->value;
}

}  // namespace

class TestTraining : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
    }

    void hasARecordedProofOfEveryPractice()
    {
        const auto book = readExperimentBook(recordedFile);
        QVERIFY2(book.ok(), book.ok() ? "" : book.error().message.c_str());
        QCOMPARE(practices().size(), std::size_t(9));
        for (const Practice& practice : practices()) {
            const ExperimentRecord* record = book->find(practice.experiment);
            QVERIFY2(record, qPrintable(practice.experiment));
            QVERIFY(!record->finding.isEmpty());
            for (const ExperimentRun& run : record->runs) {
                QVERIFY2(!run.disturbed, qPrintable(practice.experiment + ": " + run.label));
                QVERIFY(!run.goodput.empty() && run.goodput.size() == run.pane.size());
            }
            QVERIFY2(record->runs.back().goodputDuring > record->runs.front().goodputDuring,
                     qPrintable(practice.experiment));
        }
    }

    void recordedARetryStormThatDoesNotEndByItself()
    {
        const auto book = readExperimentBook(recordedFile);
        QVERIFY(book.ok());
        const ExperimentRecord* storm = book->find(QStringLiteral("retry-storm"));
        QVERIFY(storm);
        const double without =
            extra(storm->runs.front(), QStringLiteral("goodput from 5 constants after the fault to the end"));
        const double with =
            extra(storm->runs.back(), QStringLiteral("goodput in the second from 2 constants after the fault"));
        QVERIFY2(without >= 0 && without < 20, QByteArray::number(without).constData());
        QVERIFY2(with > 95, QByteArray::number(with).constData());
    }

    void refusesAFileThatHoldsNoResults()
    {
        QVERIFY(!parseExperimentBook("{}").ok());
        QVERIFY(!parseExperimentBook(R"({"kind":"holdfast-experiments","schema":2})").ok());
        QVERIFY(!parseExperimentBook(R"({"kind":"holdfast-experiments","schema":1,"experiments":[{}]})").ok());
        QVERIFY(!readExperimentBook(QStringLiteral("/nowhere/results.json")).ok());
    }

    void drawsAPictureOfEachExperiment()
    {
        const QTemporaryDir place;
        QCOMPARE(runChartCommand({QStringLiteral("--experiment-charts"), recordedFile, QStringLiteral("--out"),
                                  place.filePath(QStringLiteral("pictures"))}),
                 std::optional<int>(0));
        for (const Practice& practice : practices()) {
            const QImage picture(place.filePath(QStringLiteral("pictures/%1.png").arg(practice.experiment)));
            QVERIFY2(!picture.isNull(), qPrintable(practice.experiment));
            QSet<QRgb> colours;
            for (int x = 0; x < picture.width(); x += 3)
                for (int y = 0; y < picture.height(); y += 3)
                    colours << picture.pixel(x, y);
            QVERIFY(colours.size() > 20);
        }
    }

    void leavesOtherArgumentsToTheWindow()
    {
        QCOMPARE(runChartCommand({QStringLiteral("--view"), QStringLiteral("training")}), std::nullopt);
    }

    void runsAnExperimentAndReadsWhatItWrote()
    {
        const QTemporaryDir place;
        ExperimentChild child(program(place, copyRecorded()), place.filePath(QStringLiteral("own")), nullptr);
        QSignalSpy finished(&child, &ExperimentChild::finished);
        QVERIFY(!child.latest(QStringLiteral("retry-storm")).ok());
        child.start(QStringLiteral("retry-storm"));
        QVERIFY(finished.wait(patience));
        QCOMPARE(finished[0][0].toString(), QStringLiteral("retry-storm"));
        QCOMPARE(finished[0][1].toString(), QString());
        QCOMPARE(child.step(), QStringLiteral("run 1 of 2: without"));
        QVERIFY(child.latest(QStringLiteral("retry-storm")).ok());
    }

    void saysWhyARunFailed()
    {
        const QTemporaryDir place;
        ExperimentChild child(program(place, "echo 'no port is free' >&2\nexit 2\n"), place.path(), nullptr);
        QSignalSpy finished(&child, &ExperimentChild::finished);
        child.start(QStringLiteral("timeouts"));
        QVERIFY(finished.wait(patience));
        QVERIFY2(finished[0][1].toString().contains(QStringLiteral("no port is free")),
                 qPrintable(finished[0][1].toString()));
    }

    void saysThatTheProgramIsMissing()
    {
        const QTemporaryDir place;
        ExperimentChild child(QStringLiteral("/nowhere/holdfast"), place.path(), nullptr);
        QSignalSpy finished(&child, &ExperimentChild::finished);
        child.start(QStringLiteral("timeouts"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
        QVERIFY(finished[0][1].toString().contains(QStringLiteral("/nowhere/holdfast")));
    }

    void cancelsARun()
    {
        const QTemporaryDir place;
        ExperimentChild child(program(place, "echo \"[1/2] x: without\"\nexec sleep 600\n"), place.path(), nullptr);
        QSignalSpy finished(&child, &ExperimentChild::finished);
        child.start(QStringLiteral("timeouts"));
        QTRY_VERIFY_WITH_TIMEOUT(!child.step().isEmpty(), patience);
        child.cancel();
        QVERIFY(finished.wait(patience));
        QVERIFY(!child.running());
        QVERIFY(!finished[0][1].toString().isEmpty());
    }

    void showsTheFreshResultWhenTheButtonWasPressed()
    {
        FakeEngine engine;
        WindowOptions options;
        options.source.engineFile = engine.engineFile();
        MainWindow window(options);
        const QTemporaryDir place;
        TrainingView view(window.context(), program(place, copyRecorded()), place.filePath(QStringLiteral("own")),
                          nullptr);
        view.resize(1200, 900);
        view.show();
        view.moveSelection(2);
        const auto button = [&view](const char* text) -> QAbstractButton* {
            for (auto* one : view.findChildren<QAbstractButton*>())
                if (one->text() == QLatin1String(text))
                    return one;
            return nullptr;
        };
        const auto says = [&view](const char* text) {
            const auto labels = view.findChildren<QLabel*>();
            return std::ranges::any_of(labels, [text](const QLabel* label) {
                return !label->isHidden() && label->text().contains(QLatin1String(text));
            });
        };
        QVERIFY(!says("Measured on this computer"));
        QVERIFY(button("Run it now"));
        QTest::mouseClick(button("Run it now"), Qt::LeftButton);
        QVERIFY(button("Cancel"));
        QTRY_VERIFY_WITH_TIMEOUT(says("Measured on this computer"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(says("unlimited retries"), patience);  // new labels are shown by the next event
        QVERIFY(button("Run it now"));
    }
};

QTEST_MAIN(TestTraining)
#include "tst_training.moc"
