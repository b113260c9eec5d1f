#pragma once

#include <QSyntaxHighlighter>

namespace holdfast::widgets {

class Theme;

/// Tones of a PromQL expression, from the engine's own tokens, and a wavy line under the place of an error.
/// Works on the whole text, because an expression may run over several lines. Thread: gui.
class QueryHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    QueryHighlighter(const Theme& theme, QTextDocument* document);

    /// Byte offset of an error in the UTF-8 text; −1 for none.
    void setErrorAt(int byteOffset);

protected:
    void highlightBlock(const QString& text) override;

private:
    const Theme& m_theme;
    int m_errorAt = -1;
};

}  // namespace holdfast::widgets
