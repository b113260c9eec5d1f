#include "widgets/explore/query_editor.h"

#include "app/promql/syntax/parser.h"
#include "widgets/client/json_fields.h"
#include "widgets/explore/bracket_match.h"
#include "widgets/explore/completion_words.h"
#include "widgets/explore/explore_links.h"
#include "widgets/explore/problem_words.h"
#include "widgets/explore/query_completer.h"
#include "widgets/explore/query_highlighter.h"
#include "widgets/theme/theme.h"

#include <QDateTime>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QJsonArray>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QToolTip>
#include <QUrl>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int mostLines = 6;
constexpr int marginPx = 7;
constexpr qsizetype longestHistory = 100;

/// What `/api/v1/metadata?metric=` says: "counter – requests served".
Result<QString> decodeHelp(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    const QJsonObject metrics = root.value(QStringLiteral("data")).toObject();
    if (metrics.isEmpty())
        return QString();
    const QJsonObject first = metrics.begin()->toArray().at(0).toObject();
    QStringList parts{first.value(QStringLiteral("type")).toString(), first.value(QStringLiteral("help")).toString()};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" – "));
}

bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char(':');
}

/// The name at a place of the text; empty in quotes and where there is none.
QString nameAt(const QString& text, int at)
{
    int start = at;
    while (start > 0 && isWord(text[start - 1]))
        --start;
    int end = at;
    while (end < text.size() && isWord(text[end]))
        ++end;
    const CompletionPlace place = completionPlace(text, start);
    return place.kind == CompletionPlace::Kind::Name ? text.mid(start, end - start) : QString();
}

/// `$step` and Grafana's variables stand for durations; of the same length, so that errors stay at their place.
std::string checkable(QString text)
{
    for (const char* variable : {"$__rate_interval", "$__interval", "$__range", "$step"}) {
        const QString name = QLatin1String(variable);
        text.replace(name, QStringLiteral("1s").rightJustified(name.size(), QLatin1Char('0')));
    }
    return text.toStdString();
}

/// Byte offset of "line:column" at the front of a parse error; −1 without one.
int offsetOf(const std::string& message, const std::string& text)
{
    unsigned line = 0;
    unsigned column = 0;
    if (std::sscanf(message.c_str(), "%u:%u:", &line, &column) != 2 || line == 0 || column == 0)
        return -1;
    std::size_t at = 0;
    for (unsigned i = 1; i < line; ++i) {
        const auto next = text.find('\n', at);
        if (next == std::string::npos)
            return -1;
        at = next + 1;
    }
    return static_cast<int>(std::min(at + column - 1, text.size()));
}

}  // namespace

QueryEditor::QueryEditor(ApiClient& api, const Theme& theme, QWidget* parent)
    : QPlainTextEdit(parent),
      m_api(api),
      m_theme(theme),
      m_highlighter(new QueryHighlighter(theme, document())),
      m_completer(new QueryCompleter(api, theme, *this))
{
    setAccessibleName(tr("PromQL expression"));
    setPlaceholderText(tr("PromQL, for example  sum by (job) (rate(http_requests_total[1m]))   Ctrl+Enter runs"));
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(marginPx);
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        check();
        fitHeight();
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &QueryEditor::markBrackets);
    connect(&theme, &Theme::changed, this, &QueryEditor::restyle);
    restyle();
}

void QueryEditor::restyle()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(m_theme.px(13));
    setFont(font);
    markBrackets();
    fitHeight();
}

void QueryEditor::setExpression(const QString& text)
{
    setPlainText(text);
    moveCursor(QTextCursor::End);
    m_completer->hide();
}

void QueryEditor::remember(const QString& expression)
{
    m_history.removeAll(expression);
    m_history.prepend(expression);
    while (m_history.size() > longestHistory)
        m_history.removeLast();
    m_historyAt = -1;
}

void QueryEditor::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        m_completer->hide();
        emit runRequested();
        return;
    }
    if (m_completer->visible() && (enter || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)) {
        event->ignore();  // the popup takes it
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        clearFocus();  // the window's single keys work again
        return;
    }
    if (event->modifiers() == Qt::AltModifier && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        walkHistory(event->key() == Qt::Key_Up ? 1 : -1);
        return;
    }
    if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_Space) {
        m_completer->offer();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (!event->text().isEmpty() && (event->text().front().isPrint() || event->key() == Qt::Key_Backspace))
        m_completer->offerSoon();
}

