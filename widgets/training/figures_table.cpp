#include "widgets/training/figures_table.h"

#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/training/experiment_painter.h"
#include "widgets/training/experiment_results.h"

#include <QGridLayout>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

QString extraText(const ExperimentRun& run, const QString& name)
{
    const auto found = std::ranges::find(run.more, name, &ExperimentRun::Extra::name);
    if (found == run.more.end())
        return QStringLiteral("–");
    if (!std::isfinite(found->value))
        return FiguresTable::tr("never");
    const QString number = QString::number(found->value, 'g', 3);
    return found->unit.isEmpty() ? number : number + QLatin1Char(' ') + found->unit;
}

QStringList extraNames(const ExperimentRecord& record)
{
    QStringList out;
    for (const ExperimentRun& run : record.runs)
        for (const auto& extra : run.more)
            if (!out.contains(extra.name))
                out << extra.name;
    return out;
}

QString upperFirst(const QString& text)
{
    return text.left(1).toUpper() + text.mid(1);
}

}  // namespace

FiguresTable::FiguresTable(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(28);
    m_grid->setVerticalSpacing(3);
}

void FiguresTable::setRecord(const ExperimentRecord& record)
{
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const auto row = [this, &record](const QString& name, auto value) {
        QStringList values;
        for (const ExperimentRun& run : record.runs)
            values << value(run);
        addRow(name, values);
    };
    row(QString(),
        [](const ExperimentRun& run) { return run.disturbed ? tr("%1 (disturbed)").arg(run.label) : run.label; });
    row(tr("Goodput before the fault"), [](const ExperimentRun& run) { return shareText(run.goodputBefore); });
    row(tr("while it lasts"), [](const ExperimentRun& run) { return shareText(run.goodputDuring); });
    row(tr("after it"), [](const ExperimentRun& run) { return shareText(run.goodputAfter); });
    row(tr("Recovered after its end"), [](const ExperimentRun& run) { return recoveryText(run); });
    row(tr("Errors from the fault on"), [](const ExperimentRun& run) { return shareText(run.errors); });
    row(tr("p99 from the fault on"), [](const ExperimentRun& run) { return millisecondsText(run.p99Ms); });
    row(tr("Longest queue"), [](const ExperimentRun& run) { return QString::number(run.peakQueue); });
    for (const QString& name : extraNames(record))
        row(upperFirst(name), [&name](const ExperimentRun& run) { return extraText(run, name); });
}

void FiguresTable::addRow(const QString& name, const QStringList& values)
{
    const int row = m_grid->rowCount();
    m_grid->addWidget(new RoleLabel(m_theme, TextRole::Secondary, name, this), row, 0);
    for (int i = 0; i < values.size(); ++i) {
        auto* label = new RoleLabel(m_theme, name.isEmpty() ? TextRole::Strong : TextRole::Body, values[i], this);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_grid->addWidget(label, row, i + 1);
    }
    m_grid->setColumnStretch(static_cast<int>(values.size()) + 1, 1);
}

}  // namespace holdfast::widgets
