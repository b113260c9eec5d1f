#include "widgets/client/courier.h"
#include "widgets/incidents/report_preview.h"
#include "widgets/theme/theme.h"

#include <QScrollBar>
#include <QTest>

using namespace holdfast::widgets;

namespace {

constexpr int patience = 30'000;

QString longStory()
{
    QString text = QStringLiteral("# INC-142\n\n| Time | What |\n|---|---|\n");
    for (int i = 0; i < 400; ++i)
        text += QStringLiteral("| 03:00:%1 | checkout errors rise |\n").arg(i);
    return text;
}

}  // namespace

class TestReportPreview : public QObject {
    Q_OBJECT

private slots:
    void aStoryIsPaintedOnTheWorkerAndScrolls()
    {
        Courier courier;
        Theme theme(ThemeKind::Dark);
        ReportPreview preview(courier, theme, nullptr);
        preview.resize(700, 400);
        preview.show();
        preview.setWords(QStringLiteral("The engine writes it…"));
        QVERIFY(!preview.painted());
        preview.setMarkdown(longStory());
        QVERIFY(!preview.painted());
        QTRY_VERIFY_WITH_TIMEOUT(preview.painted(), patience);
        QVERIFY(preview.verticalScrollBar()->maximum() > 400);
        QCOMPARE(preview.horizontalScrollBar()->maximum(), 0);
    }

    void anotherWidthIsPaintedAnew()
    {
        Courier courier;
        Theme theme(ThemeKind::Dark);
        ReportPreview preview(courier, theme, nullptr);
        preview.resize(700, 400);
        preview.show();
        preview.setMarkdown(longStory());
        QTRY_VERIFY_WITH_TIMEOUT(preview.painted(), patience);
        preview.resize(500, 400);
        QTRY_COMPARE_WITH_TIMEOUT(preview.widget()->width(), preview.viewport()->width(), patience);
    }

    void whatWentWrongTakesItsPlace()
    {
        Courier courier;
        Theme theme(ThemeKind::Dark);
        ReportPreview preview(courier, theme, nullptr);
        preview.resize(700, 400);
        preview.show();
        preview.setMarkdown(longStory());
        preview.setWords(QStringLiteral("the engine did not answer"));
        // The rendering that was under way is not shown any more.
        QTest::qWait(0);
        QVERIFY(preview.text().isEmpty());
        QVERIFY(!preview.painted());
        QCOMPARE(preview.widget()->accessibleDescription(), QStringLiteral("the engine did not answer"));
    }
};

QTEST_MAIN(TestReportPreview)
#include "tst_report_preview.moc"
