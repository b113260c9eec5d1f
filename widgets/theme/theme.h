#pragma once

#include "widgets/client/severity.h"
#include "widgets/theme/tokens.h"

#include <QFont>
#include <QHash>
#include <QIcon>
#include <QObject>
#include <QString>

namespace holdfast::widgets {

/// Looks of the window: tokens, fonts and icons, switchable while it runs. Thread: gui.
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(ThemeKind kind, QObject* parent = nullptr);

    [[nodiscard]] const Tokens& tokens() const { return m_tokens; }
    [[nodiscard]] ThemeKind kind() const { return m_tokens.kind; }
    /// Sets style, palette and fonts of the whole application, and tells everybody to repaint.
    void apply(ThemeKind kind);
    /// Texts at `percent` of their usual size, and what is laid out around texts with them.
    void setTextPercent(int percent);
    /// A length that goes with the size of texts, in px.
    [[nodiscard]] int px(int at100) const { return (at100 * m_textPercent + 50) / 100; }
    /// Nothing blinks, nothing fades.
    void setReducedMotion(bool on);

    /// Fonts by their px at 100 %; digits are tabular in both families that are used.
    [[nodiscard]] QFont base() const { return font(13); }
    [[nodiscard]] QFont small() const { return font(12); }
    [[nodiscard]] QFont axis() const { return font(11); }
    [[nodiscard]] QFont strong() const { return font(13, QFont::DemiBold); }
    [[nodiscard]] QFont headline() const { return font(18, QFont::DemiBold); }
    [[nodiscard]] QFont number() const { return font(18, QFont::DemiBold); }
    [[nodiscard]] QFont font(int at100, QFont::Weight weight = QFont::Normal) const;

    [[nodiscard]] QColor colour(Severity severity) const;
    [[nodiscard]] QColor tint(Severity severity) const;
    /// resources/icons/<name>.svg drawn in `colour`.
    [[nodiscard]] QIcon icon(const QString& name, const QColor& colour) const;
    [[nodiscard]] QIcon icon(const QString& name) const;

signals:
    void changed();

private:
    Tokens m_tokens;
    QString m_family;
    int m_textPercent = 100;
    bool m_reducedMotion = false;
    mutable QHash<QString, QIcon> m_icons;  // drawing an SVG anew at each repaint costs more than the repaint
};

}  // namespace holdfast::widgets
