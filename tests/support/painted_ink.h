#pragma once

#include <QApplication>
#include <QColor>
#include <QEvent>
#include <QFontMetricsF>
#include <QList>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QRegion>
#include <QTransform>
#include <QWidget>

#include <memory>
#include <utility>

namespace holdfast::test {

/// A text as it was drawn, whoever drew it: a label, a delegate, a chart. Rectangles are of the window, in px.
struct PaintedText {
    QString text;
    QRectF ink;     ///< what its glyphs cover
    QRectF within;  ///< what clipping leaves of the widget that drew it
    QColor colour;
    QPointer<QWidget> painter;
    bool large = false;  ///< in the sense of WCAG: from 24 px, or 18.66 px bold
    qsizetype order = 0;
};

/// A filled shape; what comes later lies above.
struct PaintedShape {
    QPainterPath outline;
    bool opaque = false;
    QPointer<QWidget> painter;
    qsizetype order = 0;
};

/// Takes down what a window draws instead of drawing it: so tests can ask about every word on it, also where no widget
/// of its own carries the word. One thread at a time: gui.
class PaintedInk final : private QObject {
public:
    explicit PaintedInk(QWidget& window) : m_window(window), m_paper(*this)
    {
        qApp->installEventFilter(this);
        QPainter painter(&m_paper);
        // As painters on a screen have it; without, all that is drawn would run from left to right.
        painter.setLayoutDirection(QGuiApplication::layoutDirection());
        window.render(&painter, QPoint(), QRegion(), QWidget::DrawWindowBackground | QWidget::DrawChildren);
        painter.end();
        qApp->removeEventFilter(this);
    }

    [[nodiscard]] const QList<PaintedText>& texts() const { return m_texts; }
    [[nodiscard]] const QList<PaintedShape>& shapes() const { return m_shapes; }

private:
    class Engine final : public QPaintEngine {
    public:
        explicit Engine(PaintedInk& ink) : QPaintEngine(QPaintEngine::AllFeatures), m_ink(ink) {}
        bool begin(QPaintDevice*) override { return true; }
        bool end() override { return true; }
        Type type() const override { return QPaintEngine::User; }
        void drawPixmap(const QRectF& at, const QPixmap&, const QRectF&) override { picture(at); }
        void drawImage(const QRectF& at, const QImage&, const QRectF&, Qt::ImageConversionFlags) override
        {
            picture(at);
        }
        void drawTiledPixmap(const QRectF&, const QPixmap&, const QPointF&) override {}
        void drawLines(const QLineF*, int) override {}
        void drawLines(const QLine*, int) override {}
        void drawPoints(const QPointF*, int) override {}
        void drawPoints(const QPoint*, int) override {}
        void drawEllipse(const QRectF& rect) override
        {
            QPainterPath path;
            path.addEllipse(rect);
            shape(path);
        }
        void drawEllipse(const QRect& rect) override { drawEllipse(QRectF(rect)); }
        void drawPath(const QPainterPath& path) override { shape(path); }
        void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override
        {
            if (mode == PolylineMode)
                return;
            QPainterPath path;
            path.addPolygon(QPolygonF(QList<QPointF>(points, points + count)));
            path.closeSubpath();
            shape(path);
        }
        void drawPolygon(const QPoint* points, int count, PolygonDrawMode mode) override
        {
            const QList<QPointF> fine(points, points + count);
            drawPolygon(fine.constData(), count, mode);
        }
        void drawRects(const QRectF* rects, int count) override
        {
            for (int i = 0; i < count; ++i) {
                QPainterPath path;
                path.addRect(rects[i]);
                shape(path);
            }
        }
        void drawRects(const QRect* rects, int count) override
        {
            for (int i = 0; i < count; ++i) {
                const QRectF fine(rects[i]);
                drawRects(&fine, 1);
            }
        }
        void drawTextItem(const QPointF& at, const QTextItem& item) override
        {
            const QRectF tight = QFontMetricsF(item.font()).tightBoundingRect(item.text()).translated(at);
            if (item.text().trimmed().isEmpty() || tight.isEmpty())
                return;
            PaintedText one;
            one.text = item.text();
            one.ink = m_transform.mapRect(tight);
            one.within = room();
            one.colour = m_pen.color();
            one.colour.setAlphaF(one.colour.alphaF() * static_cast<float>(m_opacity));
            one.painter = m_ink.m_now;
            const int height = item.font().pixelSize();
            one.large = height >= 24 || (height >= 19 && item.font().bold());
            m_ink.add(std::move(one));
        }
        void updateState(const QPaintEngineState& now) override
        {
            const DirtyFlags dirty = now.state();
            if (dirty & DirtyTransform)
                m_transform = now.transform();
            if (dirty & DirtyPen)
                m_pen = now.pen();
            if (dirty & DirtyBrush)
                m_brush = now.brush();
            if (dirty & DirtyOpacity)
                m_opacity = now.opacity();
            if (dirty & DirtyClipRegion)
                clip(now.clipOperation(), m_transform.mapRect(QRectF(now.clipRegion().boundingRect())));
            if (dirty & DirtyClipPath)
                clip(now.clipOperation(), m_transform.mapRect(now.clipPath().boundingRect()));
            if (dirty & DirtyClipEnabled)
                m_clipped = now.isClipEnabled() && m_clipped;
        }

