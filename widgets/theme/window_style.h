#pragma once

#include "widgets/theme/tokens.h"

#include <QProxyStyle>

namespace holdfast::widgets {

/// Fusion, with the frames of fields and choices in the border token: Fusion derives them from the window colour, and
/// on a dark ground they cannot be seen. Thread: gui.
class WindowStyle : public QProxyStyle {
    Q_OBJECT

public:
    explicit WindowStyle(const Tokens& tokens, bool still = false, int textPercent = 100);

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;

    /// Boxes to tick and sliders are as large as the words beside them.
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* more) const override;

private:
    const Tokens m_tokens;
    const int m_textPercent;
    const bool m_still;  ///< no animations
};

}  // namespace holdfast::widgets
