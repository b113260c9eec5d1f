#pragma once

#include "widgets/client/api_client.h"
#include "widgets/explore/result_table.h"

#include <QTimer>
#include <QWidget>

namespace holdfast::widgets {

class FlatButton;
class QueryEditor;
class RoleLabel;
class Theme;

/// One query of Explore: its letter, its editor, what is wrong with it in words, and the latest answer. Thread: gui.
class QueryRow : public QWidget {
    Q_OBJECT

public:
    QueryRow(ApiClient& api, const Theme& theme, const QString& letter, QWidget* parent);

    [[nodiscard]] QueryEditor& editor() { return *m_editor; }
    [[nodiscard]] const QString& letter() const { return m_letter; }
    /// The expression whose answer is shown or awaited; empty: nothing runs.
    [[nodiscard]] const QString& running() const { return m_running; }
    [[nodiscard]] const QueryAnswerPtr& answer() const { return m_answer; }
    [[nodiscard]] bool shown() const;
    [[nodiscard]] bool busy() const { return m_slot.busy(); }
    /// How long the latest answer took, ms.
    [[nodiscard]] qint64 tookMs() const { return m_tookMs; }

    /// Takes what is typed as what runs. False, with the words shown, when it cannot run.
    [[nodiscard]] bool accept();
    void ask(const Grid& grid, std::size_t mostSeries);
    void cancel() { m_slot.cancel(); }
    void setRemovable(bool removable);

signals:
    void runRequested();
    void linkPasted(const QString& text);
    void answered();
    void shownChanged();
    void removeRequested();

private:
    void showProblem();
    void say(const QString& words);

    ApiClient& m_api;
    const QString m_letter;
    RequestSlot m_slot;
    QTimer m_typing;
    QString m_running;
    QueryAnswerPtr m_answer;
    qint64 m_tookMs = 0;
    QueryEditor* m_editor;
    RoleLabel* m_problem;
    FlatButton* m_hide;
    FlatButton* m_remove;
};

}  // namespace holdfast::widgets
