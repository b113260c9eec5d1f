#include "widgets/explore/line_styles.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPen>
#include <QSet>

#include <array>

namespace holdfast::widgets {

namespace {

// Vermillion and yellow come last: on the other pages they mean critical and warning.
const std::array<QColor, lineColourCount> dark{QColor(0x56B4E9), QColor(0xE69F00), QColor(0x009E73), QColor(0xCC79A7),
                                               QColor(0xD5DAE0), QColor(0x3D8FD1), QColor(0xF0E442), QColor(0xD55E00)};
const std::array<QColor, lineColourCount> light{QColor(0x1F7FB8), QColor(0xA66F00), QColor(0x00805D), QColor(0xA84F80),
                                                QColor(0x23282E), QColor(0x00558A), QColor(0x7D7400), QColor(0xB84E00)};

}  // namespace

const QColor& lineColour(int index, ThemeKind kind)
{
    const auto at = static_cast<std::size_t>(index % lineColourCount);
    return kind == ThemeKind::Dark ? dark[at] : light[at];
}

std::vector<double> lineDash(int dash)
{
    switch (dash % lineDashCount) {
    case 1: return {5, 3};
    case 2: return {1.5, 2.5};
    case 3: return {6, 2.5, 1.5, 2.5};
    default: return {};
    }
}

QString dashWord(int dash)
{
    switch (dash % lineDashCount) {
    case 1: return QCoreApplication::translate("Explore", "dashed");
    case 2: return QCoreApplication::translate("Explore", "dotted");
    case 3: return QCoreApplication::translate("Explore", "dash-dot");
    default: return QCoreApplication::translate("Explore", "solid");
    }
}

void drawSwatch(QPainter& painter, const QRectF& box, const LineStyle& style, ThemeKind kind)
{
    QPen pen(lineColour(style.colour, kind), 2);
    pen.setCapStyle(Qt::FlatCap);
    const std::vector<double> dashes = lineDash(style.dash);
    if (!dashes.empty())
        pen.setDashPattern(QList<qreal>(dashes.begin(), dashes.end()));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
    painter.restore();
}

std::vector<LineStyle> StyleBook::stylesFor(const QStringList& keys)
{
    const QSet<QString> present(keys.begin(), keys.end());
    m_taken.removeIf([&](const QHash<QString, int>::iterator& entry) { return !present.contains(entry.key()); });
    QSet<int> used;
    for (const int index : std::as_const(m_taken))
        used.insert(index);
    std::vector<LineStyle> styles;
    int next = 0;
    for (const QString& key : keys) {
        auto known = m_taken.find(key);
        if (known == m_taken.end()) {
            while (used.contains(next))
                ++next;
            used.insert(next);
            known = m_taken.insert(key, next);
        }
        styles.push_back({*known % lineColourCount, *known / lineColourCount % lineDashCount});
    }
    return styles;
}

}  // namespace holdfast::widgets
