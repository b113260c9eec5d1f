#include "widgets/explore/query_row.h"

#include "widgets/explore/query_editor.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace holdfast::widgets {

namespace {

constexpr int typingPauseMs = 900;  // half an expression is no mistake: words only after a pause

}  // namespace

QueryRow::QueryRow(ApiClient& api, const Theme& theme, const QString& letter, QWidget* parent)
    : QWidget(parent),
      m_api(api),
      m_letter(letter),
      m_editor(new QueryEditor(api, theme, this)),
      m_problem(new RoleLabel(theme, TextRole::Critical, QString(), this)),
      m_hide(new FlatButton(theme, tr("Hide"), this, ButtonLook::Quiet)),
      m_remove(new FlatButton(theme, tr("Remove"), this, ButtonLook::Quiet))
{
    setObjectName(QStringLiteral("query") + letter);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto* badge = new RoleLabel(theme, TextRole::Strong, letter, this);
    badge->setMinimumWidth(14);
    badge->setContentsMargins(0, 8, 0, 0);
    row->addWidget(badge, 0, Qt::AlignTop);
    m_editor->setAccessibleName(tr("PromQL expression %1").arg(letter));
    row->addWidget(m_editor, 1);
    m_hide->setCheckable(true);
    m_hide->setToolTip(tr("Leaves this query out of the picture; it is not asked meanwhile"));
    row->addWidget(m_hide, 0, Qt::AlignTop);
    m_remove->setToolTip(tr("Takes this query away"));
    row->addWidget(m_remove, 0, Qt::AlignTop);
    rows->addLayout(row);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(22, 0, 0, 0);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->hide();
    rows->addWidget(m_problem);

    connect(m_editor, &QueryEditor::runRequested, this, &QueryRow::runRequested);
    connect(m_editor, &QueryEditor::linkPasted, this, &QueryRow::linkPasted);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPauseMs);
    connect(&m_typing, &QTimer::timeout, this, &QueryRow::showProblem);
    connect(m_editor, &QueryEditor::problemChanged, this, [this] {
        m_problem->hide();
        m_typing.start();
    });
    connect(m_hide, &FlatButton::toggled, this, [this](bool hidden) {
        m_hide->setText(hidden ? tr("Show") : tr("Hide"));
        if (hidden)
            m_slot.cancel();
        emit shownChanged();
    });
    connect(m_remove, &FlatButton::clicked, this, &QueryRow::removeRequested);
    setRemovable(false);
}

bool QueryRow::shown() const
{
    return !m_hide->isChecked();
}

void QueryRow::setRemovable(bool removable)
{
    m_hide->setVisible(removable);
    m_remove->setVisible(removable);
}

void QueryRow::say(const QString& words)
{
    m_problem->setText(words);
    m_problem->setVisible(!words.isEmpty());
}

void QueryRow::showProblem()
{
    say(m_editor->problem());
}

bool QueryRow::accept()
{
    const QString expression = m_editor->expression();
    showProblem();
    if (expression.isEmpty()) {
        m_running.clear();
        m_answer.reset();
        return true;  // an empty row asks nothing
    }
    if (!m_editor->problem().isEmpty())
        return false;
    m_running = expression;
    m_editor->remember(expression);
    return true;
}

void QueryRow::ask(const Grid& grid, std::size_t mostSeries)
{
    if (m_running.isEmpty() || !shown())
        return;
    QElapsedTimer timer;
    timer.start();
    QString expression = m_running;
    for (const char* variable : {"$__rate_interval", "$__interval", "$__range"})
        expression.replace(QLatin1String(variable), QStringLiteral("$step"));
    m_api.queryRange<QueryAnswer>(
        m_slot, expression, grid,
        [letter = m_letter, running = m_running, mostSeries](Matrix matrix) {
            QueryAnswer answer;
            answer.letter = letter;
            answer.expression = running;
            if (matrix.series.size() > mostSeries) {
                answer.cutSeries = matrix.series.size() - mostSeries;
                matrix.series.resize(mostSeries);
            }
            answer.rows = seriesRows(matrix);
            answer.matrix = std::make_shared<const Matrix>(std::move(matrix));
            return answer;
        },
        [this, timer](const Result<std::shared_ptr<const QueryAnswer>>& answer) {
            m_tookMs = timer.elapsed();
            if (answer)
                m_answer = *answer;
            // What is typed now may be something else; its own problem goes first.
            if (m_editor->problem().isEmpty())
                say(answer ? QString() : QString::fromStdString(answer.error().message));
            emit answered();
        });
}

}  // namespace holdfast::widgets
