#pragma once

#include "widgets/explore/result_table.h"

#include <QStringList>
#include <QWidget>

#include <cstddef>
#include <vector>

class QVBoxLayout;

namespace holdfast::widgets {

class ApiClient;
class QueryEditor;
class QueryRow;
class Theme;

/// The queries of Explore, one to four, each with a letter that it keeps; and the history they share, kept for this
/// person. Thread: gui.
class QueryList : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t most = 4;
    static constexpr std::size_t mostSeries = 5'000;  ///< of one answer; what is more is cut and said

    QueryList(ApiClient& api, const Theme& theme, QWidget* parent);

    /// Another row; null when there are as many as fit.
    QueryRow* add(const QString& expression);
    /// As many rows as there are expressions, at least one.
    void setExpressions(const QStringList& expressions);
    /// What runs, or where nothing runs yet, what is typed; without empty ones.
    [[nodiscard]] QStringList expressions() const;
    [[nodiscard]] QueryEditor& firstEditor() const;
    [[nodiscard]] const std::vector<QueryRow*>& rows() const { return m_rows; }
    [[nodiscard]] bool full() const { return m_rows.size() >= most; }

    /// Takes what is typed as what runs, and into the history. False, with the words shown, when one cannot run.
    [[nodiscard]] bool accept();
    void ask(const Grid& grid);
    void cancel();
    /// A query was accepted, whatever came of it.
    [[nodiscard]] bool anyRunning() const;
    [[nodiscard]] bool busy() const;
    /// Of the rows that are shown.
    [[nodiscard]] std::vector<QueryAnswerPtr> answers() const;
    /// How long the slowest answer took, ms.
    [[nodiscard]] qint64 tookMs() const;

signals:
    void runRequested();
    void linkPasted(const QString& text);
    void answered();
    /// A row was hidden or shown again.
    void shownChanged();
    /// A row came or went.
    void rowsChanged();

private:
    void remove(QueryRow* row);
    void showRemovable();

    ApiClient& m_api;
    const Theme& m_theme;
    QVBoxLayout* m_layout;
    std::vector<QueryRow*> m_rows;
};

}  // namespace holdfast::widgets
