#pragma once

#include <QImage>
#include <QScrollArea>
#include <QTimer>

#include <vector>

namespace holdfast::widgets {

class Courier;
class Theme;

/// A Markdown text as it reads, as wide as there is room. Parsed, laid out and painted on the worker into strips that
/// are only copied to the screen here, because the tables of a long story hold up a text widget for a second. Wheel and
/// keys scroll; the text itself is on the clipboard by "Copy". Thread: gui.
class ReportPreview : public QScrollArea {
    Q_OBJECT

public:
    ReportPreview(Courier& courier, const Theme& theme, QWidget* parent);

    /// Of a long text the beginning is shown, and that there is more.
    void setMarkdown(const QString& text);
    /// One sentence in place of a text: what is waited for, what went wrong.
    void setWords(const QString& text);
    [[nodiscard]] const QString& text() const { return m_text; }
    /// The strips of the present text are there, at the present width.
    [[nodiscard]] bool painted() const { return m_paintedWidth > 0; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Page;
    void render();
    void take(std::vector<QImage> strips, int width, int height);

    Courier& m_courier;
    const Theme& m_theme;
    Page* m_page;
    QString m_text;
    QTimer m_settled;  ///< a width that still changes is not rendered for
    int m_asked = 0;   ///< number of the newest rendering
    int m_paintedWidth = 0;
};

}  // namespace holdfast::widgets
