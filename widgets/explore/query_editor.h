#pragma once

#include "widgets/client/api_client.h"

#include <QPlainTextEdit>
#include <QStringList>

namespace holdfast::widgets {

class QueryCompleter;
class QueryHighlighter;
class Theme;

/// An editor for one PromQL expression: tones, error underlined while typing, the partner of a bracket marked,
/// completion of functions, metrics, labels and values from the store, help on what the pointer rests on, history with
/// Alt+Up and Alt+Down. Ctrl+Enter runs; a pasted link is handed on instead of being inserted. Thread: gui.
class QueryEditor : public QPlainTextEdit {
    Q_OBJECT

public:
    QueryEditor(ApiClient& api, const Theme& theme, QWidget* parent);

    [[nodiscard]] QString expression() const { return toPlainText().trimmed(); }
    void setExpression(const QString& text);
    /// Why it cannot be run, in words with the position; empty when it can.
    [[nodiscard]] QString problem() const { return m_problem; }
    void remember(const QString& expression);
    void setHistory(const QStringList& history) { m_history = history; }
    [[nodiscard]] const QStringList& history() const { return m_history; }

signals:
    void runRequested();
    /// Something was pasted that readLink() understands.
    void linkPasted(const QString& text);
    void problemChanged();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    [[nodiscard]] QSize sizeHint() const override;

private:
    void check();
    void walkHistory(int by);
    void restyle();
    void fitHeight();
    void markBrackets();
    void explain(const QString& word, const QPoint& globalPos);

    ApiClient& m_api;
    const Theme& m_theme;
    QueryHighlighter* m_highlighter;
    QueryCompleter* m_completer;
    RequestSlot m_helpSlot;
    RequestSlot m_countSlot;
    QString m_problem;
    QStringList m_history;
    int m_historyAt = -1;
};

}  // namespace holdfast::widgets
