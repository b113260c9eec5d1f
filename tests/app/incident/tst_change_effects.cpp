// A field is called signals, which is a keyword of Qt otherwise.
#define QT_NO_KEYWORDS
#include "app/incident/change_effects.h"
#include "tests/app/incident/incident_fixture.h"

using namespace holdfast;
using namespace holdfast::incident;

namespace {

/// Signals of every service: 1 % errors and 200 ms before the change, something else after it.
struct Signals {
    std::int64_t changeMs = 0;
    double errorsAfter = 0.01;
    double requests = 6000;

    std::vector<control::EffectSeries> operator()(const std::string& service, TimeRange span) const
    {
        const double errors = span.end > changeMs ? errorsAfter : 0.01;
        const double asked = requests * static_cast<double>(span.end - span.start) / 60'000;
        return {
            {.service = service,
             .signal = "errors",
             .values = std::vector<double>(30, errors),
             .requests = asked,
             .errors = asked * errors},
            {.service = service, .signal = "p99", .values = std::vector<double>(30, 0.2), .requests = 0, .errors = 0}};
    }
};

Event deploy(IncidentFixture& f, const char* service, std::int64_t agoMs = 0)
{
    Event out;
    out.kind = "deploy";
    out.service = service;
    out.subject = "4.18.3";
    out.text = std::string(service) + " 4.18.2 → 4.18.3 deployed";
    out.atMs = f.clock.wallMs() - agoMs;
    return out;
}

std::vector<ChangeEffect> effects(const IncidentFixture& f)
{
    auto found = effectHistory(*f.store, {});
    return found.ok() ? std::move(*found) : std::vector<ChangeEffect>();
}

}  // namespace

class ChangeEffectsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDeployThatMakesErrorsIsWorse()
    {
        IncidentFixture f;
        f.service->setEffectSignals(Signals{.changeMs = f.clock.wallMs(), .errorsAfter = 0.2});
        QVERIFY(f.service->recordEvent(deploy(f, "mail")).ok());
        f.run(90);
        QVERIFY(effects(f).empty());
        f.run(10);
        const auto found = effects(f);
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].of, std::string("deploy"));
        QCOMPARE(found[0].verdict, std::string("worse"));
        QCOMPARE(found[0].state, std::string("ready"));
        QCOMPARE(found[0].lines.size(), std::size_t{2});
        QVERIFY(std::abs(found[0].lines[0].z.value_or(0)) > 3.3);
        QCOMPARE(found[0].lines[1].verdict, std::string("no_clear_change"));
    }

    void withTooLittleTrafficItIsTooEarlyAndSaidOnceAtTheEnd()
    {
        IncidentFixture f;
        f.service->setEffectSignals(Signals{.changeMs = f.clock.wallMs(), .errorsAfter = 0.2, .requests = 10});
        QVERIFY(f.service->recordEvent(deploy(f, "mail")).ok());
        f.run(590);
        QVERIFY(effects(f).empty());
        f.run(20);
        QCOMPARE(effects(f).size(), std::size_t{1});
        QCOMPARE(effects(f)[0].state, std::string("too_early"));
        f.run(700);
        QCOMPARE(effects(f).size(), std::size_t{1});
    }

    void anotherChangeNearbyConfoundsIt()
    {
        IncidentFixture f;
        f.service->setEffectSignals(Signals{.changeMs = f.clock.wallMs(), .errorsAfter = 0.2});
        QVERIFY(f.service->recordEvent(deploy(f, "payments")).ok());
        auto other = deploy(f, "payments-db", 60'000);
        other.kind = "restart";
        other.text = "payments-db restarted";
        QVERIFY(f.service->recordEvent(other).ok());
        f.run(100);
        QCOMPARE(effects(f)[0].state, std::string("confounded"));
        QCOMPARE(effects(f)[0].because, std::string("payments-db restarted"));
    }

    void theRestartsOfADeployDoNotConfoundIt()
    {
        IncidentFixture f;
        f.service->setEffectSignals(Signals{.changeMs = f.clock.wallMs()});
        QVERIFY(f.service->recordEvent(deploy(f, "mail")).ok());
        auto restart = deploy(f, "mail");
        restart.kind = "restart";
        QVERIFY(f.service->recordEvent(restart).ok());
        f.run(100);
        QCOMPARE(effects(f)[0].state, std::string("ready"));
        QCOMPARE(effects(f)[0].verdict, std::string("no_clear_change"));
    }

    void aRestartOfTheEngineForgetsNoEffect()
    {
        IncidentFixture f;
        const Signals signals{.changeMs = f.clock.wallMs(), .errorsAfter = 0.2};
        QVERIFY(f.service->recordEvent(deploy(f, "mail")).ok());
        f.run(60);
        f.open();
        f.service->setEffectSignals(signals);
        f.run(60);
        QCOMPARE(effects(f).size(), std::size_t{1});
        f.open();
        f.service->setEffectSignals(signals);
        f.run(60);
        QCOMPARE(effects(f).size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(ChangeEffectsTest)
#include "tst_change_effects.moc"
