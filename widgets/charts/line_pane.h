#pragma once

#include "widgets/charts/lane_data.h"
#include "widgets/charts/layer_maker.h"
#include "widgets/charts/time_pane.h"

#include <memory>

namespace holdfast::widgets {

class LinePlot;

/// A lane of lines: the one chart class of the window. Give it data; it decimates and rasterises on the worker and
/// keeps the old picture, and the old numbers, until the new one is there. Thread: gui.
class LinePane : public TimePane {
    Q_OBJECT

public:
    LinePane(const ChartContext& context, const QString& title, QWidget* parent);

    void setData(LaneData lane);
    /// Words in place of a chart: what is missing and why.
    void setMissing(const QString& words);
    /// More to say under the numbers: "n 140 – shaky", "split by instance".
    void setNote(const QString& note);
    /// A picture of data has been painted.
    [[nodiscard]] bool painted() const { return m_painted; }
    [[nodiscard]] const LaneData& data() const { return *m_data; }
    [[nodiscard]] const QString& title() const { return m_title; }

    [[nodiscard]] std::optional<double> spokenNumber() const override;
    [[nodiscard]] QString spokenText() const override;
    [[nodiscard]] std::int64_t stepMs() const override;

protected:
    void paintPlot(QPainter& painter, const QRectF& plot) override;
    void paintHeader(QPainter& painter, const QRect& header) override;
    [[nodiscard]] QRect cursorHeader() const override;
    [[nodiscard]] QString effectText() const override;
    void overlayMoved(const QRect& dirty) override;
    bool spanMoved() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Row {
        QString text;
        bool bad = false;
        bool strong = false;
    };
    void rasterise();
    void take(const LaneLayer& layer);
    [[nodiscard]] std::vector<Row> rows() const;
    void addCursorRows(std::vector<Row>& rows) const;
    void addPinRows(std::vector<Row>& rows) const;
    void addSelectionRows(std::vector<Row>& rows) const;
    void paintNarrowHeader(QPainter& painter, const QRect& header, const Row& row) const;
    [[nodiscard]] double shownValue(const LaneLine& line) const;
    [[nodiscard]] bool violates(double value) const;
    [[nodiscard]] QString number(double value) const;
    [[nodiscard]] QString description() const;
    [[nodiscard]] std::optional<std::int64_t> ageMs() const;

    const QString m_title;
    QString m_missing;
    QString m_note;
    std::shared_ptr<const LaneData> m_data;    // what the picture shows
    std::shared_ptr<const LaneData> m_newest;  // what the next one will show
    LinePlot* m_plot;
    LayerMaker m_maker;
    bool m_painted = false;
};

}  // namespace holdfast::widgets
