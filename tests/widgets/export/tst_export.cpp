#include "widgets/charts/lane_table.h"
#include "widgets/export/picture_export.h"
#include "widgets/export/table_text.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLabel>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace holdfast::widgets;

namespace {

LaneData lane()
{
    Matrix matrix{1'000, 1'000, 4, {{{}, {0.5, noSample, 1.84, 2}}, {{}, {1, noSample, noSample, 4}}}};
    const auto shared = std::make_shared<const Matrix>(std::move(matrix));
    return {LaneUnit::Seconds,
            {},
            {{QStringLiteral("p99"), LineRole::Main, shared, 0}, {QStringLiteral("p50"), LineRole::Third, shared, 1}}};
}

}  // namespace

class TestExport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::German)); }

    void keepsTheModelContract()
    {
        LaneTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setLane(lane(), {}, 0, 10'000);
        table.setLane({}, {}, 0, 10'000);
    }

    void copiesPlainNumbersInAnyLocale()
    {
        LaneTable table;
        Event deploy;
        deploy.atMs = 3'400;
        deploy.text = QStringLiteral("deploy\t4.18");
        table.setLane(lane(), {deploy}, 0, 10'000);
        QCOMPARE(tableText(table, TableFormat::Tsv), QStringLiteral("Time\tp99\tp50\tEvent\n"
                                                                    "1970-01-01T00:00:04Z\t2\t4\t\n"
                                                                    "1970-01-01T00:00:03Z\t1.84\t\tdeploy 4.18\n"
                                                                    "1970-01-01T00:00:01Z\t0.5\t1\t\n"));
    }

    void quotesWhatCsvMustQuote()
    {
        QStandardItemModel model(1, 2);
        model.setHorizontalHeaderLabels({QStringLiteral("a"), QStringLiteral("b")});
        model.setItem(0, 0, new QStandardItem(QStringLiteral("1,84 \"s\"")));
        model.setItem(0, 1, new QStandardItem(QStringLiteral("plain")));
        QCOMPARE(tableText(model, TableFormat::Csv), QStringLiteral("a,b\r\n\"1,84 \"\"s\"\"\",plain\r\n"));
    }

    void writesPicturesAndDrawings()
    {
        const QTemporaryDir directory;
        QLabel label(QStringLiteral("checkout"));
        label.resize(200, 40);
        const QString png = directory.filePath(QStringLiteral("a.png"));
        const QString svg = directory.filePath(QStringLiteral("a.svg"));
        QVERIFY(savePicture(label, png).ok());
        QVERIFY(savePicture(label, svg).ok());
        QCOMPARE(QImage(png).size(), QSize(200, 40));
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.contains("<svg"));
        QVERIFY(text.contains("checkout"));
        QVERIFY(!savePicture(label, directory.filePath(QStringLiteral("no/such/folder/a.svg"))).ok());
    }
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
