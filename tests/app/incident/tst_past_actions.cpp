#include "app/control/records.h"
#include "app/incident/past_actions.h"
#include "tests/app/incident/incident_fixture.h"

using namespace holdfast;
using namespace holdfast::incident;

namespace {

constexpr std::int64_t kMinute = 60'000;

/// One action as the engine leaves it behind: asked for at 0 min, sent and read back at 1, measured at 3, put back at 5.
class History {
public:
    History()
    {
        action.id = 12;
        action.control = "checkout/breaker/payments";
        action.service = "checkout";
        action.kind = "breaker";
        action.to = "forced_open";
        action.state = "reverted";
        action.k = action.n = 3;
        action.actor = "ana";
        action.createdMs = start;
        action.updatedMs = start + 5 * kMinute;
        action.message = "3 of 3 read back";
        action.proof = "API ✓ metrics ✓";
        action.instances = {{.instance = "a", .state = "verified", .message = "", .latencyMs = {}, .proof = "agrees"}};
        action.effect = control::Effect{.state = "ready", .lines = {{"errors", 0.06, 0.01, "improved", {}}}};
        control::ActionRecord record;
        record.action = action;
        statements.push_back(control::insertAction(record));
        step(0, 12, "intent", "");
        step(1, 12, "sent", "");
        step(1, 12, "receipt", "verified");
        step(1, 12, "outcome", "verified: 3 of 3 read back");
        step(2, 12, "proof", "agrees: the metrics of 3 of 3 instances show it too");
        step(5, 13, "revert_outcome", "reverted: put back", 12);
        statements.push_back(
            {"INSERT INTO event(at_ms,known_ms,kind,data_json) VALUES(?,?,'effect','{\"action\":12}')",
             {start + 3 * kMinute, start + 3 * kMinute}});
        const auto written = fixture.store->write(statements);
        if (!written.ok())
            qFatal("%s", written.error().message.c_str());
    }

    [[nodiscard]] std::vector<control::Action> at(std::int64_t minutes, std::int64_t plusMs = 0) const
    {
        const auto found = actionsKnownAt(*fixture.store, start + minutes * kMinute + plusMs, 50);
        if (!found.ok())
            qFatal("%s", found.error().message.c_str());
        return *found;
    }
    [[nodiscard]] QString state(std::int64_t minutes, std::int64_t plusMs = 0) const
    {
        const auto found = at(minutes, plusMs);
        return found.empty() ? QStringLiteral("unknown") : QString::fromStdString(found.front().state);
    }

private:
    void step(std::int64_t minutes, std::int64_t id, const char* name, const char* outcome,
              std::optional<std::int64_t> reverts = {})
    {
        ++row;
        statements.push_back({"INSERT INTO audit(id,at_ms,action_id,step,actor,os_user,host,control,outcome,reverts,"
                              "prev_hash,hash) VALUES(?,?,?,?,'ana','u','h','checkout/breaker/payments',?,?,'','')",
                              {row, start + minutes * kMinute, id, std::string(name), std::string(outcome),
                               reverts ? store::SqlValue(*reverts) : store::SqlValue()}});
    }

    IncidentFixture fixture;
    control::Action action;
    std::vector<store::SqlStatement> statements;
    std::int64_t row = 0;
    const std::int64_t start = 1'700'000'000'000;
};

}  // namespace

class TestPastActions : public QObject {
    Q_OBJECT

private slots:
    void tellsHowFarAnActionHadCome()
    {
        const History history;
        QCOMPARE(history.state(0, -1), QStringLiteral("unknown"));
        QCOMPARE(history.state(0), QStringLiteral("intent"));
        QCOMPARE(history.state(1), QStringLiteral("verified"));
        QCOMPARE(history.state(5, -1), QStringLiteral("verified"));
        QCOMPARE(history.state(5), QStringLiteral("reverted"));
        QCOMPARE(history.state(60), QStringLiteral("reverted"));
    }

    void keepsWhatCameLaterToItself()
    {
        const History history;
        const auto asked = history.at(0).front();
        QVERIFY(asked.instances.empty());
        QVERIFY(asked.proof.empty() && asked.message.empty());
        QCOMPARE(asked.k, 0);
        const auto read = history.at(1).front();
        QCOMPARE(QString::fromStdString(read.proof), QStringLiteral("API ✓"));
        QVERIFY(read.instances.front().proof.empty());
        QCOMPARE(QString::fromStdString(read.message), QStringLiteral("3 of 3 read back"));
        QVERIFY(!read.effect);
        QVERIFY(history.at(3).front().effect);
        QCOMPARE(QString::fromStdString(history.at(2).front().proof), QStringLiteral("API ✓ metrics ✓"));
    }
};

QTEST_GUILESS_MAIN(TestPastActions)
#include "tst_past_actions.moc"
