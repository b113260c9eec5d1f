#include "widgets/client/severity.h"
#include "widgets/controls/audit_rows.h"
#include "widgets/controls/control_rows.h"
#include "widgets/controls/in_force_rows.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace holdfast::widgets;

namespace {

Control breaker(const QString& state)
{
    Control control;
    control.id = "checkout/breaker/payments";
    control.service = "checkout";
    control.name = "payments";
    control.callee = "payments";
    control.state = state;
    control.quality = "confirmed";
    control.k = 2;
    control.n = 3;
    control.observedMs = 5'000;
    control.options = {{"forced_open", "Open breaker"}, {"forced_closed", "Force closed"}, {"auto", "Release"}};
    return control;
}

ControlInstance instance(const char* state)
{
    ControlInstance made;
    made.state = QLatin1String(state);
    made.quality = "confirmed";
    return made;
}

ControlRef ref(const Control& control)
{
    return std::make_shared<const Control>(control);
}

std::int64_t at10s()
{
    return 10'000;
}

QVariant first(const Control& control, int role)
{
    ControlModel* model = makeBreakerModel(at10s, qApp);
    model->setRows({ref(control)});
    return model->index(0, 0).data(role);
}

std::shared_ptr<const ControlList> manyControls(int count)
{
    auto list = std::make_shared<ControlList>();
    for (int i = 0; i < count; ++i) {
        Control control = breaker(i % 50 == 0 ? "open" : "closed");
        control.id = QStringLiteral("service-%1/breaker/b%2").arg(i % 400).arg(i);
        control.service = QStringLiteral("service-%1").arg(i % 400);
        control.word = i % 50 == 0 ? "OPEN – rejecting calls" : "CLOSED – passing calls";
        control.instances.resize(3);
        list->controls.push_back(control);
    }
    return list;
}

}  // namespace

class TestControlRows : public QObject {
    Q_OBJECT

private slots:
    void anOpenBreakerIsCriticalAndAHeldOneIsNot()
    {
        QCOMPARE(first(breaker("open"), RowRole::severity).toInt(), static_cast<int>(Severity::Critical));
        const Control held = breaker("forced_open");
        QCOMPARE(first(held, RowRole::severity).toInt(), static_cast<int>(Severity::Normal));
        QVERIFY(first(held, RowRole::held).toBool());
    }

    void oldObservationsAreUnknownWhateverTheySaid()
    {
        Control control = breaker("closed");
        control.quality = "stale";
        QCOMPARE(first(control, RowRole::severity).toInt(), static_cast<int>(Severity::Unknown));
    }

    void sheddingAndBypassedWarnWhateverASystemCallsThem()
    {
        Control control = breaker("at_limit");
        control.meaning = "reduced";
        QCOMPARE(first(control, RowRole::severity).toInt(), static_cast<int>(Severity::Warning));
        control.meaning = "bypassed";
        QCOMPARE(first(control, RowRole::severity).toInt(), static_cast<int>(Severity::Warning));
    }

    void theModeItIsInIsNotOffered()
    {
        const auto options = usefulOptions(breaker("closed"));
        QCOMPARE(options.size(), std::size_t{2});
        for (const ControlOption& option : options)
            QVERIFY(option.value != "auto");
    }

    void aNumberIsSetInADialog()
    {
        Control weight = breaker("50");
        weight.options.clear();
        weight.number = NumberRange{0, 100, true, "%"};
        const auto options = usefulOptions(weight);
        QCOMPARE(options.size(), std::size_t{1});
        QVERIFY(options.front().value.isEmpty());
    }

    void aLockedControlOffersNothingAndSaysWhy()
    {
        Control control = breaker("closed");
        control.locked = "Group demo is not armed";
        QVERIFY(usefulOptions(control).empty());
        ControlModel* model = makeBreakerModel(at10s, this);
        const QAbstractItemModelTester tester(model);
        model->setRows({ref(control)});
        QCOMPARE(model->index(0, 8).data().toString(), control.locked);
    }

    void mixedInstancesTellTheWorstAndTheRest()
    {
        Control control = breaker("open");
        control.k = 5;
        control.n = 8;
        for (const char* state : {"open", "open", "open", "open", "open", "half_open", "closed", "closed"})
            control.instances.push_back(instance(state));
        QCOMPARE(instancesText(control), QStringLiteral("5/8 open, 2 closed, 1 half open"));
        QCOMPARE(instancesText(breaker("closed")), QStringLiteral("2/3"));
    }

