#include "widgets/theme/tokens.h"

#include <QTest>

using namespace holdfast::widgets;

/// WCAG 2.1: text 4.5:1, graphics 3:1, on every ground it stands on.
class TestTokens : public QObject {
    Q_OBJECT

private slots:
    void computesContrastAsWcagDoes()
    {
        QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white)), 21);
        QCOMPARE(qRound(contrastRatio(QColor(0x777777), Qt::white) * 100), 448);
    }

    void keepsTextReadable_data() { themes(); }
    void keepsTextReadable()
    {
        const Tokens t = tokens();
        for (const QColor& ground : {t.window, t.surface, t.raised, t.plot}) {
            QVERIFY2(contrastRatio(t.text, ground) >= 4.5, "text");
            QVERIFY2(contrastRatio(t.textSecondary, ground) >= 4.5, "secondary");
            QVERIFY2(contrastRatio(t.textTertiary, ground) >= 4.5, "tertiary");
        }
        for (const QColor& tint : {t.criticalTint, t.warningTint, t.unknownTint, t.heldTint}) {
            QVERIFY(contrastRatio(t.text, tint) >= 4.5);
            QVERIFY(contrastRatio(t.textSecondary, tint) >= 4.5);
        }
        QVERIFY(contrastRatio(t.badgeText, t.critical) >= 4.5);
        QVERIFY(contrastRatio(t.badgeText, t.held) >= 4.5);
        QVERIFY(contrastRatio(t.badgeText, t.unknown) >= 4.5);
        QVERIFY(contrastRatio(t.badgeOnWarning, t.warningFill) >= 4.5);
        QVERIFY(contrastRatio(t.window, t.text) >= 4.5);  // inverse buttons
    }

    void keepsGraphicsVisible_data() { themes(); }
    void keepsGraphicsVisible()
    {
        const Tokens t = tokens();
        for (const QColor& colour : {t.lineMain, t.lineSecond, t.lineThird, t.critical, t.warning, t.unknown, t.held})
            QVERIFY2(contrastRatio(colour, t.plot) >= 3.0, qPrintable(colour.name()));
        for (const QColor& colour : {t.critical, t.warning, t.unknown, t.held, t.border, t.focus})
            QVERIFY2(contrastRatio(colour, t.surface) >= 3.0, qPrintable(colour.name()));
    }

private:
    static void themes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    static Tokens tokens()
    {
        QFETCH(bool, dark);
        return dark ? darkTokens() : lightTokens();
    }
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