void QueryEditor::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    viewport()->update();
}

void QueryEditor::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    viewport()->update();
}

void QueryEditor::paintEvent(QPaintEvent* event)
{
    QPlainTextEdit::paintEvent(event);
    QPainter painter(viewport());
    painter.setPen(QPen(hasFocus() ? m_theme.tokens().focus : m_theme.tokens().border, 1));
    painter.drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

QSize QueryEditor::sizeHint() const
{
    return {400, height()};
}

void QueryEditor::check()
{
    const std::string text = checkable(toPlainText());
    QString problem;
    int at = -1;
    if (!expression().isEmpty()) {
        if (const auto parsed = promql::parseExpression(text); !parsed) {
            problem = problemWords(QString::fromStdString(parsed.error().message));
            at = offsetOf(parsed.error().message, text);
        }
    }
    m_problem = problem;
    m_highlighter->setErrorAt(at);
    emit problemChanged();
}

void QueryEditor::walkHistory(int by)
{
    if (m_history.isEmpty())
        return;
    m_historyAt = std::clamp(m_historyAt + by, 0, static_cast<int>(m_history.size()) - 1);
    setExpression(m_history[m_historyAt]);
}

bool QueryEditor::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QTextCursor cursor = cursorForPosition(viewport()->mapFromGlobal(help->globalPos()));
        explain(nameAt(toPlainText(), cursor.position()), help->globalPos());
        return true;
    }
    return QPlainTextEdit::event(event);
}

void QueryEditor::insertFromMimeData(const QMimeData* source)
{
    const QString text = source->text();
    if (readLink(text)) {
        emit linkPasted(text);
        return;
    }
    QPlainTextEdit::insertFromMimeData(source);
}

void QueryEditor::markBrackets()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString text = toPlainText();
    const int at = bracketAtCursor(text, textCursor().position());
    const int other = at < 0 ? -1 : matchingBracket(text, at);
    const auto mark = [&](int place, const QColor& colour) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(place);
        selection.cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor);
        selection.format.setFontWeight(QFont::Bold);
        selection.format.setFontUnderline(true);
        selection.format.setForeground(colour);
        marks << selection;
    };
    if (other >= 0) {
        mark(at, m_theme.tokens().focus);
        mark(other, m_theme.tokens().focus);
    }
    setExtraSelections(marks);
}

void QueryEditor::explain(const QString& word, const QPoint& globalPos)
{
    if (word.isEmpty()) {
        QToolTip::hideText();
        return;
    }
    if (const QString help = helpFor(word); !help.isEmpty()) {
        QToolTip::showText(globalPos, QStringLiteral("%1 – %2").arg(word, help), this);
        return;
    }
    if (!word[0].isLetter() && word[0] != QLatin1Char('_'))
        return;
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("metric"), word);
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("1"));
    m_api.get<QString>(m_helpSlot, QStringLiteral("/api/v1/metadata"), query, decodeHelp,
                       [this, word, globalPos](const Result<std::shared_ptr<const QString>>& answer) {
                           const QString help = answer ? **answer : QString();
                           m_api.query(
                               m_countSlot, QStringLiteral("count(%1)").arg(word), QDateTime::currentMSecsSinceEpoch(),
                               [this, word, help, globalPos](const Result<std::shared_ptr<const Matrix>>& counted) {
                                   if (!underMouse())
                                       return;
                                   const bool any = counted && !(*counted)->series.empty();
                                   const auto series = any ? static_cast<qint64>((*counted)->series[0].values[0]) : 0;
                                   QStringList parts{word};
                                   if (!help.isEmpty())
                                       parts << help;
                                   parts << (any ? tr("%1 series now").arg(series) : tr("no series now"));
                                   QToolTip::showText(globalPos, parts.join(QLatin1Char('\n')), this);
                               });
                       });
}

void QueryEditor::fitHeight()
{
    const int lines = std::clamp(document()->blockCount(), 1, mostLines);
    setFixedHeight(fontMetrics().lineSpacing() * lines + 2 * marginPx + 4);
}

}  // namespace holdfast::widgets
