#include "widgets/theme/line_text.h"

#include <QFont>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace holdfast::widgets;

namespace {

constexpr QSize room(240, 40);
constexpr QRectF box(10, 8, 200, 20);

QFont face()
{
    QFont font;
    font.setPixelSize(13);
    return font;
}

template <typename Draw>
QImage drawn(Draw draw)
{
    QImage image(room, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.setFont(face());
    painter.setPen(Qt::white);
    draw(painter);
    return image;
}

int leftmostLight(const QImage& image)
{
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (qRed(image.pixel(x, y)) > 40)
                return x;
        }
    }
    return -1;
}

}  // namespace

class TestLineText : public QObject {
    Q_OBJECT

private slots:
    void drawsNumbersAsQPainterDoes_data()
    {
        QTest::addColumn<int>("alignment");
        QTest::newRow("left") << static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
        QTest::newRow("right") << static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
        QTest::newRow("centre") << static_cast<int>(Qt::AlignCenter);
        QTest::newRow("top") << static_cast<int>(Qt::AlignRight | Qt::AlignTop);
        QTest::newRow("bottom") << static_cast<int>(Qt::AlignRight | Qt::AlignBottom);
    }

    void drawsNumbersAsQPainterDoes()
    {
        QFETCH(const int, alignment);
        const QString text = QStringLiteral("12.4 8 906 35");
        const QImage usual = drawn([&](QPainter& painter) { painter.drawText(box, alignment, text); });
        const QImage ours =
            drawn([&](QPainter& painter) { drawLine(painter, box, Qt::Alignment::fromInt(alignment), text); });
        QVERIFY(leftmostLight(ours) >= 0);
        QCOMPARE(ours, usual);
    }

    void handsOnWhatNeedsMoreThanAGlyphALetter()
    {
        const QString hebrew = QStringLiteral("\u05e9\u05dc\u05d5\u05dd 12");
        const QImage usual = drawn([&](QPainter& painter) {
            painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, hebrew);
        });
        QCOMPARE(drawn([&](QPainter& painter) { drawLine(painter, box, Qt::AlignLeft | Qt::AlignVCenter, hebrew); }),
                 usual);
        QCOMPARE(textWidth(face(), hebrew), QFontMetricsF(face()).horizontalAdvance(hebrew));
    }

    void cutsWhatDoesNotFit()
    {
        const QString text = QStringLiteral("a name that is much longer than the room there is for it");
        const QRectF narrow(10, 8, 80, 20);
        const QImage image =
            drawn([&](QPainter& painter) { drawFitted(painter, narrow, Qt::AlignLeft | Qt::AlignVCenter, text); });
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 92; x < image.width(); ++x)
                QCOMPARE(qRed(image.pixel(x, y)), 0);
        }
        QVERIFY(leftmostLight(image) >= 10);
    }
};

QTEST_MAIN(TestLineText)
#include "tst_line_text.moc"
