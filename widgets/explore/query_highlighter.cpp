#include "widgets/explore/query_highlighter.h"

#include "app/promql/syntax/lexer.h"
#include "widgets/theme/theme.h"

#include <QTextDocument>

namespace holdfast::widgets {

namespace {

/// Marks the part of [start, end) — offsets into the document — that lies in the block at `blockStart`.
template <typename SetFormat>
void mark(int start, int end, int blockStart, int blockLength, SetFormat setFormat)
{
    const int from = std::max(start, blockStart) - blockStart;
    const int to = std::min(end, blockStart + blockLength) - blockStart;
    if (to > from)
        setFormat(from, to - from);
}

}  // namespace

QueryHighlighter::QueryHighlighter(const Theme& theme, QTextDocument* document)
    : QSyntaxHighlighter(document), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, &QueryHighlighter::rehighlight);
}

void QueryHighlighter::setErrorAt(int byteOffset)
{
    if (byteOffset == m_errorAt)
        return;
    m_errorAt = byteOffset;
    rehighlight();
}

void QueryHighlighter::highlightBlock(const QString& text)
{
    const QString whole = document()->toPlainText();
    const std::string utf8 = whole.toStdString();
    const int blockStart = currentBlock().position();
    const auto characterAt = [&utf8](std::size_t bytes) {
        return static_cast<int>(
            QString::fromUtf8(utf8.data(), static_cast<qsizetype>(std::min(bytes, utf8.size()))).size());
    };
    const Tokens& tokens = m_theme.tokens();
    for (const promql::Token& token : promql::tokenize(utf8).tokens) {
        QTextCharFormat format;
        switch (token.kind) {
        case promql::TokenKind::Aggregator:
        case promql::TokenKind::Keyword: format.setFontWeight(QFont::Bold); break;
        case promql::TokenKind::Number:
        case promql::TokenKind::Duration:
        case promql::TokenKind::String: format.setForeground(tokens.lineSecond); break;
        case promql::TokenKind::Error: continue;
        default: continue;
        }
        const auto start = static_cast<std::size_t>(token.position.start);
        const auto end = static_cast<std::size_t>(token.position.end);
        mark(characterAt(start), characterAt(end), blockStart, static_cast<int>(text.size()),
             [this, &format](int from, int length) { setFormat(from, length, format); });
    }
    if (m_errorAt < 0)
        return;
    QTextCharFormat error;
    error.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    error.setUnderlineColor(tokens.critical);
    const int at = characterAt(static_cast<std::size_t>(m_errorAt));
    // At the end of the text there is nothing to underline: the last character stands for it.
    const int start = at >= whole.size() ? static_cast<int>(whole.size()) - 1 : at;
    mark(start, start + 1, blockStart, static_cast<int>(text.size()),
         [this, &error](int from, int length) { setFormat(from, length, error); });
}

}  // namespace holdfast::widgets
