#pragma once

#include <QAbstractButton>
#include <QWidget>

namespace holdfast::widgets {

class Theme;

/// The tab at the edge of the window: the panel's name, upright. Thread: gui.
class EdgeTab : public QAbstractButton {
    Q_OBJECT

public:
    EdgeTab(const Theme& theme, const QString& text, QWidget* parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

/// Where "Act here" stands: beside the view while there is room; else it lies over the view's right side when its tab
/// at the edge is pressed, and moves nothing. Thread: gui.
class SidePanel : public QWidget {
    Q_OBJECT

public:
    /// panel  a sibling of this widget, with a width of its own; its place is this widget's business from now on
    SidePanel(const Theme& theme, QWidget* panel, QWidget* parent);

    /// Whether there is room beside the view. Without it the panel is put away until it is asked for.
    void setDocked(bool docked);
    [[nodiscard]] bool docked() const { return m_docked; }
    void setShown(bool shown);
    [[nodiscard]] bool shown() const { return m_shown; }
    [[nodiscard]] bool overlays() const { return m_shown && !m_docked; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QWidget* m_panel;
    EdgeTab* m_tab;
    bool m_docked = true;
    bool m_shown = true;
};

}  // namespace holdfast::widgets
