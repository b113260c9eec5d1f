#pragma once

#include "tests/support/painted_ink.h"

#include <QAbstractScrollArea>
#include <QHash>
#include <QHeaderView>
#include <QImage>
#include <QPixmap>
#include <QScrollBar>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace holdfast::test {

/// What can be said of the words on a window, whoever drew them: each one readable, whole and alone in its place. Each
/// function returns one sentence per fault.
class InkFacts {
public:
    InkFacts(QWidget& window, const QImage& picture) : m_window(window), m_picture(picture), m_ink(window)
    {
        for (const PaintedText& text : m_ink.texts()) {
            if (text.painter && text.painter->window() == &window && !seen(text).isEmpty() && !hidden(text))
                m_texts << text;
        }
    }

    [[nodiscard]] QStringList faults() const
    {
        return cutTexts() + collidingTexts() + coveredTexts() + textsOverShapes() + paleTexts();
    }

    /// Cut off where nobody can scroll to the rest.
    [[nodiscard]] QStringList cutTexts() const
    {
        QStringList out;
        for (const PaintedText& text : m_texts) {
            const QRectF left = seen(text);
            const bool wide = text.ink.width() - left.width() > slack && !scrolls(text, Qt::Horizontal);
            const bool high = text.ink.height() - left.height() > slack && !scrolls(text, Qt::Vertical);
            if (wide || high)
                out << QStringLiteral("%1 is cut: %2×%3 of its %4×%5 px are seen")
                           .arg(name(text), px(left.width()), px(left.height()), px(text.ink.width()),
                                px(text.ink.height()));
        }
        return out;
    }

    [[nodiscard]] QStringList collidingTexts() const
    {
        QStringList out;
        for (qsizetype i = 0; i < m_texts.size(); ++i) {
            for (qsizetype k = i + 1; k < m_texts.size(); ++k) {
                const QRectF both = seen(m_texts[i]) & seen(m_texts[k]);
                if (both.width() > slack && both.height() > slack)
                    out << QStringLiteral("%1 is written over %2").arg(name(m_texts[k]), name(m_texts[i]));
            }
        }
        return out;
    }

    /// Something opaque was drawn over a part of the text later.
    [[nodiscard]] QStringList coveredTexts() const
    {
        QStringList out;
        for (const PaintedText& text : m_texts) {
            const auto covers = [&](const PaintedShape& shape) {
                return shape.order > text.order && shape.opaque && thick(shape) && meets(shape, text);
            };
            const auto& shapes = m_ink.shapes();
            if (const auto found = std::find_if(shapes.begin(), shapes.end(), covers); found != shapes.end())
                out << QStringLiteral("%1 is half covered by %2").arg(name(text), name(*found));
        }
        return out;
    }

    /// A sign that lies half below a text: neither can be read.
    [[nodiscard]] QStringList textsOverShapes() const
    {
        QStringList out;
        for (const PaintedText& text : m_texts) {
            const auto lies = [&](const PaintedShape& shape) {
                const QSizeF size = shape.outline.boundingRect().size();
                return shape.order < text.order && thick(shape) && std::max(size.width(), size.height()) <= signSize
                       && meets(shape, text) && !hiddenBefore(shape, text.order);
            };
            const auto& shapes = m_ink.shapes();
            if (const auto found = std::find_if(shapes.begin(), shapes.end(), lies); found != shapes.end())
                out << QStringLiteral("%1 is written over a sign of %2").arg(name(text), name(*found));
        }
        return out;
    }

    /// Less than 4.5:1, or 3:1 where it is large, on the ground that was really painted.
    [[nodiscard]] QStringList paleTexts() const
    {
        QStringList out;
        for (const PaintedText& text : m_texts) {
            if (!text.painter->isEnabled())
                continue;
            const QColor below = ground(text);
            const double ratio = contrast(over(text.colour, below), below);
            if (ratio < (text.large ? 3.0 : 4.5))
                out << QStringLiteral("%1 has contrast %2 only").arg(name(text)).arg(ratio, 0, 'f', 1);
        }
        return out;
    }

    /// Source: WCAG 2.1, relative luminance and contrast ratio.
    [[nodiscard]] static double contrast(const QColor& a, const QColor& b)
    {
        const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        const auto luminance = [&](const QColor& c) {
            return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
        };
        const double one = luminance(a) + 0.05;
        const double two = luminance(b) + 0.05;
        return std::max(one, two) / std::min(one, two);
    }

private:
    static constexpr double slack = 2;      // px that antialiasing and hinting may take
    static constexpr double signSize = 40;  // px; larger shapes are grounds

    [[nodiscard]] static QRectF seen(const PaintedText& text) { return text.ink & text.within; }
    [[nodiscard]] static QString px(double value) { return QString::number(std::lround(value)); }

