#include "widgets/theme/line_text.h"

#include <QFont>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPaintEngine>
#include <QPainter>
#include <QRawFont>

#include <algorithm>
#include <cmath>
#include <optional>

namespace holdfast::widgets {

namespace {

struct Glyphs {
    QRawFont font;
    QList<quint32> indexes;
    QList<QPointF> places;
    double width = 0;
};

/// One glyph a letter, written from left to right: Latin, Greek and Cyrillic without combining marks, and the signs
/// from dashes to mathematics without the marks that steer the direction.
bool isPlain(QChar letter)
{
    const char16_t c = letter.unicode();
    if (c < 0x20 || c == 0xAD)
        return false;
    if (c < 0x0300 || (c >= 0x0370 && c < 0x0483))
        return true;
    return c >= 0x2010 && c < 0x2600 && !(c >= 0x2028 && c <= 0x202E) && !(c >= 0x2060 && c <= 0x206F);
}

/// Nothing where the text needs more than this.
std::optional<Glyphs> glyphsOf(const QFont& font, const QString& text)
{
    if (!std::all_of(text.begin(), text.end(), isPlain))
        return std::nullopt;
    Glyphs glyphs{QRawFont::fromFont(font), {}, {}, 0};
    if (!glyphs.font.isValid())
        return std::nullopt;
    glyphs.indexes = glyphs.font.glyphIndexesForString(text);
    if (glyphs.indexes.contains(0) || glyphs.indexes.size() != text.size())
        return std::nullopt;
    const QList<QPointF> advances = glyphs.font.advancesForGlyphIndexes(glyphs.indexes, QRawFont::KernedAdvances);
    glyphs.places.reserve(advances.size());
    for (const QPointF& advance : advances) {
        glyphs.places.append(QPointF(glyphs.width, 0));
        glyphs.width += advance.x();
    }
    return glyphs;
}

void drawGlyphs(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const Glyphs& glyphs)
{
    double x = box.left();
    if (alignment.testFlag(Qt::AlignRight))
        x = box.right() - glyphs.width;
    else if (alignment.testFlag(Qt::AlignHCenter))
        x = box.left() + (box.width() - glyphs.width) / 2;
    const QFontMetricsF metrics(painter.font());
    double y = box.top();
    if (alignment.testFlag(Qt::AlignBottom))
        y = box.bottom() - metrics.height();
    else if (alignment.testFlag(Qt::AlignVCenter))
        y = box.top() + (box.height() - metrics.height()) / 2;
    QGlyphRun run;
    run.setRawFont(glyphs.font);
    run.setGlyphIndexes(glyphs.indexes);
    run.setPositions(glyphs.places);
    painter.drawGlyphRun(QPointF(x, y + metrics.ascent()), run);
}

/// Only pixels are drawn from glyphs: a file of vectors keeps its words as words.
bool paintsPixels(const QPainter& painter)
{
    return painter.paintEngine() != nullptr && painter.paintEngine()->type() == QPaintEngine::Raster;
}

}  // namespace

double textWidth(const QFont& font, const QString& text)
{
    const auto glyphs = glyphsOf(font, text);
    return glyphs ? glyphs->width : QFontMetricsF(font).horizontalAdvance(text);
}

void drawLine(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text)
{
    if (text.isEmpty())
        return;
    const auto glyphs = paintsPixels(painter) ? glyphsOf(painter.font(), text) : std::nullopt;
    if (glyphs)
        drawGlyphs(painter, box, alignment, *glyphs);
    else
        painter.drawText(box, static_cast<int>(alignment | Qt::AlignAbsolute) | Qt::TextSingleLine | Qt::TextDontClip,
                         text);
}

void drawFitted(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text)
{
    if (text.isEmpty())
        return;
    const auto glyphs = paintsPixels(painter) ? glyphsOf(painter.font(), text) : std::nullopt;
    if (glyphs && glyphs->width <= box.width())
        drawGlyphs(painter, box, alignment, *glyphs);
    else
        drawLine(painter, box, alignment, QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, box.width()));
}

}  // namespace holdfast::widgets
