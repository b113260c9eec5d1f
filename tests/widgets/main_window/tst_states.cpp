#include "tests/support/driven_window.h"
#include "tests/support/painted_ink.h"
#include "widgets/client/engine_link.h"
#include "widgets/fleet/fleet_model.h"
#include "widgets/theme/number_format.h"

#include <QAbstractButton>
#include <QLabel>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace holdfast::widgets;
using holdfast::test::DrivenWindow;

namespace {

constexpr int patience = 20'000;

struct Driven : DrivenWindow {
    explicit Driven(const QString& view = QStringLiteral("fleet"), bool alive = true)
        : DrivenWindow({.view = view, .alive = alive})
    {
    }

    /// All words that stand on a part of the window now.
    [[nodiscard]] static QString words(const QWidget* part)
    {
        QStringList words;
        for (const auto* label : part ? part->findChildren<QLabel*>() : QList<QLabel*>())
            words << (label->isVisible() ? label->text() : QString());
        for (const auto* button : part ? part->findChildren<QAbstractButton*>() : QList<QAbstractButton*>())
            words << (button->isVisible() ? button->text() : QString());
        return words.join(QLatin1Char('|'));
    }
    [[nodiscard]] QString words() const { return words(window.get()); }
    /// How many pieces of text the view has painted below its title and tools.
    [[nodiscard]] qsizetype wordsBelowTheHead() const
    {
        const QWidget* view = window->findChild<QStackedWidget*>();
        const QRect body(view->mapTo(window.get(), QPoint(0, 50)), view->size());
        const auto texts = holdfast::test::PaintedInk(*window).texts();
        return std::count_if(texts.begin(), texts.end(), [&](const auto& text) {
            return text.painter && view->isAncestorOf(text.painter) && QRectF(body).contains(text.ink);
        });
    }
    [[nodiscard]] QAbstractButton* button(const char* text) const
    {
        const auto buttons = window->findChildren<QAbstractButton*>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [text](const QAbstractButton* button) {
            return button->isVisible() && button->text().startsWith(QLatin1String(text));
        });
        return found == buttons.end() ? nullptr : *found;
    }
    /// Number and what stands below it, of a service in the fleet.
    [[nodiscard]] QString cell(const QString& service, int column) const
    {
        const auto* table = window->findChild<QTableView*>(QStringLiteral("fleetTable"));
        const auto* model = table->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, FleetModel::Service).data().toString() == service) {
                const QModelIndex index = model->index(row, column);
                return index.data().toString() + QLatin1Char('|') + index.data(Qt::ToolTipRole).toString()
                       + QLatin1Char('|') + index.data(Qt::AccessibleTextRole).toString();
            }
        }
        return {};
    }
};

}  // namespace

/// Each state has its words and one way out; none is an empty page, and no old number looks like a new one.
class TestStates : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test-states"));
        QSettings().clear();
    }

    void saysWhatIsMissingWhileItLoads_data()
    {
        QTest::addColumn<QString>("view");
        for (const ViewEntry& entry : builtViews())
            QTest::newRow(qPrintable(entry.id)) << entry.id;
    }
    void saysWhatIsMissingWhileItLoads()
    {
        QFETCH(QString, view);
        const Driven driven(view, false);  // nobody answers
        QTRY_VERIFY_WITH_TIMEOUT(driven.part("linkBar")->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(driven.words().contains(QStringLiteral("No engine reachable")), patience);
        QVERIFY(driven.button("Try now"));
        QTRY_VERIFY2_WITH_TIMEOUT(driven.wordsBelowTheHead() > 0, "an empty page", patience);
    }

    void tellsFiveStatesOfAValueApart()
    {
        const Driven driven;
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        QVERIFY2(driven.cell("catalog", FleetModel::Errors).contains(QStringLiteral("no traffic")), "no traffic");
        QVERIFY2(driven.cell("search", FleetModel::P99).contains(QStringLiteral("140 requests")), "few samples");
        QVERIFY2(driven.cell("payments", FleetModel::P99).contains(QStringLiteral("slower than the largest bucket")),
                 "above the last bucket");
        QVERIFY2(driven.cell("mail", FleetModel::P99).contains(QStringLiteral("old")), "stale");
        QVERIFY2(!driven.cell("gateway", FleetModel::P99).contains(QStringLiteral("old")), "a value");
    }

    void takesTheNetworkForGoneWhenMostTargetsGoAtOnce()
    {
        Driven driven;
        QTRY_VERIFY_WITH_TIMEOUT(driven.window->painted(), patience);
        QVERIFY(!driven.part("offlineBar")->isVisible());
        driven.engine.offline = true;
        QTRY_VERIFY_WITH_TIMEOUT(driven.part("offlineBar")->isVisible(), patience);
        QVERIFY(Driven::words(driven.part("offlineBar")).contains(QStringLiteral("24 of 26 targets")));
        QTest::mouseClick(driven.part("offlineBar")->findChild<QAbstractButton*>(), Qt::LeftButton);
        QCOMPARE(driven.window->context().navigator.place().view, QStringLiteral("targets"));
        driven.engine.offline = false;
        QTRY_VERIFY_WITH_TIMEOUT(!driven.part("offlineBar")->isVisible(), patience);
    }

    void saysThatRulesAreLate()
    {
        Driven driven;
        driven.engine.rulesLateMs = 40'000;
        QTRY_VERIFY_WITH_TIMEOUT(driven.words().contains(QStringLiteral("rules %1 late").arg(durationText(40'000))),
                                 patience);
    }

    void namesTheEnvironmentAlways()
    {
        const Driven driven;
        QTRY_VERIFY_WITH_TIMEOUT(driven.words().contains(QStringLiteral("DEMO")), patience);
    }

    void leadsFromAnEmptyFleetToTheTargets()
    {
        Driven driven;
        driven.engine.anyService = false;
        QTRY_VERIFY_WITH_TIMEOUT(driven.button("Show targets"), patience);
        QTest::mouseClick(driven.button("Show targets"), Qt::LeftButton);
        QCOMPARE(driven.window->context().navigator.place().view, QStringLiteral("targets"));
    }
};

QTEST_MAIN(TestStates)
#include "tst_states.moc"
