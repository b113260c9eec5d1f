#include "widgets/explore/query_list.h"

#include "widgets/explore/query_editor.h"
#include "widgets/explore/query_row.h"

#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr qsizetype longestHistory = 100;
const QString historyKey = QStringLiteral("explore/history");

}  // namespace

QueryList::QueryList(ApiClient& api, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_api(api), m_theme(theme), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    add({});
}

QueryRow* QueryList::add(const QString& expression)
{
    if (full())
        return nullptr;
    // The first letter that is free: B that was removed comes back as B.
    QChar letter(u'A');
    while (std::ranges::any_of(m_rows, [&](QueryRow* row) { return row->letter() == letter; }))
        letter = QChar(letter.unicode() + 1);
    auto* row = new QueryRow(m_api, m_theme, letter, this);
    row->editor().setHistory(QSettings().value(historyKey).toStringList());
    row->editor().setExpression(expression);
    connect(row, &QueryRow::runRequested, this, &QueryList::runRequested);
    connect(row, &QueryRow::linkPasted, this, &QueryList::linkPasted);
    connect(row, &QueryRow::answered, this, &QueryList::answered);
    connect(row, &QueryRow::shownChanged, this, &QueryList::shownChanged);
    connect(row, &QueryRow::removeRequested, this, [this, row] { remove(row); });
    m_rows.push_back(row);
    m_layout->addWidget(row);
    showRemovable();
    return row;
}

void QueryList::remove(QueryRow* row)
{
    if (m_rows.size() < 2)
        return;
    std::erase(m_rows, row);
    row->cancel();
    row->setObjectName({});  // its letter may come back before it is gone
    row->hide();
    row->deleteLater();
    showRemovable();
}

void QueryList::showRemovable()
{
    for (QueryRow* row : m_rows)
        row->setRemovable(m_rows.size() > 1);
    emit rowsChanged();
}

void QueryList::setExpressions(const QStringList& expressions)
{
    while (m_rows.size() > 1)
        remove(m_rows.back());
    m_rows.front()->editor().setExpression(expressions.value(0));
    for (qsizetype i = 1; i < expressions.size(); ++i)
        add(expressions[i]);
}

QStringList QueryList::expressions() const
{
    QStringList list;
    for (QueryRow* row : m_rows)
        list << (row->running().isEmpty() ? row->editor().expression() : row->running());
    list.removeAll(QString());
    return list;
}

QueryEditor& QueryList::firstEditor() const
{
    return m_rows.front()->editor();
}

bool QueryList::accept()
{
    bool all = true;
    for (QueryRow* row : m_rows)
        all = row->accept() && all;
    if (!all)
        return false;
    QStringList history = QSettings().value(historyKey).toStringList();
    for (const QueryRow* row : m_rows) {
        if (row->running().isEmpty())
            continue;
        history.removeAll(row->running());
        history.prepend(row->running());
    }
    while (history.size() > longestHistory)
        history.removeLast();
    QSettings().setValue(historyKey, history);
    for (QueryRow* row : m_rows)
        row->editor().setHistory(history);
    return true;
}

void QueryList::ask(const Grid& grid)
{
    for (QueryRow* row : m_rows)
        row->ask(grid, mostSeries);
}

void QueryList::cancel()
{
    for (QueryRow* row : m_rows)
        row->cancel();
}

bool QueryList::anyRunning() const
{
    return std::ranges::any_of(m_rows, [](const QueryRow* row) { return !row->running().isEmpty(); });
}

bool QueryList::busy() const
{
    return std::ranges::any_of(m_rows, &QueryRow::busy);
}

std::vector<QueryAnswerPtr> QueryList::answers() const
{
    std::vector<QueryAnswerPtr> list;
    for (const QueryRow* row : m_rows) {
        if (row->shown() && row->answer() && !row->running().isEmpty())
            list.push_back(row->answer());
    }
    return list;
}

qint64 QueryList::tookMs() const
{
    qint64 took = 0;
    for (const QueryRow* row : m_rows)
        took = std::max(took, row->shown() && row->answer() ? row->tookMs() : 0);
    return took;
}

}  // namespace holdfast::widgets
