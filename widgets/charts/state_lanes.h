#pragma once

#include "widgets/charts/state_data.h"
#include "widgets/charts/time_pane.h"

namespace holdfast::widgets {

/// Breakers and flags over time, one thin row each: a grey line while all is normal, a badge with words while not.
/// Rows stay in their order. Thread: gui.
class StateLanes : public TimePane {
    Q_OBJECT

public:
    static constexpr int rowHeight = 20;  ///< at 100 % of text

    StateLanes(const ChartContext& context, QWidget* parent);

    void setRows(std::vector<StateRow> rows);
    [[nodiscard]] QString spokenText() const override;
    [[nodiscard]] int wantedHeight() const { return static_cast<int>(m_rows.size()) * px(rowHeight) + 8; }

signals:
    /// A row's name was clicked.
    void controlChosen(const QString& control);

protected:
    void paintPlot(QPainter& painter, const QRectF& plot) override;
    void paintHeader(QPainter& painter, const QRect& header) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Row {
        StateRow data;
        std::vector<StateSpan> spans;
    };
    void paintSpan(QPainter& painter, const QRectF& box, const StateSpan& span, bool flag) const;
    [[nodiscard]] QString cursorText(const Row& row) const;

    std::vector<Row> m_rows;
};

/// "OPEN 2/3", "FORCED OPEN 3/3", "ON" for a badge; empty when there is nothing to say.
[[nodiscard]] QString stateText(const StateSpan& span, bool flag);

}  // namespace holdfast::widgets
