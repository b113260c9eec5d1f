// Qt takes the word "signals" for itself: moc must not see the namespace, and the macro must not meet it.
#ifndef Q_MOC_RUN
#include "app/signals/builtin_profiles.h"
#include "app/signals/expression.h"
#include "app/signals/profile.h"
using namespace holdfast::signals;
#endif

#include <QTest>

class TestProfile : public QObject {
    Q_OBJECT

private slots:
    void readsEveryBuiltInProfile()
    {
        QVERIFY(builtinProfiles().size() >= 7);
        for (const BuiltinProfile& file : builtinProfiles()) {
            const auto profile = parseProfile(file.text, file.file);
            QVERIFY2(profile.ok(), profile.ok() ? "" : profile.error().message.c_str());
        }
    }
    void refusesAMisspeltKeyWithItsPlace()
    {
        const auto profile = parseProfile("profile: x\nservice: [job]\ndetect: [a]\nlatency_bucket: b\n", "mine.yml");
        QVERIFY(!profile.ok());
        QCOMPARE(profile.error().message, std::string("mine.yml:4:1: unknown key \"latency_bucket\""));
    }
    void refusesAStateThatDoesNotExist()
    {
        const auto profile =
            parseProfile("profile: x\nservice: [job]\ndetect: [a]\nbreakers:\n  states: {UP: shut}\n", "mine.yml");
        QVERIFY(!profile.ok());
        QCOMPARE(profile.error().message, std::string("mine.yml:5:16: \"shut\" is no breaker state"));
    }
    void refusesBrokenYaml() { QVERIFY(!parseProfile("profile: [", "mine.yml").ok()); }

    void leavesNoCommaBehindWithoutMatchers()
    {
        const Placeholders all{.by = "job", .match = {}, .window = "10s"};
        QCOMPARE(filledIn("sum by ($by) (rate(a{$match}[$window]))", all), std::string("sum by (job) (rate(a[10s]))"));
        QCOMPARE(filledIn("a{code=\"5\",$match}", all), std::string("a{code=\"5\"}"));
    }
    void narrowsToOneService()
    {
        const Placeholders one{.by = "job", .match = matcher("job", {"check\"out"}), .window = "10s"};
        QCOMPARE(filledIn("a{code=\"5\",$match}", one), std::string("a{code=\"5\",job=\"check\\\"out\"}"));
        QCOMPARE(matcher("job", {"a.b", "c"}), std::string("job=~\"a\\\\.b|c\""));
    }
};

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
