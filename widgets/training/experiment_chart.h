#pragma once

#include "widgets/training/experiment_results.h"

#include <QWidget>

#include <optional>

namespace holdfast::widgets {

class Theme;

/// An experiment's picture in the window. Thread: gui.
class ExperimentChart : public QWidget {
    Q_OBJECT

public:
    ExperimentChart(const Theme& theme, QWidget* parent);
    void setRecord(std::optional<ExperimentRecord> record);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    std::optional<ExperimentRecord> m_record;
};

}  // namespace holdfast::widgets
