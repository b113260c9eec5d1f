#pragma once

#include <QObject>

#include <vector>

class QAbstractButton;
class QBoxLayout;
class QWidget;

namespace holdfast::widgets {

class FlatButton;
class Theme;

/// The "…" at the end of a row of buttons: what does not fit into the row is an entry of its menu. Buttons go in the
/// order of their rank, the highest first; rank 0 stays. The row decides when there is something to fit. Thread: gui.
class OverflowMenu : public QObject {
    Q_OBJECT

public:
    /// row  the parent of the buttons; `layout` is its layout. The "…" is made here and is yet to be put into it.
    OverflowMenu(const Theme& theme, QWidget* row, QBoxLayout* layout);

    [[nodiscard]] FlatButton* button() const { return m_button; }
    void add(QWidget* part, int rank);
    /// Whether the part is to be had at all, in the row or in the menu.
    void setWanted(QWidget* part, bool wanted);
    [[nodiscard]] bool wanted(const QWidget* part) const;
    /// Shows what fits into `room` px, from the layout's left margin to its right one; all of it is in the menu with 0.
    void fit(int room);

private:
    struct Part {
        QWidget* widget = nullptr;
        int rank = 0;
        bool wanted = true;
        bool inMenu = false;
    };
    [[nodiscard]] int neededWidth() const;
    [[nodiscard]] const Part* partOf(const QWidget* widget) const;
    void open();

    QBoxLayout* m_layout;
    FlatButton* m_button;
    std::vector<Part> m_parts;
};

}  // namespace holdfast::widgets
