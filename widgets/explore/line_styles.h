#pragma once

#include "widgets/theme/tokens.h"

#include <QColor>
#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

class QPainter;
class QRectF;

namespace holdfast::widgets {

/// How a line of Explore is told from the others: a colour and a dash pattern, so that no two are told apart by colour
/// alone once the colours are used up.
struct LineStyle {
    int colour = 0;  ///< index into lineColours()
    int dash = 0;    ///< 0 solid, 1 dashed, 2 dotted, 3 dash-dot
    friend bool operator==(const LineStyle&, const LineStyle&) = default;
};

inline constexpr int lineColourCount = 8;
inline constexpr int lineDashCount = 4;

/// The eight colours of Okabe and Ito, with the darker ones that a light ground needs; each stands at least 3:1 against
/// the plot. Source: Okabe and Ito, Color Universal Design (2008).
[[nodiscard]] const QColor& lineColour(int index, ThemeKind kind);
/// Dash lengths in pen widths, as QPen takes them; empty for a solid line.
[[nodiscard]] std::vector<double> lineDash(int dash);
/// "solid", "dashed", …
[[nodiscard]] QString dashWord(int dash);
/// A short piece of the line, for legends.
void drawSwatch(QPainter& painter, const QRectF& box, const LineStyle& style, ThemeKind kind);

/// Gives every series a style and keeps it: a line must not change its colour because another one grew past it.
/// A series that is gone gives its style back. Thread: gui.
class StyleBook {
public:
    /// The styles of `keys`, in their order.
    [[nodiscard]] std::vector<LineStyle> stylesFor(const QStringList& keys);

private:
    QHash<QString, int> m_taken;
};

}  // namespace holdfast::widgets
