#pragma once

#include "widgets/charts/state_data.h"
#include "widgets/charts/time_pane.h"

#include <QImage>

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
    /// Columns [left, right) of the plot, px, filled throughout the lane or, while all is normal, with a line.
    struct Block {
        int left = 0;
        int right = 0;
        bool line = false;
        QRgb colour = 0;
    };
    struct Badge {
        QRectF box;
        const StateSpan* span = nullptr;
    };
    /// What a lane looks like: a span without room for words is a block, the others are badges.
    struct Look {
        std::vector<Block> blocks;
        std::vector<Badge> badges;
    };
    /// What the kept picture was made for.
    struct PictureOf {
        QSize size;
        double pixelRatio = 0;
        std::int64_t startMs = 0;
        std::int64_t endMs = 0;
        int zoneMs = 0;

        friend bool operator==(const PictureOf&, const PictureOf&) = default;
    };
    [[nodiscard]] QRectF laneRect(const QRectF& plot, std::size_t row) const;
    /// `ratio`: pixels of the picture per px of the plot.
    [[nodiscard]] Look lookOf(const Row& row, const QRectF& lane, const TimeScale& times, double ratio) const;
    void paintRow(QPainter& painter, const Row& row, const Look& look, const QRectF& lane) const;
    void makePicture(const QRectF& plot);
    void paintSpan(QPainter& painter, const QRectF& box, const StateSpan& span, bool flag) const;
    [[nodiscard]] QString cursorText(const Row& row) const;

    std::vector<Row> m_rows;
    QImage m_picture;  ///< of the plot without marks and crosshair; null when it has to be made anew
    PictureOf m_pictureOf;
};

/// "OPEN 2/3", "FORCED OPEN 3/3", "ON" for a badge; empty when there is nothing to say.
[[nodiscard]] QString stateText(const StateSpan& span, bool flag);

}  // namespace holdfast::widgets