    void saysThatMetricsDisagree()
    {
        Control control = breaker("forced_open");
        control.instances.push_back(instance("forced_open"));
        control.instances.back().metrics = "closed";
        ControlModel* model = makeBreakerModel(at10s, this);
        model->setRows({ref(control)});
        QVERIFY(model->index(0, 6).data().toString().endsWith(QStringLiteral("; metrics still say closed")));
        QVERIFY(model->index(0, 6).data(Qt::ToolTipRole).toString().contains(QStringLiteral("with the next scrape")));
    }

    void whatWouldChangeNothingIsNotOfferedAndKeepsItsPlace()
    {
        Control flag = breaker("off");
        flag.kind = ControlKind::Flag;
        flag.options = {{"forced_on", "Switch on"}, {"forced_off", "Switch off"}, {"auto", "Release"}};
        const auto offered = [](const Control& control) {
            QStringList values;
            for (const RowAct& act : rowActs(control))
                values << (act.offered ? act.option.value : QString());
            return values;
        };
        QCOMPARE(offered(flag), QStringList({"forced_on", "", ""}));
        flag.state = "forced_on";
        QCOMPARE(offered(flag), QStringList({"", "forced_off", "auto"}));
        // To keep off what is off by itself is a decision, too: it stands in the menu.
        flag.state = "off";
        QCOMPARE(usefulOptions(flag).size(), std::size_t{2});
        ControlModel* model = makeFlagModel(at10s, this);
        model->setRows({ref(flag)});
        QCOMPARE(model->index(0, 8).data(RowRole::buttons).toStringList(),
                 QStringList({"Switch on", "Switch off", "Release"}));
        QCOMPARE(model->index(0, 8).data(RowRole::idle).value<QList<int>>(), QList<int>({1, 2}));
    }

    void whileSomethingWaitsNothingIsOffered()
    {
        ControlModel* model = makeBreakerModel(at10s, this, [](const QString&) { return QString("sends in 6 s"); });
        model->setRows({ref(breaker("closed"))});
        QCOMPARE(model->index(0, 8).data().toString(), QString("sends in 6 s"));
        QCOMPARE(model->index(0, 8).data(RowRole::idle).value<QList<int>>(), QList<int>({0, 1, 2}));
    }

    void flagsStandUnderWhatTheyAreFor()
    {
        const auto flag = [](const char* name, const char* kind) {
            Control control = breaker("off");
            control.id = QLatin1String(name);
            control.kind = ControlKind::Flag;
            control.flagKind = QLatin1String(kind);
            return ControlRow(ref(control));
        };
        const auto rows = groupedFlags({flag("fault-slow", "fault"), flag("cheap-ranking", "degradation"),
                                        flag("fault-errors", "fault"), flag("new-cart", "feature")});
        QStringList lines;
        for (const ControlRow& row : rows)
            lines << (row.control ? row.control->id : row.heading.section(QLatin1Char(' '), 0, 0));
        QCOMPARE(lines, QStringList({"Degradation", "cheap-ranking", "Features", "new-cart", "Fault", "fault-slow",
                                     "fault-errors"}));
        ControlModel* model = makeFlagModel(at10s, this);
        const QAbstractItemModelTester tester(model);
        model->setRows(rows);
        QVERIFY(!model->index(0, 1).flags().testFlag(Qt::ItemIsSelectable));
        QVERIFY(model->index(1, 1).flags().testFlag(Qt::ItemIsSelectable));
    }

    void whatIsInForceIsNeverFilteredAway()
    {
        auto list = std::make_shared<ControlList>();
        list->controls = {breaker("closed"), breaker("forced_open")};
        list->controls[1].id = "cart/breaker/catalog";
        const auto left = filteredControls(list, "mail");
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(left.front().control->id, QString("cart/breaker/catalog"));
        QVERIFY(left.front().outside);
        ControlModel* model = makeBreakerModel(at10s, this);
        model->setRows(left);
        QVERIFY(model->index(0, 1).data(RowRole::dim).toBool());
    }

    void rowsThatAreAimedAtNeitherComeNorGo()
    {
        ControlModel* model = makeBreakerModel(at10s, this);
        const QAbstractItemModelTester tester(model);
        Control other = breaker("closed");
        other.id = "cart/breaker/catalog";
        model->setRows({ref(breaker("closed"))});
        QVERIFY(model->setRowsInPlace({ref(other), ref(breaker("open"))}));
        QCOMPARE(model->rowCount(), 1);
        QCOMPARE(model->row(0).control->state, QString("open"));
        QVERIFY(model->setRowsInPlace({ref(other)}));
        QCOMPARE(model->row(0).control->state, QString("open"));
        QVERIFY(!model->setRowsInPlace({ref(breaker("closed"))}));
    }

