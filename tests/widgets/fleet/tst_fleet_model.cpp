#include "widgets/fleet/fleet_filter.h"
#include "widgets/fleet/fleet_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace holdfast::widgets;

namespace {

FleetService service(const char* name, int tier, Severity severity)
{
    FleetService row;
    row.name = QLatin1String(name);
    row.tier = tier;
    row.severity = severity;
    return row;
}

std::shared_ptr<const Fleet> fleet(std::vector<FleetService> services)
{
    auto value = std::make_shared<Fleet>();
    value->services = std::move(services);
    return value;
}

QStringList names(const QAbstractItemModel& model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.index(row, FleetModel::Service).data().toString();
    return list;
}

}  // namespace

class TestFleetModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void filtersByKeyAndByWords()
    {
        FleetModel model;
        FleetFilter filter;
        filter.setSourceModel(&model);
        auto pay = service("payments", 1, Severity::Critical);
        pay.version = QStringLiteral("4.18");
        model.setFleet(fleet({pay, service("papers", 2, Severity::Normal), service("mail", 1, Severity::Warning)}));
        const auto shown = [&](const char* text) {
            filter.setText(QLatin1String(text));
            return names(filter);
        };
        QCOMPARE(shown("pa"), (QStringList{QStringLiteral("payments"), QStringLiteral("papers")}));
        QCOMPARE(shown("tier=1 pa"), QStringList{QStringLiteral("payments")});
        QCOMPARE(shown("severity=warn"), QStringList{QStringLiteral("mail")});
        QCOMPARE(shown("version=4.18"), QStringList{QStringLiteral("payments")});
        QCOMPARE(shown("colour=red"), QStringList());
    }

    void keepsTheModelContractThroughChanges()
    {
        FleetModel model;
        FleetFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFleet(fleet({service("b", 1, Severity::Normal), service("a", 2, Severity::Critical)}));
        filter.setOnlyAbnormal(true);
        model.setFleet(fleet({service("b", 1, Severity::Warning), service("a", 2, Severity::Normal)}));
        model.sortBySeverity();
        filter.setText(QStringLiteral("b"));
        model.setFleet(fleet({service("c", 1, Severity::Normal)}));
        model.setFleet(fleet({}));
    }

    void neverMovesRowsByItself()
    {
        FleetModel model;
        model.setFleet(fleet({service("a", 1, Severity::Normal), service("b", 2, Severity::Normal)}));
        model.setFleet(fleet({service("b", 2, Severity::Critical), service("a", 1, Severity::Normal)}));
        QCOMPARE(names(model), (QStringList{"a", "b"}));
        QCOMPARE(model.wouldMoveUp(), 1);
        model.sortBySeverity();
        QCOMPARE(names(model), (QStringList{"b", "a"}));
        QCOMPARE(model.wouldMoveUp(), 0);
    }

    void addsNewServicesAtTheEnd()
    {
        FleetModel model;
        model.setFleet(fleet({service("m", 2, Severity::Normal)}));
        model.setFleet(fleet({service("a", 1, Severity::Normal), service("m", 2, Severity::Normal)}));
        QCOMPARE(names(model), (QStringList{"m", "a"}));
    }

    void looksDifferentForEachStateOfAValue_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, ValueState state, const char* text) {
            QTest::newRow(name) << static_cast<int>(state) << QString::fromUtf8(text);
        };
        row("value", ValueState::Value, "1.84 s");
        row("no traffic", ValueState::NoTraffic, "–");
        row("above the last bucket", ValueState::Above, ">1.84 s");
        row("error", ValueState::Error, "?");
    }
    void looksDifferentForEachStateOfAValue()
    {
        QFETCH(int, state);
        QFETCH(QString, text);
        SignalValue signal;
        signal.state = static_cast<ValueState>(state);
        signal.value = 1.84;
        QCOMPARE(signalNumber(signal, FleetModel::P99).replace(QChar(0x202F), QLatin1Char(' ')), text);
    }

    void stopsShowingAValueThatIsFiveMinutesOld()
    {
        SignalValue signal;
        signal.state = ValueState::Stale;
        signal.value = 1.0;
        signal.ageMs = 120'000;
        QVERIFY(signalNumber(signal, FleetModel::P99).startsWith(QLatin1Char('1')));
        signal.ageMs = 301'000;
        QCOMPARE(signalNumber(signal, FleetModel::P99), QStringLiteral("?"));
        QVERIFY(signalExtra(signal, FleetModel::P99).contains(QStringLiteral("old")));
    }

    void readsTheEnginesAnswer()
    {
        const auto read =
            decodeFleet(R"({"at_ms":5,"services":[{"name":"checkout","tier":1,"instances":3,"severity":"critical",
            "p99":{"state":"above","value":10,"severity":"critical","spark":[0.1,null]},
            "breakers":{"total":4,"open":1,"severity":"critical"}}]})");
        QVERIFY(read.ok());
        const FleetService& checkout = read->services.at(0);
        QCOMPARE(checkout.p99.state, ValueState::Above);
        QVERIFY(std::isnan(checkout.p99.spark.at(1)));
        QCOMPARE(checkout.errors.state, ValueState::Absent);
        QCOMPARE(breakerText(checkout), QStringLiteral("1/4 open"));
    }
};

QTEST_GUILESS_MAIN(TestFleetModel)
#include "tst_fleet_model.moc"
