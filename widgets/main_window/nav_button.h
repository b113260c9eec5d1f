#pragma once

#include "widgets/view.h"

#include <QAbstractButton>

namespace holdfast::widgets {

/// One line of the navigation rail. Thread: gui.
class NavButton : public QAbstractButton {
    Q_OBJECT

public:
    NavButton(const Theme& theme, const ViewEntry& entry, QWidget* parent);

    [[nodiscard]] const QString& view() const { return m_view; }
    void setNarrow(bool narrow);
    void setCount(int count);
    /// Narrow ones are icons alone; wide ones ask for the room of their name.
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    const QString m_view;
    const QString m_icon;
    const int m_digit;
    int m_count = 0;
    bool m_narrow = false;
};

}  // namespace holdfast::widgets