    void namesWhoHoldsAForcedBreaker()
    {
        Control control = breaker("forced_open");
        control.word = "FORCED OPEN – rejecting calls";
        control.lease = Lease{};
        control.lease->actor = "ana";
        ControlModel* model = makeBreakerModel(at10s, this);
        model->setRows({ref(control)});
        QCOMPARE(model->index(0, 2).data().toString(), QStringLiteral("FORCED OPEN by ana – rejecting calls"));
    }

    void whatWaitsStandsBeforeWhatIsHeldBeforeWhatOthersForced()
    {
        LeaseList leases;
        leases.leases.resize(2);
        leases.leases[0].id = 3;
        leases.leases[0].untilMs = 90'000;
        leases.leases[1].id = 4;
        leases.leases[1].untilMs = 50'000;
        ActionList actions;
        actions.actions.resize(2);
        actions.actions[0].id = 12;
        actions.actions[0].state = "verified";
        actions.actions[1].id = 13;
        actions.actions[1].state = "waiting_approval";
        const auto rows = inForceRows(&leases, &actions, {ref(breaker("forced_open")), ref(breaker("closed"))});
        QCOMPARE(rows.size(), std::size_t{4});
        QCOMPARE(rows[0].action.id, std::int64_t{13});
        QCOMPARE(rows[1].lease.id, std::int64_t{4});
        QCOMPARE(rows[2].lease.id, std::int64_t{3});
        QVERIFY(rows[3].kind == InForceRow::Kind::Foreign);
        QVERIFY(actsOn(rows[0]) == (std::vector{InForceAct::Approve, InForceAct::Refuse}));
        QVERIFY(actsOn(rows[1]) == (std::vector{InForceAct::Revert, InForceAct::Extend}));
        QVERIFY(actsOn(rows[3]) == (std::vector{InForceAct::Release}));
    }

    void aHoldPastItsEndIsCritical()
    {
        InForceModel* model = makeInForceModel(at10s, this);
        const QAbstractItemModelTester tester(model);
        InForceRow row;
        row.lease.id = 3;
        row.lease.untilMs = 9'000;
        model->setRows({row});
        QCOMPARE(model->index(0, 0).data(RowRole::severity).toInt(), static_cast<int>(Severity::Critical));
        QVERIFY(!model->index(0, 0).data(RowRole::held).toBool());
    }

    void aHoldUntilItRecoversSaysSo()
    {
        InForceModel* model = makeInForceModel(at10s, this);
        InForceRow row;
        row.lease.untilMs = 70'000;
        row.lease.untilRecovered = true;
        model->setRows({row});
        QCOMPARE(model->index(0, 4).data().toString(), QStringLiteral("until it recovers, at most 1:00"));
    }

    void theAuditKeepsToAModelsRules()
    {
        AuditModel* model = makeAuditModel(at10s, this);
        const QAbstractItemModelTester tester(model);
        AuditRow row;
        row.id = 7;
        row.step = "revert_failed";
        row.hash = "0123456789abcdef";
        model->setRows({row});
        QCOMPARE(model->index(0, 0).data(RowRole::severity).toInt(), static_cast<int>(Severity::Critical));
        QCOMPARE(model->index(0, 11).data().toString(), QStringLiteral("0123456789ab"));
        HistoryModel* history = makeHistoryModel(at10s, this);
        const QAbstractItemModelTester historyTester(history);
        history->setRows({Action{}});
    }

    void tenThousandControlsAreFilteredWithoutACopy()
    {
        const auto list = manyControls(10'000);
        ControlModel* model = makeBreakerModel(at10s, this);
        model->setRows(filteredControls(list, {}));
        QCOMPARE(model->rowCount(), 10'000);
        const auto some = filteredControls(list, "service-50 open");
        QVERIFY(!some.empty());
        for (const ControlRow& row : some) {
            QVERIFY(row.control->word.startsWith("OPEN"));
            QVERIFY(row.control.get() >= list->controls.data());  // a row of the snapshot itself
            QVERIFY(row.control.get() < list->controls.data() + list->controls.size());
        }
    }

    void measuresTenThousandControls()
    {
        const auto list = manyControls(10'000);
        ControlModel* model = makeBreakerModel(at10s, this);
        QBENCHMARK
        {
            model->setRows(filteredControls(list, "service-3"));
            model->setRows(filteredControls(list, {}));
        }
        QCOMPARE(model->rowCount(), 10'000);
    }
};

QTEST_GUILESS_MAIN(TestControlRows)
#include "tst_control_rows.moc"
