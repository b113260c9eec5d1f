#include "widgets/settings/yaml_parts.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

const QString yaml = QStringLiteral("global:\n"
                                    "  scrape_interval: 5s\n"
                                    "\n"
                                    "# who we are\n"
                                    "holdfast:\n"
                                    "  # the shop\n"
                                    "  services:\n"
                                    "    checkout: {tier: 1}\n"
                                    "  storage:\n"
                                    "    retention: 3d\n"
                                    "scrape_configs:\n"
                                    "- job_name: a\n"
                                    "- job_name: b\n");

}  // namespace

class TestYamlParts : public QObject {
    Q_OBJECT

private slots:
    void findsAKeyWithItsLineAndTheCommentAbove()
    {
        const auto part = yamlPart(yaml, QStringLiteral("holdfast.services"));
        QVERIFY(part);
        QCOMPARE(part->line, 7);
        QCOMPARE(part->text, QStringLiteral("  # the shop\n  services:\n    checkout: {tier: 1}"));
    }

    void takesAListAtTheIndentOfItsKey()
    {
        const auto part = yamlPart(yaml, QStringLiteral("scrape_configs"));
        QVERIFY(part);
        QCOMPARE(part->text, QStringLiteral("scrape_configs:\n- job_name: a\n- job_name: b"));
    }

    void findsNothingThatIsNotThere()
    {
        QVERIFY(!yamlPart(yaml, QStringLiteral("holdfast.notify")));
        QVERIFY(!yamlPart(yaml, QStringLiteral("services")));
    }

    void showsWhatChangedWithItsSurroundings()
    {
        QString after = yaml;
        after.replace(QStringLiteral("5s"), QStringLiteral("7s"));
        const QString diff = lineDiff(yaml, after);
        QVERIFY2(diff.contains(QStringLiteral("-   scrape_interval: 5s\n+   scrape_interval: 7s")), qPrintable(diff));
        QVERIFY(!diff.contains(QStringLiteral("job_name")));
    }

    void findsTheLineInAProblem()
    {
        QCOMPARE(lineOfProblem(QStringLiteral("/etc/holdfast.yml:12:3: unknown key")), 12);
        QCOMPARE(lineOfProblem(QStringLiteral("the file is gone")), 0);
    }
};

QTEST_GUILESS_MAIN(TestYamlParts)
#include "tst_yaml_parts.moc"
