#include "app/base/clock.h"

#include "app/api/guest_doors.h"

#include <QTest>

using namespace holdfast::api;

namespace {

HttpResponse fine(const Call&)
{
    return HttpResponse::text(200, "ok");
}

Router engineDoors()
{
    Router router;
    router.addPrivate("GET", "/holdfast/v1/fleet", Lane::Status, fine);
    router.addPrivate("GET", "/holdfast/v1/incidents/*", Lane::Status, fine);
    router.addPrivate("GET", "/holdfast/v1/config", Lane::Status, fine);
    router.addPrivate("GET", "/holdfast/v1/audit", Lane::Status, fine);
    router.addPrivate("GET", "/holdfast/v1/actions", Lane::Status, fine);
    router.addPrivate("POST", "/holdfast/v1/actions", Lane::Change, fine);
    openGuestDoors(router);
    return router;
}

}  // namespace

class TestGuestDoors : public QObject {
    Q_OBJECT

private slots:
    void guestsReadWhatTheWindowShows()
    {
        const Router router = engineDoors();
        QVERIFY(router.find("GET", "/holdfast/v1/fleet", Door::Public).route);
        QVERIFY(router.find("GET", "/holdfast/v1/incidents/7", Door::Public).route);
        QVERIFY(router.find("GET", "/holdfast/v1/actions", Door::Public).route);
    }

    void guestsReadNoConfigurationAndNoJournal()
    {
        const Router router = engineDoors();
        QVERIFY(!router.find("GET", "/holdfast/v1/config", Door::Public).route);
        QVERIFY(!router.find("GET", "/holdfast/v1/audit", Door::Public).route);
        QVERIFY(router.find("GET", "/holdfast/v1/config", Door::Private).route);
    }

    void guestsChangeNothing()
    {
        const Router router = engineDoors();
        QVERIFY(!router.find("POST", "/holdfast/v1/actions", Door::Public).route);
        QVERIFY(router.find("POST", "/holdfast/v1/actions", Door::Private).route);
    }
};

QTEST_GUILESS_MAIN(TestGuestDoors)
#include "tst_guest_doors.moc"
