#include "widgets/controls/hold_choice.h"
#include "widgets/controls/moment_text.h"
#include "widgets/controls/reason_box.h"
#include "widgets/controls/undo_bar.h"
#include "widgets/controls/value_box.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardPaths>
#include <QTest>

using namespace holdfast::widgets;

namespace {

constexpr std::int64_t now = 1'795'457'049'000;  // 2026-11-23 18:04:09 UTC
constexpr std::int64_t minuteMs = 60'000;

std::int64_t wall()
{
    return now;
}

QRadioButton* choice(const QWidget& box, const char* text)
{
    for (auto* each : box.findChildren<QRadioButton*>()) {
        if (each->text().startsWith(QLatin1String(text)))
            return each;
    }
    return nullptr;
}

}  // namespace

class TestHoldChoice : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QSettings().clear();
    }

    void readsLengthsAndClockTimes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("from");
        QTest::newRow("minutes") << "20 min" << qint64(20 * minuteMs);
        QTest::newRow("plus") << "+45m" << qint64(45 * minuteMs);
        QTest::newRow("hours") << "2h" << qint64(120 * minuteMs);
        QTest::newRow("later today") << "18:30" << qint64(25 * minuteMs + 51'000);
        QTest::newRow("seconds") << "18:04:30Z" << qint64(21'000);
        QTest::newRow("tomorrow") << "18:00" << qint64(24 * 60 * minuteMs - 249'000);
    }
    void readsLengthsAndClockTimes()
    {
        QFETCH(QString, text);
        QFETCH(qint64, from);
        const auto moment = parseMoment(text, now);
        QVERIFY(moment.ok());
        QCOMPARE(*moment - now, from);
    }

    void refusesWhatIsNoTime()
    {
        for (const char* text : {"", "soon", "25:00", "12:77", "0 min", "yesterday"})
            QVERIFY2(!parseMoment(QLatin1String(text), now).ok(), text);
    }

    void holdsAQuarterOfAnHourUnlessToldOtherwise()
    {
        const Theme theme(ThemeKind::Dark);
        const HoldChoice box(theme, 14'400, wall, nullptr);
        HoldWish usual;
        usual.holdS = 900;
        QCOMPARE(box.wish(), usual);
    }

    void holdsUntilATimeAndNotLongerThanAllowed()
    {
        const Theme theme(ThemeKind::Dark);
        HoldChoice box(theme, 3600, wall, nullptr);
        box.show();
        auto* until = box.findChild<QLineEdit*>(QStringLiteral("holdUntil"));
        QTest::keyClicks(until, QStringLiteral("18:30"));
        QCOMPARE(box.wish().untilMs, now + 25 * minuteMs + 51'000);
        QCOMPARE(box.wish().holdS, std::int64_t{25 * 60 + 51});
        until->selectAll();
        QTest::keyClicks(until, QStringLiteral("2 h"));
        QVERIFY(box.wish().problem.contains(QStringLiteral("at most")));
        until->selectAll();
        QTest::keyClicks(until, QStringLiteral("when I like"));
        QVERIFY(!box.wish().problem.isEmpty());
    }

    void holdsUntilItRecoversAndTwoHoursAtMost()
    {
        const Theme theme(ThemeKind::Dark);
        HoldChoice box(theme, 14'400, wall, nullptr);
        box.show();
        auto* recovers = choice(box, "until it recovers");
        QVERIFY(recovers->text().contains(QStringLiteral("max 2")));
        QTest::mouseClick(recovers, Qt::LeftButton, {}, QPoint(8, recovers->height() / 2));
        QVERIFY(box.wish().untilRecovered);
        QCOMPARE(box.wish().holdS, std::int64_t{7200});
    }

    void startsLaterAndHoldsFromThen()
    {
        const Theme theme(ThemeKind::Dark);
        HoldChoice box(theme, 14'400, wall, nullptr);
        box.show();
        box.findChild<QCheckBox*>()->setChecked(true);
        QVERIFY(!box.wish().problem.isEmpty());  // when, is not said yet
        QTest::keyClicks(box.findChild<QLineEdit*>(QStringLiteral("holdStart")), QStringLiteral("10 min"));
        QCOMPARE(box.wish().startMs, now + 10 * minuteMs);
        QCOMPARE(box.wish().holdS, std::int64_t{900});
        auto* until = box.findChild<QLineEdit*>(QStringLiteral("holdUntil"));
        QTest::keyClicks(until, QStringLiteral("5 min"));
        QCOMPARE(box.wish().problem, QStringLiteral("It would end before it starts."));
    }

    void aSliderAloneChangesNothing()
    {
        const Theme theme(ThemeKind::Dark);
        Control weight;
        weight.name = "weight";
        weight.state = "40";
        weight.number = NumberRange{0, 100, true, "%"};
        ValueBox box(theme, weight, ValueBox::Button::Shown, nullptr);
        box.show();
        const QSignalSpy applied(&box, &ValueBox::applied);
        auto* slider = box.findChild<QSlider*>();
        QCOMPARE(slider->value(), 40);
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(box.value(), QStringLiteral("41"));
        QCOMPARE(box.findChild<QDoubleSpinBox*>()->value(), 41.0);
        QCOMPARE(applied.count(), 0);
        QTest::mouseClick(box.findChild<QAbstractButton*>(QStringLiteral("applyValue")), Qt::LeftButton);
        QCOMPARE(applied.count(), 1);
        QCOMPARE(applied.first().first().toString(), QStringLiteral("41"));
    }

    void keepsTheLastFiveReasons()
    {
        for (const char* reason : {"one", "two", "three", "four", "five", "six", "two"})
            ReasonBox::remember(QLatin1String(reason));
        QCOMPARE(ReasonBox::lastReasons(), QStringList({"two", "six", "five", "four", "three"}));
    }

    void anIncidentNamedInTheReasonIsTheIncident()
    {
        ReasonBox box(nullptr);
        box.setIncidents({QStringLiteral("INC-142 payments failing")});
        const QSignalSpy named(&box, &ReasonBox::incidentNamed);
        box.show();
        QTest::keyClicks(&box, QStringLiteral("shed load #INC-142 "));
        QVERIFY(!named.isEmpty());
        QCOMPARE(named.last().first().toLongLong(), qint64(142));
    }

    void whatIsTakenBackInTimeIsNotSent()
    {
        const Theme theme(ThemeKind::Dark);
        UndoBar bar(theme, QStringLiteral("idle"), nullptr);
        const int height = bar.height();
        int sent = 0;
        QString why;
        const auto send = [&](int more) {
            return [&, more](const QString& reason) {
                sent += more;
                why = reason;
            };
        };
        bar.start(QStringLiteral("a"), QStringLiteral("Switch a on"), send(1));
        QVERIFY(bar.waiting());
        QVERIFY(!bar.pendingText(QStringLiteral("a")).isEmpty());
        QVERIFY(bar.pendingText(QStringLiteral("b")).isEmpty());
        QCOMPARE(bar.height(), height);
        QTest::mouseClick(bar.findChild<QAbstractButton*>(QStringLiteral("undoButton")), Qt::LeftButton);
        QVERIFY(!bar.waiting());
        bar.start(QStringLiteral("b"), QStringLiteral("Switch b on"), send(10));
        bar.start(QStringLiteral("c"), QStringLiteral("Switch c on"), send(100));
        QCOMPARE(sent, 10);  // the second one did not wait any longer
        QVERIFY(why.isEmpty());
        auto* reason = bar.findChild<QLineEdit*>(QStringLiteral("undoReason"));
        QTest::keyClicks(reason, QStringLiteral("shed load"));
        QTest::keyClick(reason, Qt::Key_Return);
        QCOMPARE(sent, 110);
        QCOMPARE(why, QStringLiteral("shed load"));
    }
};

QTEST_MAIN(TestHoldChoice)
#include "tst_hold_choice.moc"
