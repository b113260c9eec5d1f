// What can be done with a result: saved, copied, exported.

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/explore/explore_view.h"
#include "widgets/explore/query_editor.h"
#include "widgets/explore/query_list.h"
#include "widgets/explore/rule_dialog.h"
#include "widgets/explore/saved_queries.h"
#include "widgets/explore/table_page.h"
#include "widgets/export/picture_export.h"
#include "widgets/export/table_text.h"
#include "widgets/navigator.h"
#include "widgets/service/pinned_lanes.h"
#include "widgets/theme/flat_button.h"
#include "widgets/time/time_cursor.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QSettings>
#include <QStackedWidget>

namespace holdfast::widgets {

namespace {

constexpr int saidMs = 2'500;
const QString grafanaKey = QStringLiteral("explore/grafana_url");

QPoint below(const QWidget& widget)
{
    return widget.mapToGlobal(QPoint(0, widget.height() + 2));
}

QMenu* menuOf(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

QString shortened(const QString& text)
{
    const QString line = text.simplified();
    return line.size() > 70 ? line.left(69) + QChar(0x2026) : line;
}

}  // namespace

void ExploreView::openSavedMenu()
{
    QMenu* menu = menuOf(this);
    QAction* save = menu->addAction(tr("Save query A…"), this, &ExploreView::askForName);
    save->setEnabled(!m_queries->firstEditor().expression().isEmpty());
    const std::vector<SavedQuery> saved = SavedQueries::all();
    if (!saved.empty())
        menu->addSeparator();
    for (const SavedQuery& query : saved) {
        QAction* use = menu->addAction(query.name, this, [this, query] {
            m_queries->firstEditor().setExpression(query.expression);
            run();
        });
        use->setToolTip(query.expression);
    }
    if (!saved.empty()) {
        QMenu* forget = menu->addMenu(tr("Forget"));
        for (const SavedQuery& query : saved)
            forget->addAction(query.name, this, [name = query.name] { SavedQueries::forget(name); });
    }
    const QStringList history = m_queries->firstEditor().history();
    if (!history.isEmpty()) {
        menu->addSeparator();
        QMenu* past = menu->addMenu(tr("History   Alt+↑ ↓"));
        for (const QString& expression : history.mid(0, 20))
            past->addAction(shortened(expression).replace(QLatin1Char('&'), QLatin1String("&&")), this,
                            [this, expression] {
                                m_queries->firstEditor().setExpression(expression);
                                run();
                            });
    }
    menu->setToolTipsVisible(true);
    menu->popup(below(*m_saved));
}

void ExploreView::askForName()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save query"));
    dialog->setLabelText(tr("Name of the query"));
    dialog->setOkButtonText(tr("Save"));
    const QString expression = m_queries->firstEditor().expression();
    connect(dialog, &QInputDialog::textValueSelected, this, [this, expression](const QString& name) {
        if (name.trimmed().isEmpty())
            return;
        SavedQueries::save({name.trimmed(), expression});
        sayFor(tr("Saved as “%1”").arg(name.trimmed()));
    });
    dialog->open();
}

void ExploreView::openUseMenu()
{
    QMenu* menu = menuOf(this);
    const QString expression = m_queries->firstEditor().expression();
    const QString service = m_context.navigator.service();
    const auto fleet = m_context.fleet.latest();
    if (!service.isEmpty())
        menu->addAction(tr("Pin as a lane of %1…").arg(service), this,
                        [this, service, expression] { pinTo(service, expression); });
    QMenu* others = menu->addMenu(tr("Pin as a lane of"));
    if (fleet) {
        for (const FleetService& each : fleet->services)
            others->addAction(each.name, this, [this, name = each.name, expression] { pinTo(name, expression); });
    }
    others->setEnabled(fleet && !fleet->services.empty());
    menu->addSeparator();
    menu->addAction(tr("Make a rule…"), this, [this, expression] { makeRule(expression); });
    for (QAction* action : menu->actions())
        action->setEnabled(action->isEnabled() && !expression.isEmpty());
    menu->popup(below(*m_use));
}

void ExploreView::pinTo(const QString& service, const QString& expression)
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("pinDialog"));
    dialog->setWindowTitle(tr("Pin to %1").arg(service));
    dialog->setLabelText(tr("Name of the lane on the page of %1; a right click there takes it off again").arg(service));
    dialog->setOkButtonText(tr("Pin"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, service, expression](const QString& typed) {
        const QString title = typed.trimmed();
        if (title.isEmpty())
            return;
        const bool pinned = PinnedLanes::pin(service, {title, expression});
        sayFor(pinned ? tr("Pinned to %1 as “%2”").arg(service, title)
                      : tr("%1 has %2 pinned lanes already: take one off first")
                            .arg(service)
                            .arg(static_cast<qint64>(PinnedLanes::most)));
    });
    dialog->open();
}

