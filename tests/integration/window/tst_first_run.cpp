#include "tests/support/real_shop.h"
#include "widgets/explore/legend_rows.h"
#include "widgets/main_window/main_window.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace holdfast::widgets;

namespace {

constexpr int patience = 60'000;  // a debug engine on a busy machine

}  // namespace

/// From an empty engine to live data, as somebody does it who has never seen Holdfast: the real window on the real
/// engine and the real fleet.
class TestFirstRun : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("holdfast-test"));
        QCoreApplication::setApplicationName(QStringLiteral("first-run"));
        QSettings().clear();
        const QString program = QStringLiteral(HOLDFAST_BIN_DIR "/holdfast");
        if (!QFile::exists(program) || !QFile::exists(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet")))
            QSKIP("the engine and the fleet are not built here");
        QVERIFY2(m_shop.startFleet(QStringLiteral("calm"), 60), m_shop.words());
        QVERIFY2(m_shop.startEngine({}), m_shop.words());
        m_window = m_shop.openWindow({}, QSize(1400, 860));
    }

    void cleanupTestCase() { m_window.reset(); }

    void anEmptyEngineAsksWhereTheMetricsAre()
    {
        QTRY_COMPARE_WITH_TIMEOUT(m_window->context().navigator.place().view, QString("first_run"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(field("probeUrl") && field("probeUrl")->isVisible(), patience);
        QVERIFY(!button("probeTest")->isEnabled());
    }

    void aWrongAddressIsSaidInWords()
    {
        type("probeUrl", QStringLiteral("127.0.0.1:1"));
        QTest::keyClick(field("probeUrl"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(label("probeStatus").contains(QStringLiteral("Nothing listens")), patience);
        QVERIFY(!button("probeStart")->isVisible());
    }

    void aBrokenFileIsNamedWithItsLine()
    {
        const QString path = m_shop.path("broken.yml");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("scrape_configs:\n  - job_name: a\n    scrape_intervall: 5s\n");
        file.close();
        QTest::mouseClick(button("importFile"), Qt::LeftButton);
        auto* dialog = m_window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        auto* name = dialog->findChild<QLineEdit*>();
        name->setText(path);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(label("firstRunSaid").contains(QStringLiteral("broken.yml:3:5")), patience);
        QVERIFY(label("firstRunSaid").contains(QStringLiteral("did you mean \"scrape_interval\"")));
    }

    void aTestScrapeTellsWhatIsThere()
    {
        type("probeUrl", QStringLiteral("127.0.0.1:%1").arg(portOf("checkout")));
        QTest::mouseClick(button("probeTest"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(button("probeStart")->isVisible(), patience);
        QVERIFY(label("probeFound").contains(QStringLiteral("Prometheus client libraries")));
        QVERIFY(label("probeFound").contains(QStringLiteral("breakers")));
    }

    void startLeadsToTheLiveService()
    {
        type("probeName", QStringLiteral("checkout"));
        QTest::mouseClick(button("probeStart"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->context().navigator.place().view, QString("fleet"), patience);
        const auto isThere = [this] {
            const auto fleet = m_window->context().fleet.latest();
            return fleet
                   && std::any_of(fleet->services.begin(), fleet->services.end(), [](const FleetService& service) {
                          return service.name == QLatin1String("checkout") && service.requests.value.value_or(0) > 0;
                      });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);
        QVERIFY(QFile::exists(m_shop.path("h.yml")));
    }

    void exploreAsksTwoQueriesOfIt()
    {
        m_window->context().navigator.go({.view = QStringLiteral("explore"), .service = {}, .item = {}});
        QTest::mouseClick(button("addQuery"), Qt::LeftButton);
        auto* first = editor("queryA");
        auto* second = editor("queryB");
        QVERIFY(first && second);
        QTest::keyClicks(first, QStringLiteral("up"));
        QTest::keyClicks(second, QStringLiteral("sum(rate(http_requests_total[1m]))"));
        QTest::keyClick(second, Qt::Key_Return, Qt::ControlModifier);
        auto* legend = m_window->findChild<QTableView*>(QStringLiteral("exploreLegend"));
        QTRY_VERIFY_WITH_TIMEOUT(legend->model()->rowCount() >= 2, patience);

        // Shift+click shows one alone, again brings the others back.
        const QPoint row = legend->visualRect(legend->model()->index(0, 2)).center();
        QTest::mouseClick(legend->viewport(), Qt::LeftButton, Qt::ShiftModifier, row);
        QTRY_VERIFY_WITH_TIMEOUT(!legend->model()->index(1, 0).data(swatchRole).isValid(), patience);
        QTest::mouseClick(legend->viewport(), Qt::LeftButton, Qt::ShiftModifier, row);
        QTRY_VERIFY_WITH_TIMEOUT(legend->model()->index(1, 0).data(swatchRole).isValid(), patience);
    }

    void whatCanFollowIsOfferedFromTheStore()
    {
        auto* first = editor("queryA");
        m_window->activateWindow();  // a dialog was open
        first->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(first->hasFocus(), patience);
        first->clear();
        QTest::keyClicks(first, QStringLiteral("http_requests_to"));
        QTRY_VERIFY_WITH_TIMEOUT(offered().value(0) == "http_requests_total", patience);
        QTest::keyClick(offers(), Qt::Key_Return);
        QCOMPARE(first->toPlainText(), QString("http_requests_total"));
        QTest::keyClicks(first, QStringLiteral("{jo"));
        QTRY_VERIFY_WITH_TIMEOUT(offered().contains("job"), patience);
        QTest::keyClick(offers(), Qt::Key_Return);
        // The label's quotes come with it, and between them its values.
        QCOMPARE(first->toPlainText(), QString("http_requests_total{job=\"\""));
        QTRY_VERIFY_WITH_TIMEOUT(offered().value(0) == "checkout", patience);
        QTest::keyClick(offers(), Qt::Key_Return);
        QCOMPARE(first->toPlainText(), QString("http_requests_total{job=\"checkout\""));
    }

    void aMistakeIsSaidWhereItIs()
    {
        auto* first = editor("queryA");
        first->clear();
        QTest::keyClicks(first, QStringLiteral("rate(up)"));
        QTest::keyClick(first, Qt::Key_Return, Qt::ControlModifier);
        auto* problem =
            m_window->findChild<QWidget*>(QStringLiteral("queryA"))->findChild<QLabel*>(QStringLiteral("problem"));
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), patience);
        QVERIFY(problem->text().contains(QStringLiteral("needs a range")));
    }

    void aPastedPrometheusLinkBecomesItsQueries()
    {
        QApplication::clipboard()->setText(
            QStringLiteral("http://p:9090/graph?g0.expr=up&g0.tab=0&g0.range_input=15m&g1.expr=sum(up)"));
        editor("queryA")->paste();
        QTRY_COMPARE_WITH_TIMEOUT(editor("queryA")->toPlainText(), QString("up"), patience);
        QCOMPARE(editor("queryB")->toPlainText(), QString("sum(up)"));
        QCOMPARE(m_window->context().time.spanMs(), std::int64_t{900'000});
    }

private:
    [[nodiscard]] QString portsFile() const { return m_shop.path("ports.json"); }
    /// Of the first instance of a service.
    [[nodiscard]] int portOf(const char* service) const
    {
        QFile file(portsFile());
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String(service)).toArray().at(0).toInt();
    }
    [[nodiscard]] QLineEdit* field(const char* name) const
    {
        return m_window->findChild<QLineEdit*>(QLatin1String(name));
    }
    [[nodiscard]] QAbstractButton* button(const char* name) const
    {
        return m_window->findChild<QAbstractButton*>(QLatin1String(name));
    }
    [[nodiscard]] QString label(const char* name) const
    {
        return m_window->findChild<QLabel*>(QLatin1String(name))->text();
    }
    [[nodiscard]] QPlainTextEdit* editor(const char* row) const
    {
        auto* widget = m_window->findChild<QWidget*>(QLatin1String(row));
        return widget ? widget->findChild<QPlainTextEdit*>() : nullptr;
    }
    /// The list of completions; null while none is shown.
    [[nodiscard]] static QAbstractItemView* offers()
    {
        for (QWidget* each : QApplication::topLevelWidgets()) {
            if (each->objectName() == QLatin1String("completions") && each->isVisible())
                return qobject_cast<QAbstractItemView*>(each);
        }
        return nullptr;
    }
    [[nodiscard]] static QStringList offered()
    {
        QStringList words;
        const QAbstractItemView* list = offers();
        for (int row = 0; list && row < list->model()->rowCount(); ++row)
            words << list->model()->index(row, 0).data().toString();
        return words;
    }
    void type(const char* name, const QString& text) const
    {
        QLineEdit* line = field(name);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }

    holdfast::test::RealShop m_shop;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestFirstRun)
#include "tst_first_run.moc"
