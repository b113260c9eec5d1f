#include "widgets/map/depends_on.h"

#include <QTest>

using namespace holdfast::widgets;

class TestDependsOn : public QObject {
    Q_OBJECT

private slots:
    void onlyWhatNobodyWroteDownIsOffered()
    {
        Fleet fleet;
        fleet.edges = {{"cart", "pay", "config", {}, {}, {}},
                       {"cart", "mail", "breaker", {}, {}, "cart/breaker/mail"},
                       {"api", "pay", "client", {}, {}, {}}};
        const auto calls = inferredCalls(fleet);
        QCOMPARE(calls.size(), std::size_t(1));
        QCOMPARE(calls.front().callee, QStringLiteral("mail"));
    }

    void callsOfOneCallerStandInOneList()
    {
        const QString text = dependsOnText(
            {{"cart", "pay", {}, {}, {}, {}}, {"cart", "mail", {}, {}, {}, {}}, {"cart", "pay", {}, {}, {}, {}}});
        QCOMPARE(text, QStringLiteral("holdfast:\n  services:\n    cart:\n      depends_on: [\"mail\", \"pay\"]\n"));
    }
};

QTEST_GUILESS_MAIN(TestDependsOn)
#include "tst_depends_on.moc"
