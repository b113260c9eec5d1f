#include "app/fleet/scenario.h"

#include <QTest>

using namespace holdfast::fleet;

class TestScenario : public QObject {
    Q_OBJECT
private slots:
    void readsEveryBuiltInOne()
    {
        QVERIFY(builtInScenarios().size() >= 4);
        for (const BuiltInScenario& one : builtInScenarios()) {
            const auto scenario = findScenario(std::string(one.name));
            QVERIFY2(scenario.ok(), scenario.ok() ? "" : scenario.error().message.c_str());
            QCOMPARE(scenario->name, std::string(one.name));
            QVERIFY(!scenario->description.empty());
        }
    }

    void playsThePracticeCaseAfterNinetySeconds()
    {
        const auto scenario = findScenario("payments-db");
        QCOMPARE(scenario->steps.front().atMs, 90'000);
        QCOMPARE(scenario->steps.front().service, "payments-db");
        QCOMPARE(scenario->steps.front().flag, "fault-slow");
        QCOMPARE(scenario->steps.front().forMs, 75'000);
        QCOMPARE(scenario->everyMs, 900'000);
    }

    void sortsStepsByTime()
    {
        const auto scenario = parseScenario(
            "{name: s, steps: [{at: 2m, turn_on: a/b, for: 1s}, {at: 1s, turn_on: c/d, for: 1s}]}", "s.yml");
        QVERIFY(scenario.ok());
        QCOMPARE(scenario->steps.front().service, "c");
    }

    void saysWhichLineIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("no name") << QByteArray("steps: []") << QByteArray("f.yml:1: name is missing");
        QTest::newRow("no duration") << QByteArray("name: s\nsteps:\n  - turn_on: a/b\n    for: 1s")
                                     << QByteArray("f.yml:3: at is missing");
        QTest::newRow("bad duration") << QByteArray("name: s\nsteps:\n  - at: soon\n    turn_on: a/b\n    for: 1s")
                                      << QByteArray("f.yml:3: at:");
        QTest::newRow("no flag") << QByteArray("name: s\nsteps:\n  - at: 1s\n    turn_on: a\n    for: 1s")
                                 << QByteArray("turn_on: expected service/flag");
        QTest::newRow("behind the end") << QByteArray(
            "name: s\nevery: 1m\nsteps:\n  - at: 2m\n    turn_on: a/b\n    for: 1s")
                                        << QByteArray("behind the end");
        QTest::newRow("no YAML") << QByteArray("name: [") << QByteArray("f.yml:1:");
        QTest::newRow("a step that is a text")
            << QByteArray("name: s\nsteps: [later]") << QByteArray("a step is a map");
    }
    void saysWhichLineIsWrong()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, message);
        const auto scenario = parseScenario(text.toStdString(), "f.yml");
        QVERIFY(!scenario.ok());
        QVERIFY2(QByteArray::fromStdString(scenario.error().message).contains(message),
                 scenario.error().message.c_str());
    }

    void namesTheBuiltInOnesWhenThereIsNoSuchScenario()
    {
        const auto scenario = findScenario("nonesuch");
        QVERIFY(!scenario.ok());
        QVERIFY(scenario.error().message.find("calm") != std::string::npos);
    }

    void takesConventionsOfServices()
    {
        const auto scenario =
            parseScenario("name: n\nconventions: {catalog: micrometer, search: envoy}\nsteps: []\n", "f");
        QVERIFY(scenario.ok());
        QVERIFY(scenario->conventions.at("catalog") == Convention::Micrometer);
        const auto wrong = parseScenario("name: n\nconventions: {catalog: statsd}\nsteps: []\n", "f");
        QVERIFY(!wrong.ok());
        QVERIFY(wrong.error().message.starts_with("f:2: conventions: expected prometheus"));
    }
};

QTEST_GUILESS_MAIN(TestScenario)
#include "tst_scenario.moc"