    private:
        void clip(Qt::ClipOperation operation, const QRectF& rect)
        {
            if (operation == Qt::NoClip) {
                m_clipped = false;
                return;
            }
            m_clip = operation == Qt::IntersectClip && m_clipped ? m_clip & rect : rect;
            m_clipped = true;
        }
        [[nodiscard]] QRectF room() const
        {
            const QRectF widget = m_ink.widgetRoom();
            return m_clipped ? widget & m_clip : widget;
        }
        /// An icon, or the lines of a chart: what is seen between its strokes is not known.
        void picture(const QRectF& at)
        {
            QPainterPath path;
            path.addRect(at);
            add(path, false);
        }
        void shape(const QPainterPath& path)
        {
            if (m_brush.style() == Qt::NoBrush || m_brush.color().alpha() == 0)
                return;
            if (m_ink.m_now && !m_ink.m_now->mask().isEmpty())
                return;  // what it fills is not what is seen of it
            add(path, m_brush.style() == Qt::SolidPattern && m_brush.color().alpha() == 255 && m_opacity >= 1);
        }
        void add(const QPainterPath& path, bool opaque)
        {
            PaintedShape one;
            one.outline = m_transform.map(path);
            const QRectF left = one.outline.boundingRect() & room();
            if (left.isEmpty())
                return;
            if (left != one.outline.boundingRect()) {
                QPainterPath cut;
                cut.addRect(left);
                one.outline = one.outline.intersected(cut);
            }
            one.opaque = opaque;
            one.painter = m_ink.m_now;
            m_ink.add(std::move(one));
        }

        PaintedInk& m_ink;
        QTransform m_transform;
        QPen m_pen;
        QBrush m_brush;
        double m_opacity = 1;
        QRectF m_clip;
        bool m_clipped = false;
    };

    class Paper final : public QPaintDevice {
    public:
        explicit Paper(PaintedInk& ink) : m_ink(ink), m_engine(ink) {}
        QPaintEngine* paintEngine() const override { return &m_engine; }
        int metric(PaintDeviceMetric metric) const override
        {
            switch (metric) {
            case PdmWidth: return m_ink.m_window.width();
            case PdmHeight: return m_ink.m_window.height();
            case PdmWidthMM: return m_ink.m_window.widthMM();
            case PdmHeightMM: return m_ink.m_window.heightMM();
            case PdmNumColors: return 0;
            case PdmDepth: return 32;
            case PdmDpiX:
            case PdmPhysicalDpiX: return m_ink.m_window.logicalDpiX();
            case PdmDpiY:
            case PdmPhysicalDpiY: return m_ink.m_window.logicalDpiY();
            case PdmDevicePixelRatio: return 1;
            case PdmDevicePixelRatioScaled: return static_cast<int>(devicePixelRatioFScale());
            }
            return 0;
        }

    private:
        PaintedInk& m_ink;
        mutable Engine m_engine;
    };

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && watched->isWidgetType())
            m_now = static_cast<QWidget*>(watched);
        return false;
    }
    /// The part of the painting widget that none of its parents cuts off.
    [[nodiscard]] QRectF widgetRoom() const
    {
        if (!m_now || m_now->window() != &m_window)
            return QRectF(m_window.rect());
        QRect room = m_now->rect();
        QPoint shift;
        for (const QWidget* at = m_now; at != &m_window; at = at->parentWidget()) {
            room.translate(at->pos());
            shift += at->pos();
            room &= at->parentWidget()->rect();
        }
        return QRectF(room);
    }
    void add(PaintedText text)
    {
        text.order = m_order++;
        m_texts << std::move(text);
    }
    void add(PaintedShape shape)
    {
        shape.order = m_order++;
        m_shapes << std::move(shape);
    }

    QWidget& m_window;
    QPointer<QWidget> m_now;
    QList<PaintedText> m_texts;
    QList<PaintedShape> m_shapes;
    qsizetype m_order = 0;
    Paper m_paper;
};

}  // namespace holdfast::test