void ExploreView::makeRule(const QString& expression)
{
    const auto status = m_context.link.status();
    const QFileInfo config(status && !m_context.link.readOnly() ? status->configFile : QString());
    auto* dialog =
        new RuleDialog(m_context.theme, expression, config.exists() ? config.absolutePath() : QString(), this);
    connect(dialog, &RuleDialog::copied, this, [this](const QString& text) { copy(text, tr("rule")); });
    connect(dialog, &RuleDialog::configurationWanted, this, [this] {
        m_context.navigator.go({QStringLiteral("settings"), {}, QStringLiteral("file")});
    });
    dialog->open();
}

void ExploreView::sayFor(const QString& words)
{
    m_said = words;
    showInfo();
    QTimer::singleShot(saidMs, this, [this] {
        m_said.clear();
        showInfo();
    });
}

void ExploreView::copy(const QString& text, const QString& what)
{
    QApplication::clipboard()->setText(text);
    sayFor(tr("Copied: %1").arg(what));
}

void ExploreView::openCopyMenu()
{
    QMenu* menu = menuOf(this);
    const ExploreState now = state();
    const QUrl base = m_context.link.publicUrl();
    QList<QAction*> actions;
    actions << menu->addAction(tr("PromQL"), this,
                               [this, now] { copy(now.expressions.join(QLatin1Char('\n')), tr("PromQL")); });
    actions << menu->addAction(tr("Prometheus link"), this,
                               [this, now, base] { copy(prometheusLink(base, now), tr("Prometheus link")); });
    actions << menu->addAction(tr("Grafana explore link"), this, [this, now] {
        const QUrl grafana(QSettings().value(grafanaKey, QStringLiteral("http://localhost:3000")).toString());
        copy(grafanaLink(grafana, now), tr("Grafana link"));
    });
    actions << menu->addAction(tr("API link, for curl and scripts"), this, [this, now, base] {
        ExploreState exact = now;
        const Grid asked = grid();
        exact.stepMs = asked.stepMs;
        if (!exact.instant) {
            exact.startMs = asked.startMs;
            exact.endMs = asked.endMs;
        }
        copy(apiLink(base, exact), tr("API link"));
    });
    menu->addSeparator();
    const bool any = !m_queries->answers().empty();
    actions << menu->addAction(tr("Values over time, TSV"), this, [this] {
        QString text;
        for (const QueryAnswerPtr& answer : m_queries->answers())
            text += tabSeparated(*answer->matrix);
        copy(text, tr("values"));
    });
    actions.back()->setEnabled(any);
    actions << menu->addAction(tr("Table, TSV"), this,
                               [this] { copy(tableText(tableModel(), TableFormat::Tsv), tr("table")); });
    actions << menu->addAction(tr("Table, CSV"), this,
                               [this] { copy(tableText(tableModel(), TableFormat::Csv), tr("table")); });
    for (QAction* action : actions)
        action->setEnabled(action->isEnabled() && !now.expressions.isEmpty());
    menu->popup(below(*m_copy));
}

void ExploreView::openExportMenu()
{
    QMenu* menu = menuOf(this);
    const bool any = !m_queries->answers().empty();
    QAction* picture = menu->addAction(tr("Picture, PNG or SVG…"), this, [this] {
        askAndSavePicture(*m_stack->currentWidget(), QStringLiteral("holdfast-explore"));
    });
    picture->setEnabled(any);
    QAction* table = menu->addAction(tr("Table, CSV or TSV…"), this, [this] {
        askAndSaveTable(*this, QStringLiteral("holdfast-explore"), tableText(tableModel(), TableFormat::Tsv),
                        tableText(tableModel(), TableFormat::Csv));
    });
    table->setEnabled(any);
    menu->popup(below(*m_export));
}

QAbstractItemModel& ExploreView::tableModel()
{
    if (m_tab != Table)
        m_table->setAnswers(m_queries->answers(), m_instant);
    return m_table->model();
}

}  // namespace holdfast::widgets
