#include "widgets/settings/config_fields.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace holdfast::widgets;

namespace {

const QString interval = QStringLiteral("global.scrape_interval");
const QString retention = QStringLiteral("holdfast.storage.retention");

ConfigText fileOf(const QString& text)
{
    return {QStringLiteral("holdfast.yml"), text, QStringLiteral("r1"), true};
}

struct Shown {
    Shown() { fields.setText(fileOf(QStringLiteral("global:\n  scrape_interval: 5s  # small shop\n"))); }
    [[nodiscard]] QLineEdit* edit(const QString& path) const { return fields.findChild<QLineEdit*>(path); }
    [[nodiscard]] QAbstractButton* save() const { return fields.findChild<QAbstractButton*>(); }

    Theme theme{ThemeKind::Dark};
    ConfigFields fields{theme,
                        {{interval, QStringLiteral("Scrape every"), QStringLiteral("1m")},
                         {retention, QStringLiteral("Keep samples for"), QStringLiteral("15d")}},
                        nullptr};
};

}  // namespace

class TestConfigFields : public QObject {
    Q_OBJECT

private slots:
    void showsWhatIsInTheFileAndWhatHoldsWithoutIt()
    {
        const Shown shown;
        QCOMPARE(shown.edit(interval)->text(), QStringLiteral("5s"));
        QCOMPARE(shown.edit(retention)->text(), QString());
        QCOMPARE(shown.edit(retention)->placeholderText(), QStringLiteral("15d"));
        QVERIFY(!shown.save()->isEnabled());
    }

    void wantsOnlyWhatWasChanged()
    {
        const Shown shown;
        QSignalSpy wanted(&shown.fields, &ConfigFields::saveWanted);
        QTest::keyClicks(shown.edit(retention), QStringLiteral("3d"));
        QTest::keyClick(shown.edit(retention), Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        const auto values = wanted.front().front().value<ConfigValues>();
        QCOMPARE(values.size(), std::size_t(1));
        QCOMPARE(values.front(), std::pair(retention, QStringLiteral("3d")));
    }

    void keepsWhatIsTypedWhenTheFileIsReadAnew()
    {
        Shown shown;
        QTest::keyClicks(shown.edit(retention), QStringLiteral("3d"));
        shown.fields.setText(fileOf(QStringLiteral("global:\n  scrape_interval: 10s\n")));
        QCOMPARE(shown.edit(interval)->text(), QStringLiteral("10s"));
        QCOMPARE(shown.edit(retention)->text(), QStringLiteral("3d"));
        shown.fields.setText(fileOf(QStringLiteral("holdfast:\n  storage:\n    retention: 3d\n")));
        QVERIFY(shown.edit(interval)->text().isEmpty());
        QVERIFY(!shown.save()->isEnabled());
    }

    void leavesWhatItCannotChangeAlone()
    {
        Shown shown;
        shown.fields.setText(fileOf(QStringLiteral("global: {scrape_interval: 5s}\n")));
        QVERIFY(!shown.edit(interval)->isEnabled());
        ConfigText locked = fileOf(QString());
        locked.writable = false;
        shown.fields.setText(locked);
        QVERIFY(!shown.edit(retention)->isEnabled());
    }
};

QTEST_MAIN(TestConfigFields)
#include "tst_config_fields.moc"
