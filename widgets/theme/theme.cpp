#include "widgets/theme/theme.h"

#include "widgets/theme/window_style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QSvgRenderer>
#include <QToolTip>

namespace holdfast::widgets {

namespace {

/// Families with digits of equal width, so that live numbers do not jump; the first that is installed.
QString chooseFamily()
{
    const QStringList installed = QFontDatabase::families();
    for (const char* family : {"Roboto", "DejaVu Sans", "Noto Sans", "Liberation Sans"}) {
        if (installed.contains(QLatin1String(family)))
            return QLatin1String(family);
    }
    return QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
}

constexpr int usualCursorFlashMs = 1000;  // what Qt takes where the platform does not say

QPalette paletteOf(const Tokens& t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t.surface);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.plot);
    palette.setColor(QPalette::AlternateBase, t.surface);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.textTertiary);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.text);
    palette.setColor(QPalette::Highlight, t.kind == ThemeKind::Dark ? QColor(0x3A424C) : QColor(0xC4CAD0));
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Link, t.text);
    palette.setColor(QPalette::Light, t.raised.lighter(115));
    palette.setColor(QPalette::Midlight, t.raised);
    palette.setColor(QPalette::Mid, t.grid);
    palette.setColor(QPalette::Dark, t.grid);
    palette.setColor(QPalette::Shadow, t.window);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.textTertiary);
    return palette;
}

}  // namespace

Theme::Theme(ThemeKind kind, QObject* parent)
    : QObject(parent), m_tokens(kind == ThemeKind::Dark ? darkTokens() : lightTokens()), m_family(chooseFamily())
{
}

void Theme::apply(ThemeKind kind)
{
    m_tokens = kind == ThemeKind::Dark ? darkTokens() : lightTokens();
    QApplication::setStyle(new WindowStyle(m_tokens, m_reducedMotion, m_textPercent));  // the application owns it
    QApplication::setFont(base());
    const QPalette palette = paletteOf(m_tokens);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(small());
    emit changed();
}

void Theme::setTextPercent(int percent)
{
    if (percent == m_textPercent)
        return;
    m_textPercent = percent;
    apply(kind());
}

void Theme::setReducedMotion(bool on)
{
    if (on == m_reducedMotion)
        return;
    m_reducedMotion = on;
    const bool moves = !on;
    for (const Qt::UIEffect effect :
         {Qt::UI_AnimateMenu, Qt::UI_FadeMenu, Qt::UI_AnimateCombo, Qt::UI_AnimateTooltip, Qt::UI_FadeTooltip})
        QApplication::setEffectEnabled(effect, moves);
    QApplication::setCursorFlashTime(moves ? usualCursorFlashMs : 0);
    apply(kind());
}

QFont Theme::font(int at100, QFont::Weight weight) const
{
    QFont font(m_family);
    font.setPixelSize(px(at100));
    font.setWeight(weight);
    return font;
}

QColor Theme::colour(Severity severity) const
{
    switch (severity) {
    case Severity::Critical: return m_tokens.critical;
    case Severity::Warning: return m_tokens.warning;
    case Severity::Unknown: return m_tokens.unknown;
    case Severity::Normal: break;
    }
    return m_tokens.textTertiary;
}

QColor Theme::tint(Severity severity) const
{
    switch (severity) {
    case Severity::Critical: return m_tokens.criticalTint;
    case Severity::Warning: return m_tokens.warningTint;
    case Severity::Unknown: return m_tokens.unknownTint;
    case Severity::Normal: break;
    }
    return Qt::transparent;
}

QIcon Theme::icon(const QString& name, const QColor& colour) const
{
    QIcon& icon = m_icons[name + colour.name(QColor::HexArgb)];
    if (!icon.isNull())
        return icon;
    QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!renderer.isValid())
        return icon;
    for (const int size : {16, 20, 32, 40}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), colour);
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

QIcon Theme::icon(const QString& name) const
{
    return icon(name, m_tokens.textSecondary);
}

}  // namespace holdfast::widgets
