#pragma once

#include <QColor>

namespace holdfast::widgets {

enum class ThemeKind { Dark, Light };

/// Every colour of the window, by meaning. Grey is normal; a hue means abnormal; light blue means that a person holds
/// something. Contrast and colour-blind separation are checked by a test. Value; immutable once made.
struct Tokens {
    ThemeKind kind = ThemeKind::Dark;
    QColor window;
    QColor surface;
    QColor raised;
    QColor plot;
    QColor text;
    QColor textSecondary;
    QColor textTertiary;  ///< from 11 px on
    QColor border;
    QColor grid;  ///< decorative
    QColor lineMain;
    QColor lineSecond;
    QColor lineThird;
    QColor critical;
    QColor warning;      ///< graphics; on light, text beside it stays primary
    QColor warningFill;  ///< behind badgeOnWarning
    QColor unknown;
    QColor held;  ///< override: a person holds this
    QColor criticalTint;
    QColor warningTint;
    QColor unknownTint;
    QColor heldTint;
    QColor badgeText;
    QColor badgeOnWarning;
    QColor focus;
    QColor heatLow;
    QColor heatHigh;
    QColor heatOverLow;
    QColor heatOverHigh;
};

[[nodiscard]] Tokens darkTokens();
[[nodiscard]] Tokens lightTokens();

/// Contrast of two opaque colours, 1…21. Source: WCAG 2.1, relative luminance and contrast ratio.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);

}  // namespace holdfast::widgets
