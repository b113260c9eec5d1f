#include "widgets/table/row_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using holdfast::widgets::RowModel;
namespace RowRole = holdfast::widgets::RowRole;

namespace {

struct Entry {
    QString id;
    int value;
};

RowModel<Entry>::Column valueColumn()
{
    return {"Value", [](const Entry& e, int role) { return role == Qt::DisplayRole ? QVariant(e.value) : QVariant(); }};
}

QString keyOf(const Entry& entry)
{
    return entry.id;
}

}  // namespace

class TestRowModel : public QObject {
    Q_OBJECT

private slots:
    void newValuesOfKnownRowsAreNoReset()
    {
        RowModel<Entry> model({valueColumn()}, keyOf, nullptr);
        const QAbstractItemModelTester tester(&model);
        model.setRows({{"a", 1}, {"b", 2}});
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setRows({{"a", 5}, {"b", 2}});
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(model.index(0, 0).data().toInt(), 5);
    }

    void anotherOrderIsAReset()
    {
        RowModel<Entry> model({valueColumn()}, keyOf, nullptr);
        const QAbstractItemModelTester tester(&model);
        model.setRows({{"a", 1}, {"b", 2}});
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setRows({{"b", 2}, {"a", 1}});
        QCOMPARE(resets.count(), 1);
        QCOMPARE(model.rowOf("a"), 1);
        QCOMPARE(model.rowOf("gone"), -1);
    }

    void whatIsCutOffStandsInTheTooltip()
    {
        RowModel<Entry> model({valueColumn()}, keyOf, nullptr);
        model.setRows({{"a", 42}});
        QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toInt(), 42);
        QCOMPARE(model.index(0, 0).data(RowRole::key).toString(), QString("a"));
    }
};

QTEST_GUILESS_MAIN(TestRowModel)
#include "tst_row_model.moc"
