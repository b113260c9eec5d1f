#include "widgets/controls/audit_page.h"

#include "widgets/client/engine_link.h"
#include "widgets/table/row_table.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QCursor>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QSaveFile>
#include <QStackedWidget>
#include <QUrlQuery>
#include <QVBoxLayout>

namespace holdfast::widgets {

namespace {

constexpr int auditLimit = 1000;
constexpr int exportLimit = 10'000;
constexpr int exportDeadlineMs = 60'000;

QUrlQuery limitedTo(int count)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("limit"), QString::number(count));
    return query;
}

/// Returns how many it took away.
template <typename Row, typename Text>
int keepMatching(std::vector<Row>& rows, const QString& filter, Text text)
{
    if (filter.isEmpty())
        return 0;
    return static_cast<int>(
        std::erase_if(rows, [&](const Row& row) { return !text(row).contains(filter, Qt::CaseInsensitive); }));
}

/// Runs on the worker: writing a file is no business of the window's thread.
Result<bool> writeFile(const QString& name, const QByteArray& body)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.commit())
        return Error{"cannot write " + name.toStdString() + ": " + file.errorString().toStdString(), ErrorKind::Failed};
    return true;
}

}  // namespace

AuditPage::AuditPage(const ViewContext& context, const Feed<ActionList>& history, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_history(history),
      m_journal(
          context.api, context.link, decodeAudit,
          [] {
              return Feed<AuditList>::Ask{QStringLiteral("/holdfast/v1/audit"), limitedTo(auditLimit)};
          },
          {QStringLiteral("action"), QStringLiteral("lease")}, 10'000, this),
      m_historyModel(makeHistoryModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_auditModel(makeAuditModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_stack(new QStackedWidget(this)),
      m_everyStep(new FlatButton(context.theme, tr("Every step"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* tools = new QHBoxLayout;
    tools->setSpacing(8);
    m_everyStep->setObjectName(QStringLiteral("everyStep"));
    m_everyStep->setCheckable(true);
    connect(m_everyStep, &FlatButton::toggled, this, [this](bool on) {
        m_everyStep->setLook(on ? ButtonLook::Inverse : ButtonLook::Outlined);
        m_journal.setActive(on && m_active);
        fill();
    });
    tools->addWidget(m_everyStep);
    auto* save = new FlatButton(context.theme, tr("Export"), this);
    save->setObjectName(QStringLiteral("exportAudit"));
    save->setDropArrow(true);
    connect(save, &FlatButton::clicked, this, &AuditPage::openExportMenu);
    tools->addWidget(save);
    auto* proof = new RoleLabel(context.theme, TextRole::Small,
                                tr("Append only, chained by hashes: “holdfast db check” proves it."), this);
    proof->setWordWrap(true);
    tools->addWidget(proof, 1);
    layout->addLayout(tools);
    const auto add = [this](QAbstractItemModel* model, const QString& name, int stretch) {
        auto* table = new RowTable(m_context.theme, name, m_stack);
        table->setModel(model);
        table->setStretchColumn(stretch);
        m_stack->addWidget(table);
    };
    add(m_historyModel, tr("What was done"), 6);
    add(m_auditModel, tr("Audit, every step"), 10);
    layout->addWidget(m_stack, 1);
    connect(&m_history, &FeedBase::changed, this, &AuditPage::fill);
    connect(&m_journal, &FeedBase::changed, this, &AuditPage::fill);
}

void AuditPage::setActive(bool active)
{
    m_active = active;
    m_journal.setActive(active && m_everyStep->isChecked());
}

void AuditPage::setFilter(const QString& filter)
{
    m_filter = filter;
    fill();
}

void AuditPage::refresh()
{
    if (m_journal.active())
        m_journal.refresh();
}

RowTable* AuditPage::table() const
{
    return qobject_cast<RowTable*>(m_stack->currentWidget());
}

bool AuditPage::read() const
{
    return m_everyStep->isChecked() ? m_journal.latest() != nullptr : m_history.latest() != nullptr;
}

void AuditPage::fill()
{
    const auto list = m_history.latest();
    std::vector<Action> done = list ? list->actions : std::vector<Action>{};
    const int actions = keepMatching(done, m_filter, [](const Action& action) {
        return action.control + action.actor + action.reason + action.state;
    });
    m_historyModel->setRows(std::move(done));
    const auto journal = m_journal.latest();
    std::vector<AuditRow> steps = journal ? journal->rows : std::vector<AuditRow>{};
    const int rows = keepMatching(steps, m_filter, [](const AuditRow& row) {
        return row.control + row.actor + row.reason + row.step + row.instance + row.outcome;
    });
    m_auditModel->setRows(std::move(steps));
    m_hidden = m_everyStep->isChecked() ? rows : actions;
    m_stack->setCurrentIndex(m_everyStep->isChecked() ? 1 : 0);
    emit filled();
}

void AuditPage::openExportMenu()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("exportMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& format : {QStringLiteral("csv"), QStringLiteral("json")})
        connect(menu->addAction(tr("Save the audit as %1…").arg(format.toUpper())), &QAction::triggered, this,
                [this, format] { exportAudit(format); });
    menu->popup(QCursor::pos());
}

void AuditPage::exportAudit(const QString& format)
{
    auto* dialog = new QFileDialog(this, tr("Save the audit"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format);
    dialog->selectFile(QStringLiteral("audit.%1").arg(format));
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& name) {
        QUrlQuery query = limitedTo(exportLimit);
        query.addQueryItem(QStringLiteral("format"), format);
        m_context.api.get<bool>(
            m_exportSlot, QStringLiteral("/holdfast/v1/audit"), query,
            [name](const QByteArray& body) { return writeFile(name, body); },
            [this, name](const auto& answer) {
                if (answer)
                    emit said(tr("The audit was saved to %1.").arg(name), false);
                else
                    emit said(QString::fromStdString(answer.error().message), true);
            },
            exportDeadlineMs);
    });
    dialog->open();
}

}  // namespace holdfast::widgets
