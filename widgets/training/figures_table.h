#pragma once

#include <QWidget>

class QGridLayout;

namespace holdfast::widgets {

class Theme;
struct ExperimentRecord;

/// The figures of an experiment, a row a figure, a column a run. Thread: gui.
class FiguresTable : public QWidget {
    Q_OBJECT

public:
    FiguresTable(const Theme& theme, QWidget* parent);
    void setRecord(const ExperimentRecord& record);

private:
    void addRow(const QString& name, const QStringList& values);

    const Theme& m_theme;
    QGridLayout* m_grid;
};

}  // namespace holdfast::widgets
