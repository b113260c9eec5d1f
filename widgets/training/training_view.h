#pragma once

#include "widgets/training/experiment_child.h"
#include "widgets/training/experiment_results.h"
#include "widgets/training/practices.h"
#include "widgets/view.h"

#include <vector>

class QListWidget;
class QProgressBar;
class QVBoxLayout;

namespace holdfast::widgets {

class ExperimentChart;
class FiguresTable;
class FlatButton;
class RoleLabel;

/// The nine practices: what each is, what comes of a system without it (measured), where Holdfast lives by it, and a
/// button that measures it again on this computer. Shows the results recorded with the program until there are fresh
/// ones. Asks the engine nothing. Thread: gui.
class TrainingView : public View {
    Q_OBJECT

public:
    TrainingView(const ViewContext& context, QWidget* parent);
    /// program: the holdfast that runs experiments; directory: where their results are kept.
    TrainingView(const ViewContext& context, const QString& program, const QString& directory, QWidget* parent);

    void placeChanged() override;
    void moveSelection(int by) override;

private:
    void buildHead(QVBoxLayout* layout);
    void buildPage(QVBoxLayout* layout);
    void showPractice();
    void showRecord();
    void showProgress();
    void takeResult(const QString& experiment, const QString& problem);
    [[nodiscard]] const Practice& practice() const;

    const ViewContext m_context;
    const std::vector<Practice> m_practices;
    ExperimentChild m_child;
    ExperimentBook m_recorded;
    bool m_showOwn = true;  ///< where there is a result of this computer
    QString m_said;         ///< how the last run ended; of m_saidOf
    QString m_saidOf;

    QListWidget* m_list;
    RoleLabel* m_title;
    RoleLabel* m_what;
    RoleLabel* m_question;
    RoleLabel* m_setup;
    RoleLabel* m_finding;
    RoleLabel* m_origin;
    RoleLabel* m_progressText;
    RoleLabel* m_inHoldfast;
    RoleLabel* m_inWindow;
    FlatButton* m_run;
    FlatButton* m_other;
    FlatButton* m_goThere;
    QProgressBar* m_progress;
    ExperimentChart* m_chart;
    FiguresTable* m_figures;
};

}  // namespace holdfast::widgets
