#include "widgets/table/row_model.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/theme.h"

#include <QSignalSpy>
#include <QTest>

using namespace holdfast::widgets;

namespace {

struct Entry {
    QString id;
    QStringList buttons;
};

using EntryModel = RowModel<Entry>;

EntryModel* makeModel(QObject* parent)
{
    const auto nothing = [](const Entry&, int) { return QVariant(); };
    const auto name = [](const Entry& e, int role) { return role == Qt::DisplayRole ? QVariant(e.id) : QVariant(); };
    const auto buttons = [](const Entry& e, int role) {
        return role == RowRole::buttons ? QVariant(e.buttons) : QVariant();
    };
    return new EntryModel(
        {{QString(), nothing}, {"Name", name}, {"Action", buttons}}, [](const Entry& e) { return e.id; }, parent);
}

}  // namespace

class TestRowTable : public QObject {
    Q_OBJECT

private slots:
    void theSelectedRowStaysSelectedWhereverItMoves()
    {
        Theme theme(ThemeKind::Dark);
        RowTable table(theme, "rows", nullptr);
        EntryModel* model = makeModel(&table);
        table.setModel(model);
        model->setRows({{"a", {}}, {"b", {}}});
        table.moveSelection(0);
        table.moveSelection(1);
        QCOMPARE(table.selectedKey(), QString("b"));
        model->setRows({{"b", {}}, {"c", {}}, {"a", {}}});
        QCOMPARE(table.selectedKey(), QString("b"));
        QCOMPARE(table.currentIndex().row(), 0);
    }

    void aClickOnAButtonNamesIt()
    {
        Theme theme(ThemeKind::Dark);
        RowTable table(theme, "rows", nullptr);
        EntryModel* model = makeModel(&table);
        table.setModel(model);
        table.resize(800, 200);
        model->setRows({{"a", {"One", "Two"}}});
        table.setStretchColumn(1);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        QSignalSpy clicks(&table, &RowTable::buttonClicked);
        const QRect cell = table.visualRect(model->index(0, 2));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 16, cell.center().y()));
        QCOMPARE(clicks.count(), 1);
        QCOMPARE(clicks.first().at(1).toInt(), 0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, QPoint(cell.right() - 24, cell.center().y()));
        QCOMPARE(clicks.count(), 2);
        QCOMPARE(clicks.last().at(1).toInt(), 1);
    }

    void aClickBesideTheButtonsDoesNothing()
    {
        Theme theme(ThemeKind::Dark);
        RowTable table(theme, "rows", nullptr);
        EntryModel* model = makeModel(&table);
        table.setModel(model);
        table.resize(800, 200);
        model->setRows({{"a", {"One"}}});
        table.setStretchColumn(1);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        const QSignalSpy clicks(&table, &RowTable::buttonClicked);
        const QRect name = table.visualRect(model->index(0, 1));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, name.center());
        QCOMPARE(clicks.count(), 0);
    }
};

QTEST_MAIN(TestRowTable)
#include "tst_row_table.moc"
