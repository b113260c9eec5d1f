#include "widgets/main_window/place_link.h"

#include <QTest>

using namespace holdfast::widgets;

class TestPlaceLink : public QObject {
    Q_OBJECT

private slots:
    void comesBackAsItWasSent()
    {
        const Place place{.view = QStringLiteral("service"), .service = QStringLiteral("a & b"), .item = {}};
        const auto link =
            parsePlaceLink(linkText(place, TypedRange{false, 1'700'000'000'000, 1'700'000'600'000}), 1'700'000'700'000);
        QVERIFY(link);
        QCOMPARE(link->place, place);
        QVERIFY(link->range && !link->range->live);
        QCOMPARE(link->range->startMs, 1'700'000'000'000);
        QCOMPARE(link->range->endMs, 1'700'000'600'000);
    }

    void keepsLiveLive()
    {
        const Place place{.view = QStringLiteral("fleet"), .service = {}, .item = {}};
        const auto link = parsePlaceLink(linkText(place, TypedRange{true, 0, 1'800'000}), 5'000'000'000);
        QVERIFY(link && link->range && link->range->live);
        QCOMPARE(link->range->spanMs(), 1'800'000);
    }

    void isNothingForAnyOtherText()
    {
        for (const char* text : {"", "now-45m", "https://grafana/d/1?from=now-1h&to=now", "holdfast:", "checkout"})
            QVERIFY2(!parsePlaceLink(QLatin1String(text), 0), text);
    }
};

QTEST_GUILESS_MAIN(TestPlaceLink)
#include "tst_place_link.moc"
