#pragma once

#include "widgets/map/blast_radius.h"

#include <QWidget>

namespace holdfast::widgets {

class Theme;

/// The part of the map that an action reaches, small: who calls, the edge that will be refused, what lies behind it.
/// A click asks for the whole map. Thread: gui.
class BlastSketch : public QWidget {
    Q_OBJECT

public:
    BlastSketch(Theme& theme, QWidget* parent);

    /// refuses  the edge will be cut; else it is only shown
    void setEdge(const Fleet& fleet, const QString& service, const QString& callee, bool refuses);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void mapRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    struct Box {
        QString name;
        int column = 0;
        Severity severity = Severity::Normal;
        QString note;  ///< "≤ 38 %"
    };
    void add(const Fleet& fleet, const QString& name, int column, const QString& note = {});
    [[nodiscard]] std::vector<QRectF> places() const;

    Theme& m_theme;
    std::vector<Box> m_boxes;
    bool m_refuses = false;
    bool m_more = false;  ///< there are more callers or callees than are drawn
};

}  // namespace holdfast::widgets
