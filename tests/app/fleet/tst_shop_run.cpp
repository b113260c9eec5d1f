#include "app/base/clock.h"
#include "app/fleet/experiments/shop_run.h"

#include <QTest>

#include <curl/curl.h>

using namespace holdfast;
using namespace holdfast::fleet;

/// The real shop, for three seconds. What it measures depends on the computer; that it measures does not.
class TestShopRun : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { curl_global_init(CURL_GLOBAL_DEFAULT); }

    void refusesAFaultThatTheServiceDoesNotHave()
    {
        const SystemClock clock;
        const auto run = runShop({.faultService = "payments", .fault = "fault-nonesuch"}, 1, clock);
        QVERIFY(!run.ok());
        QCOMPARE(run.error().kind, ErrorKind::NotFound);
    }

    void measuresTheShopBeforeDuringAndAfterAFault()
    {
        const SystemClock clock;
        const auto run =
            runShop({.label = "short",
                     .faultService = "payments",
                     .fault = "fault-errors",
                     .also = "orders",
                     .table = {.calmFromS = 0.2, .faultFromS = 1, .faultUntilS = 2, .lengthS = 3, .stepS = 0.5}},
                    1, clock);
        QVERIFY2(run.ok(), run.ok() ? "" : run.error().message.c_str());
        QCOMPARE(run->label, std::string("short"));
        QCOMPARE(run->course.goodput.size(), std::size_t(6));
        QCOMPARE(run->course.queue.size(), std::size_t(6));
        QVERIFY(run->figures.goodputBefore > 0);
        QVERIFY(run->figures.goodputBefore <= 1);
        QVERIFY(run->figures.headroomBefore >= 0 && run->figures.headroomBefore <= 1);
        QVERIFY(std::ranges::count(run->more, "goodput of orders while it lasts", &ExtraFigure::name) == 1);
    }
};

QTEST_GUILESS_MAIN(TestShopRun)
#include "tst_shop_run.moc"
