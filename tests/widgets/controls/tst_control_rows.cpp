#include "widgets/client/severity.h"
#include "widgets/controls/control_rows.h"

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

std::int64_t at10s()
{
    return 10'000;
}

QVariant first(const Control& control, int role)
{
    BreakerModel* model = makeBreakerModel(at10s, qApp);
    model->setRows({control});
    return model->index(0, 0).data(role);
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

    void theModeItIsInIsNotOffered()
    {
        const auto options = usefulOptions(breaker("closed"));
        QCOMPARE(options.size(), std::size_t{2});
        for (const ControlOption& option : options)
            QVERIFY(option.value != "auto");
    }

    void aLockedControlOffersNothingAndSaysWhy()
    {
        Control control = breaker("closed");
        control.locked = "Group demo is not armed";
        QVERIFY(usefulOptions(control).empty());
        BreakerModel* model = makeBreakerModel(at10s, this);
        const QAbstractItemModelTester tester(model);
        model->setRows({control});
        QCOMPARE(model->index(0, 8).data().toString(), control.locked);
    }

    void aHoldPastItsEndIsCritical()
    {
        HoldModel* model = makeHoldModel(at10s, this);
        const QAbstractItemModelTester tester(model);
        Lease lease;
        lease.id = 3;
        lease.untilMs = 9'000;
        model->setRows({lease});
        QCOMPARE(model->index(0, 0).data(RowRole::severity).toInt(), static_cast<int>(Severity::Critical));
        QVERIFY(!model->index(0, 0).data(RowRole::held).toBool());
    }
};

QTEST_GUILESS_MAIN(TestControlRows)
#include "tst_control_rows.moc"
