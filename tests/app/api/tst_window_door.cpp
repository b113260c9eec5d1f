#include "app/api/window_door.h"

#include <QTest>

using namespace holdfast;
using namespace holdfast::api;

namespace {

struct Windows {
    Windows() { door.addRoutes(router); }
    int tell(const std::string& body) const
    {
        HttpRequest request;
        request.method = "POST";
        request.path = "/holdfast/v1/window";
        request.body = body;
        const auto match = router.find("POST", request.path, Door::Private);
        return match.route
            ->handler(Call{.request = request, .form = Form(request), .path = match.path, .cancelled = {}})
            .status;
    }
    [[nodiscard]] double stalls() const { return door.readings().front().value; }

    WindowDoor door;
    Router router;
};

}  // namespace

class TestWindowDoor : public QObject {
    Q_OBJECT

private slots:
    void addsUpWhatEachWindowCounted()
    {
        Windows windows;
        QCOMPARE(windows.tell(R"({"window":"a","stalls":2,"longest_ms":80})"), 200);
        QCOMPARE(windows.tell(R"({"window":"a","stalls":3})"), 200);
        QCOMPARE(windows.tell(R"({"window":"b","stalls":1})"), 200);
        QCOMPARE(windows.stalls(), 4.0);
    }

    void countsATellingTwiceOnlyOnce()
    {
        Windows windows;
        QCOMPARE(windows.tell(R"({"window":"a","stalls":2})"), 200);
        QCOMPARE(windows.tell(R"({"window":"a","stalls":2})"), 200);
        QCOMPARE(windows.stalls(), 2.0);
    }

    void refusesWhatIsNoCount()
    {
        Windows windows;
        QCOMPARE(windows.tell(R"({"window":"a","stalls":-1})"), 400);
        QCOMPARE(windows.tell(R"({"stalls":1})"), 400);
        QCOMPARE(windows.stalls(), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestWindowDoor)
#include "tst_window_door.moc"
