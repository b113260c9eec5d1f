#include "widgets/settings/yaml_value.h"

#include <QTest>

using namespace holdfast::widgets;

namespace {

const QString yaml = QStringLiteral("global:\n"
                                    "  scrape_interval: 5s  # as the shop is small\n"
                                    "\n"
                                    "# who we are\n"
                                    "holdfast:\n"
                                    "  environment: 'it''s #1'\n"
                                    "  services:\n"
                                    "    checkout: {tier: 1}\n"
                                    "scrape_configs:\n"
                                    "- job_name: a\n");

}  // namespace

class TestYamlValue : public QObject {
    Q_OBJECT

private slots:
    void readsAValueWithoutQuotesAndRemark()
    {
        QCOMPARE(yamlValue(yaml, QStringLiteral("global.scrape_interval")), QStringLiteral("5s"));
        QCOMPARE(yamlValue(yaml, QStringLiteral("holdfast.environment")), QStringLiteral("it's #1"));
        QCOMPARE(yamlValue(yaml, QStringLiteral("holdfast.storage.retention")), QString());
        QVERIFY(!yamlValue(yaml, QStringLiteral("holdfast.services.checkout.tier")));
        QVERIFY(!yamlValue(yaml, QStringLiteral("scrape_configs")));
    }

    void changesALineInPlaceAndKeepsItsRemark()
    {
        QString wanted = yaml;
        wanted.replace(QStringLiteral("5s"), QStringLiteral("10s"));
        QCOMPARE(yamlWithValue(yaml, QStringLiteral("global.scrape_interval"), QStringLiteral("10s")), wanted);
    }

    void addsALineAtTheEndOfItsSection()
    {
        QString wanted = yaml;
        wanted.replace(QStringLiteral("small\n"), QStringLiteral("small\n  scrape_timeout: 2s\n"));
        QCOMPARE(yamlWithValue(yaml, QStringLiteral("global.scrape_timeout"), QStringLiteral("2s")), wanted);
    }

    void beginsTheSectionsThatAreMissing()
    {
        QString wanted = yaml;
        wanted.replace(QStringLiteral("{tier: 1}\n"), QStringLiteral("{tier: 1}\n  storage:\n    retention: 3d\n"));
        QCOMPARE(yamlWithValue(yaml, QStringLiteral("holdfast.storage.retention"), QStringLiteral("3d")), wanted);
        QCOMPARE(yamlWithValue(QStringLiteral("scrape_configs: []"), QStringLiteral("holdfast.operator"),
                               QStringLiteral("ana: on call")),
                 QStringLiteral("scrape_configs: []\nholdfast:\n  operator: 'ana: on call'\n"));
        QCOMPARE(yamlWithValue(QString(), QStringLiteral("global.scrape_interval"), QStringLiteral("5s")),
                 QStringLiteral("global:\n  scrape_interval: 5s\n"));
    }

    void takesTheLineOfAnEmptyValueAway()
    {
        QString wanted = yaml;
        wanted.remove(QStringLiteral("  environment: 'it''s #1'\n"));
        QCOMPARE(yamlWithValue(yaml, QStringLiteral("holdfast.environment"), QString()), wanted);
        QCOMPARE(yamlWithValue(yaml, QStringLiteral("holdfast.storage.retention"), QString()), yaml);
    }

    void leavesWhatIsWrittenInBracesToTheEditor()
    {
        const QString braces = QStringLiteral("global: {scrape_interval: 5s}\n");
        QVERIFY(!yamlValue(braces, QStringLiteral("global.scrape_interval")));
        QVERIFY(!yamlWithValue(braces, QStringLiteral("global.scrape_timeout"), QStringLiteral("2s")));
    }
};

QTEST_GUILESS_MAIN(TestYamlValue)
#include "tst_yaml_value.moc"
