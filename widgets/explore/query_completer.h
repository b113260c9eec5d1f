#pragma once

#include "widgets/client/api_client.h"
#include "widgets/explore/completion_words.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

class QCompleter;
class QPlainTextEdit;
class QStandardItemModel;

namespace holdfast::widgets {

class Theme;

/// Offers what can stand at an editor's cursor: functions with a line of help, metrics with their type and help, labels
/// of the metric before the braces, and their values, all from the store. Thread: gui.
class QueryCompleter : public QObject {
    Q_OBJECT

public:
    QueryCompleter(ApiClient& api, const Theme& theme, QPlainTextEdit& editor);

    /// Once typing has paused; or now.
    void offerSoon();
    void offer();
    void hide();
    [[nodiscard]] bool visible() const;

private:
    using MetricHelp = QHash<QString, QString>;
    void fetchHelp();
    void fetchWords();
    void show(std::vector<CompletionWord> words);
    void insert(const QString& word);
    [[nodiscard]] QChar next() const;

    ApiClient& m_api;
    QPlainTextEdit& m_editor;
    QCompleter* m_completer;
    QStandardItemModel* m_model;
    QTimer m_pause;
    RequestSlot m_slot;
    RequestSlot m_helpSlot;
    QElapsedTimer m_helpAsked;
    std::shared_ptr<const MetricHelp> m_help;
    CompletionPlace m_place;  ///< what is offered
    const std::vector<CompletionWord> m_language;
};

}  // namespace holdfast::widgets
