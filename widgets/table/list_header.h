#pragma once

#include <QWidget>

class QHBoxLayout;
class QLineEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;
class Theme;

/// What stands above a list: its name, what it comes to, a filter by words and a switch that leaves only the rows that
/// want somebody; a page adds its own buttons behind. Thread: gui.
class ListHeader : public QWidget {
    Q_OBJECT

public:
    /// filterHint  what can be typed; only  the switch's text; its key is O
    ListHeader(const Theme& theme, const QString& title, const QString& filterHint, const QString& only,
               QWidget* parent);

    void setSummary(const QString& words);
    void addButton(FlatButton* button);

    [[nodiscard]] QString words() const;
    void setWords(const QString& words);
    [[nodiscard]] bool only() const;
    /// Whether `text` has the words, whatever their case.
    [[nodiscard]] bool fits(const QString& text) const;

    void focusFilter();
    void toggleOnly();
    /// Shows everything again; false when everything was shown.
    bool clear();

signals:
    /// Other rows are wanted.
    void changed();

private:
    void fit();

    const Theme& m_theme;
    QHBoxLayout* m_row;
    RoleLabel* m_summary;
    QLineEdit* m_filter;
    FlatButton* m_only;
};

}  // namespace holdfast::widgets