    [[nodiscard]] static QString name(const QPointer<QWidget>& painter)
    {
        if (!painter)
            return {};
        QString kind = QString::fromLatin1(painter->metaObject()->className());
        kind = kind.mid(kind.lastIndexOf(QLatin1Char(':')) + 1);
        if (painter->objectName().isEmpty() && painter->parentWidget())
            return kind + QStringLiteral(" in ")
                   + QString::fromLatin1(painter->parentWidget()->metaObject()->className());
        return kind + QLatin1Char(' ') + painter->objectName();
    }
    [[nodiscard]] static QString name(const PaintedText& text)
    {
        return QStringLiteral("“%1” (%2 at %3,%4)")
            .arg(text.text.left(40), name(text.painter), px(text.ink.left()), px(text.ink.top()));
    }
    [[nodiscard]] static QString name(const PaintedShape& shape)
    {
        const QRectF box = shape.outline.boundingRect();
        return QStringLiteral("%1, %2×%3 px").arg(name(shape.painter), px(box.width()), px(box.height()));
    }

    [[nodiscard]] static bool contains(const PaintedShape& shape, const QRectF& rect)
    {
        return shape.outline.boundingRect().adjusted(-1, -1, 1, 1).contains(rect)
               && (shape.outline.elementCount() <= 5 || shape.outline.contains(rect.center()));
    }
    [[nodiscard]] bool hidden(const PaintedText& text) const
    {
        return std::any_of(m_ink.shapes().begin(), m_ink.shapes().end(), [&](const PaintedShape& shape) {
            return shape.order > text.order && shape.opaque && contains(shape, seen(text));
        });
    }
    [[nodiscard]] bool hiddenBefore(const PaintedShape& below, qsizetype order) const
    {
        return std::any_of(m_ink.shapes().begin(), m_ink.shapes().end(), [&](const PaintedShape& shape) {
            return shape.order > below.order && shape.order < order && shape.opaque
                   && contains(shape, below.outline.boundingRect());
        });
    }
    /// Lines are no grounds and cover nothing.
    [[nodiscard]] static bool thick(const PaintedShape& shape)
    {
        const QSizeF size = shape.outline.boundingRect().size();
        return std::min(size.width(), size.height()) > 3;
    }
    [[nodiscard]] static bool meets(const PaintedShape& shape, const PaintedText& text)
    {
        const QRectF ink = seen(text).adjusted(slack, slack, -slack, -slack);
        return ink.isValid() && shape.outline.boundingRect().intersects(ink) && !contains(shape, seen(text))
               && shape.outline.intersects(ink);
    }

    /// The rest lies beyond the edge of a view that can be scrolled that way.
    [[nodiscard]] bool scrolls(const PaintedText& text, Qt::Orientation way) const
    {
        for (QWidget* at = text.painter; at && at != &m_window; at = at->parentWidget()) {
            const auto* area = qobject_cast<const QAbstractScrollArea*>(at->parentWidget());
            if (!area || area->viewport() != at)
                continue;
            // The heads of a table move with it.
            if (const auto* head = qobject_cast<const QHeaderView*>(area))
                area = qobject_cast<const QAbstractScrollArea*>(head->parentWidget());
            if (!area)
                continue;
            const QRectF view(QRect(at->mapTo(&m_window, QPoint()), at->size()));
            const QScrollBar* bar = way == Qt::Horizontal ? area->horizontalScrollBar() : area->verticalScrollBar();
            const bool beyond = way == Qt::Horizontal
                                    ? text.ink.left() < view.left() || text.ink.right() > view.right()
                                    : text.ink.top() < view.top() || text.ink.bottom() > view.bottom();
            if (bar->maximum() > bar->minimum() && beyond)
                return true;
        }
        return false;
    }

    [[nodiscard]] static QColor over(const QColor& ink, const QColor& below)
    {
        const float a = ink.alphaF();
        return QColor::fromRgbF(ink.redF() * a + below.redF() * (1 - a), ink.greenF() * a + below.greenF() * (1 - a),
                                ink.blueF() * a + below.blueF() * (1 - a));
    }
    /// Steps of a gradient count as one.
    [[nodiscard]] static QRgb shade(QRgb colour) { return (colour & 0xFFF8F8F8) | 0xFF040404; }
    /// The colour that is most frequent around the text besides its own; its own where there is hardly another.
    [[nodiscard]] QColor ground(const PaintedText& text) const
    {
        const QRect place = (seen(text).adjusted(-3, -3, 3, 3) & text.within).toAlignedRect() & m_picture.rect();
        struct Shade {
            QRgb one = 0;
            int count = 0;
        };
        QHash<QRgb, Shade> shades;
        const QRgb own = shade(text.colour.rgb());
        for (int y = place.top(); y <= place.bottom(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(m_picture.constScanLine(y));
            for (int x = place.left(); x <= place.right(); ++x) {
                if (shade(line[x]) == own)
                    continue;
                Shade& met = shades[shade(line[x])];
                met.one = line[x];
                ++met.count;
            }
        }
        QRgb most = text.colour.rgb();
        int often = place.width() * place.height() / 10;
        for (const Shade& met : shades) {
            if (met.count > often) {
                often = met.count;
                most = met.one;
            }
        }
        return QColor::fromRgb(most);
    }

    QWidget& m_window;
    const QImage m_picture;
    const PaintedInk m_ink;
    QList<PaintedText> m_texts;
};

}  // namespace holdfast::test
