#include "tests/widgets/screens/layout_facts.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QTest>

#include <functional>

using holdfast::test::LayoutFacts;

namespace {

/// A window of 600×400 with something on the left, and a place for a fault.
class Window : public QWidget {
public:
    std::function<void(QPainter&)> ink;

    Window()
    {
        QPalette palette;
        palette.setColor(QPalette::Window, QColor(0x202428));
        palette.setColor(QPalette::WindowText, Qt::white);
        setPalette(palette);
        resize(600, 400);
        label(QStringLiteral("fine"), QRect(10, 10, 100, 24));
    }
    QLabel* label(const QString& text, const QRect& place)
    {
        auto* label = new QLabel(text, this);
        label->setGeometry(place);
        return label;
    }
    [[nodiscard]] QString faults()
    {
        show();
        return LayoutFacts(*this).faults().join(QLatin1Char('\n'));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(Qt::white);
        if (ink)
            ink(painter);
    }
};

}  // namespace

/// The checks of the screens see what they are for: each fault here is planted.
class TestLayoutFacts : public QObject {
    Q_OBJECT

private slots:
    void findNothingInAWindowWithoutFaults()
    {
        Window window;
        auto* button = new QPushButton(QStringLiteral("Press"), &window);
        button->setGeometry(10, 50, 100, 30);
        window.ink = [](QPainter& painter) { painter.drawText(200, 200, QStringLiteral("drawn")); };
        QCOMPARE(window.faults(), QString());
    }
    void seeALabelThatIsTooNarrow()
    {
        Window window;
        window.label(QStringLiteral("much longer than its place"), QRect(200, 10, 40, 24));
        QVERIFY(window.faults().contains(QStringLiteral("px and has 40")));
    }
    void seeAPlaceholderThatIsTooNarrow()
    {
        Window window;
        auto* line = new QLineEdit(&window);
        line->setPlaceholderText(QStringLiteral("Filter by whatever one likes"));
        line->setGeometry(200, 10, 60, 30);
        QVERIFY(window.faults().contains(QStringLiteral("its placeholder")));
    }
    void seeSiblingsThatOverlap()
    {
        Window window;
        window.label(QStringLiteral("one"), QRect(200, 10, 60, 24));
        window.label(QStringLiteral("      two"), QRect(220, 20, 90, 24));
        QVERIFY(window.faults().contains(QStringLiteral("overlaps")));
    }
    void seeAnEmptyPanel()
    {
        Window window;
        auto* panel = new QWidget(&window);
        panel->setGeometry(200, 100, 300, 200);
        QVERIFY(window.faults().contains(QStringLiteral("shows nothing on 300×200")));
    }
    void seePaleWordsOfALabel()
    {
        Window window;
        auto* label = window.label(QStringLiteral("pale"), QRect(200, 10, 60, 24));
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, QColor(0x505458));
        label->setPalette(palette);
        QVERIFY(window.faults().contains(QStringLiteral("has contrast")));
    }
    void seePaleWordsThatAPainterDrew()
    {
        Window window;
        window.ink = [](QPainter& painter) {
            painter.setPen(QColor(255, 255, 255, 40));
            painter.drawText(200, 200, QStringLiteral("pale"));
        };
        QVERIFY(window.faults().contains(QStringLiteral("has contrast")));
    }
    void seeDrawnWordsThatAreCut()
    {
        Window window;
        window.ink = [](QPainter& painter) {
            painter.setClipRect(200, 180, 20, 40);
            painter.drawText(200, 200, QStringLiteral("cut in the middle"));
        };
        QVERIFY(window.faults().contains(QStringLiteral("is cut")));
    }
    void seeDrawnWordsOverOthers()
    {
        Window window;
        window.ink = [](QPainter& painter) {
            painter.drawText(200, 200, QStringLiteral("Latency"));
            painter.drawText(204, 204, QStringLiteral("p99 50 ms"));
        };
        QVERIFY(window.faults().contains(QStringLiteral("is written over “Latency”")));
    }
    void seeWordsThatCollideOnlyFromRightToLeft()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        Window window;
        window.ink = [](QPainter& painter) {
            painter.drawText(QRect(200, 200, 150, 30), Qt::AlignLeft, QStringLiteral("Run"));
            painter.drawText(QRect(300, 200, 50, 30), Qt::AlignRight | Qt::AlignAbsolute, QStringLiteral("Enter"));
        };
        const QString faults = window.faults();
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QVERIFY2(faults.contains(QStringLiteral("is written over “Run”")), qPrintable(faults));
    }
    void seeAnIconBelowAWord()
    {
        Window window;
        QPixmap icon(16, 16);
        icon.fill(Qt::red);
        window.ink = [icon](QPainter& painter) {
            painter.drawPixmap(196, 186, icon);
            painter.drawText(200, 200, QStringLiteral("OPEN"));
        };
        QVERIFY(window.faults().contains(QStringLiteral("written over a sign")));
    }
    void seeASignBelowAWord()
    {
        Window window;
        window.ink = [](QPainter& painter) {
            painter.fillRect(196, 188, 12, 12, Qt::red);
            painter.drawText(200, 200, QStringLiteral("OPEN"));
        };
        QVERIFY(window.faults().contains(QStringLiteral("written over a sign")));
    }
    void seeAWordThatIsHalfCovered()
    {
        Window window;
        window.ink = [](QPainter& painter) {
            painter.drawText(200, 200, QStringLiteral("Revert now"));
            painter.fillRect(230, 180, 100, 40, QColor(0x303438));
        };
        QVERIFY(window.faults().contains(QStringLiteral("is half covered")));
    }
    void seeAButtonThatHangsOut()
    {
        Window window;
        auto* bar = new QWidget(&window);
        bar->setGeometry(200, 100, 200, 30);
        auto* button = new QPushButton(QStringLiteral("Press"), bar);
        button->setGeometry(10, 0, 100, 44);
        QVERIFY(window.faults().contains(QStringLiteral("hangs out")));
    }
    void seeAButtonThatIsTooSmallOrNameless()
    {
        Window window;
        (new QPushButton(&window))->setGeometry(200, 100, 20, 20);
        const QString faults = window.faults();
        QVERIFY(faults.contains(QStringLiteral("is 20×20")));
        QVERIFY(faults.contains(QStringLiteral("no accessible name")));
    }
};

QTEST_MAIN(TestLayoutFacts)
#include "tst_layout_facts.moc"
