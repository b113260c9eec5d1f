#include "widgets/client/matrix.h"

#include <QTest>

#include <cmath>

using namespace holdfast::widgets;

class TestMatrix : public QObject {
    Q_OBJECT

private slots:
    void laysSamplesOnTheirGrid()
    {
        const QByteArray body = R"({"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"job":"a"},"values":[[10,"1"],[12,"3"],[14,"NaN"]]}]}})";
        const auto matrix = decodeMatrix(body, {10'000, 16'000, 2000});
        QVERIFY(matrix.ok());
        QCOMPARE(matrix->points, std::int64_t(4));
        const auto& values = matrix->series.at(0).values;
        QCOMPARE(values[0], 1.0);
        QCOMPARE(values[1], 3.0);
        QVERIFY(std::isnan(values[2]));
        QVERIFY(std::isnan(values[3]));
        QCOMPARE(matrix->series.at(0).labels.value(QStringLiteral("job")), QStringLiteral("a"));
    }

    void handsOnTheErrorOfTheApi()
    {
        const auto matrix =
            decodeMatrix(R"({"status":"error","errorType":"bad_data","error":"parse error"})", {0, 1, 1});
        QVERIFY(!matrix.ok());
        QCOMPARE(matrix.error().message, std::string("parse error"));
    }

    void refusesWhatIsNoJson() { QVERIFY(!decodeMatrix("<html>", {0, 1, 1}).ok()); }

    void laysATailOverTheEnd()
    {
        const Matrix old{0, 1000, 4, {{{}, {1, 2, 3, 4}}}};
        const Matrix tail{3000, 1000, 3, {{{}, {40, 50, 60}}}};
        const Matrix merged = mergeTail(old, tail, {2000, 5000, 1000});
        QCOMPARE(merged.series.at(0).values, (std::vector<double>{3, 40, 50, 60}));
    }

    void forgetsWhatTheTailSaysIsGone()
    {
        const Matrix old{0, 1000, 4, {{{}, {1, 2, 3, 4}}}};
        const Matrix tail{2000, 1000, 3, {}};
        const Matrix merged = mergeTail(old, tail, {0, 4000, 1000});
        QCOMPARE(merged.series.at(0).values[1], 2.0);
        QVERIFY(std::isnan(merged.series.at(0).values[2]));
        QVERIFY(std::isnan(merged.series.at(0).values[4]));
    }
};

QTEST_GUILESS_MAIN(TestMatrix)
#include "tst_matrix.moc"
