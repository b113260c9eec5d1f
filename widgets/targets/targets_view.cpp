#include "widgets/targets/targets_view.h"

#include "widgets/client/prometheus_targets.h"
#include "widgets/controls/action_runner.h"
#include "widgets/export/table_text.h"
#include "widgets/first_run/add_target_dialog.h"
#include "widgets/navigator.h"
#include "widgets/table/list_header.h"
#include "widgets/table/row_table.h"
#include "widgets/targets/disable_dialog.h"
#include "widgets/targets/relabel_trail.h"
#include "widgets/targets/scrape_spark.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/state_page.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>
#include <utility>

namespace holdfast::widgets {

namespace {

Feed<TargetList>::Ask prometheusTargetsQuestion()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("active"));
    return {QStringLiteral("/api/v1/targets"), query};
}

bool inTrouble(const Target& target)
{
    return target.health == QLatin1String("down");
}

}  // namespace

TargetsView::TargetsView(const ViewContext& context, QWidget* parent)
    : View(parent),
      m_context(context),
      m_targets(
          context.api, context.link, context.link.attached() ? decodePrometheusTargets : decodeTargets,
          [attached = context.link.attached()] {
              return attached ? prometheusTargetsQuestion()
                              : Feed<TargetList>::Ask{QStringLiteral("/holdfast/v1/targets"), {}};
          },
          {QStringLiteral("target")}, 2'000, this),
      m_model(makeTargetModel([&link = context.link] { return link.engineNowMs(); }, this)),
      m_header(new ListHeader(context.theme, tr("Targets"), tr("Filter by job, endpoint or label"), tr("Only abnormal"),
                              this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    buildHeader(layout);
    m_empty = new StatePage(m_context.theme, this);
    connect(m_empty, &StatePage::wayOutTaken, this, &TargetsView::takeWayOut);
    layout->addWidget(m_empty, 1);
    m_table = new RowTable(m_context.theme, tr("Targets"), this);
    m_table->setObjectName(QStringLiteral("targetTable"));
    m_table->setModel(m_model);
    m_table->setStretchColumn(11);
    m_table->setItemDelegateForColumn(5, new ScrapeSpark(m_context.theme, m_table));
    connect(m_table, &RowTable::keySelected, this, &TargetsView::showDetail);
    connect(m_table, &RowTable::rowOpened, this, [this](const QModelIndex& index) {
        m_context.navigator.go({QStringLiteral("service"), m_model->row(index.row()).job, {}});
    });
    layout->addWidget(m_table, 1);
    buildDetail(layout);
    connect(&m_targets, &FeedBase::changed, this, &TargetsView::showTargets);
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, [this] { m_model->touch(); });
    showTargets();
}

void TargetsView::buildHeader(QVBoxLayout* layout)
{
    const Theme& theme = m_context.theme;
    connect(m_header, &ListHeader::changed, this, &TargetsView::showTargets);
    m_sort = new FlatButton(theme, QString(), this);
    m_sort->setObjectName(QStringLiteral("sortTargets"));
    m_sort->setKeyHint(QStringLiteral("S"));
    m_sort->hide();
    connect(m_sort, &FlatButton::clicked, this, &TargetsView::sortNow);
    auto* copy = new FlatButton(theme, tr("Copy table"), this);
    copy->setObjectName(QStringLiteral("copyTargets"));
    copy->setToolTip(tr("What is shown, as tab-separated text"));
    connect(copy, &FlatButton::clicked, this,
            [this] { QApplication::clipboard()->setText(tableText(*m_model, TableFormat::Tsv)); });
    m_add = new FlatButton(theme, tr("Add target…"), this, ButtonLook::Filled);
    m_add->setObjectName(QStringLiteral("addTarget"));
    m_add->setVisible(!m_context.link.readOnly());
    connect(m_add, &FlatButton::clicked, this, &TargetsView::addTarget);
    for (FlatButton* button : {m_sort, copy, m_add})
        m_header->addButton(button);
    layout->addWidget(m_header);
}

void TargetsView::buildDetail(QVBoxLayout* layout)
{
    m_detail = new QWidget(this);
    auto* box = new QVBoxLayout(m_detail);
    box->setContentsMargins(0, 4, 0, 0);
    box->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    m_name = new RoleLabel(m_context.theme, TextRole::Title, QString(), m_detail);
    head->addWidget(m_name, 1);
    const auto add = [this, head](const QString& text, auto act) {
        auto* button = new FlatButton(m_context.theme, text, m_detail);
        connect(button, &FlatButton::clicked, this, act);
        head->addWidget(button);
        return button;
    };
    m_scrape = add(tr("Scrape now"), [this] { scrapeNow(); });
    m_disable = add(tr("Disable until…"), [this] { askToDisable(); });
    m_disable->setObjectName(QStringLiteral("disableTarget"));
    for (FlatButton* button : {m_scrape, m_disable})
        button->setVisible(!m_context.link.readOnly());
    connect(&m_context.actions.acting(), &Acting::changed, this, &TargetsView::showDetail);
    add(tr("Open raw text"), [this] {
        if (const Target* target = chosen())
            QDesktopServices::openUrl(QUrl(target->url));
    });
    add(tr("Copy address"), [this] {
        if (const Target* target = chosen())
            QApplication::clipboard()->setText(target->url);
    });
    add(tr("Explore"), [this] {
        if (const Target* target = chosen())
            m_context.navigator.go({QStringLiteral("explore"),
                                    {},
                                    QStringLiteral("{job=\"%1\",instance=\"%2\"}").arg(target->job, target->instance)});
    });
    box->addLayout(head);
    m_words = new RoleLabel(m_context.theme, TextRole::Body, QString(), m_detail);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->addWidget(m_words);
    m_trail = new RoleLabel(m_context.theme, TextRole::Small, QString(), m_detail);
    m_trail->setObjectName(QStringLiteral("relabelTrail"));
    m_trail->setWordWrap(true);
    m_trail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->addWidget(m_trail);
    m_history = new RoleLabel(m_context.theme, TextRole::Small, QString(), m_detail);
    m_history->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->addWidget(m_history);
    m_answer = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), m_detail);
    box->addWidget(m_answer);
    layout->addWidget(m_detail);
    m_detail->hide();
}

void TargetsView::activate()
{
    m_targets.setActive(true);
    m_second.start();
}

void TargetsView::deactivate()
{
    m_targets.setActive(false);
    m_second.stop();
}

void TargetsView::placeChanged()
{
    const QString item = m_context.navigator.place().item;
    if (!item.isEmpty())
        m_header->setWords(item);
}

void TargetsView::focusFilter()
{
    m_header->focusFilter();
}

void TargetsView::moveSelection(int by)
{
    m_table->moveSelection(by);
}

void TargetsView::toggleAbnormal()
{
    m_header->toggleOnly();
}

void TargetsView::refreshNow()
{
    m_targets.refresh();
}

bool TargetsView::escape()
{
    return m_header->clear();
}

bool TargetsView::painted() const
{
    return m_targets.latest() != nullptr;
}

void TargetsView::showTargets()
{
    const auto list = m_targets.latest();
    std::vector<Target> rows;
    qint64 up = 0;
    if (list) {
        for (const Target& target : list->targets) {
            up += target.health == QLatin1String("up") ? 1 : 0;
            if (matches(target))
                rows.push_back(target);
        }
        m_header->setSummary(tr("%1 of %2 up").arg(up).arg(static_cast<qint64>(list->targets.size())));
    }
    if (list)
        keepOrder(rows);
    showOrder(rows);
    const bool empty = rows.empty();
    m_model->setRows(std::move(rows));
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    if (empty)
        sayWhyEmpty(list != nullptr, list ? static_cast<qint64>(list->targets.size()) : 0);
    showDetail();
}

void TargetsView::keepOrder(std::vector<Target>& rows)
{
    if (std::exchange(m_sortWanted, false)) {
        m_lifted.clear();
        for (const Target& target : rows) {
            if (inTrouble(target))
                m_lifted.insert(targetKey(target));
        }
    }
    std::ranges::stable_sort(rows, {}, [this](const Target& target) {
        return std::make_tuple(!m_lifted.contains(targetKey(target)), target.job, target.url);
    });
}

void TargetsView::showOrder(const std::vector<Target>& rows)
{
    const auto moves = std::ranges::count_if(
        rows, [this](const Target& target) { return inTrouble(target) && !m_lifted.contains(targetKey(target)); });
    m_sort->setVisible(moves > 0);
    m_sort->setText(moves == 1 ? tr("1 row would move up – sort now")
                               : tr("%1 rows would move up – sort now").arg(moves));
    m_sort->updateGeometry();
}

void TargetsView::sortNow()
{
    m_sortWanted = true;
    showTargets();
}

void TargetsView::sayWhyEmpty(bool answered, qint64 all)
{
    m_wayOut = WayOut::Add;
    if (const auto& error = m_targets.error()) {
        m_wayOut = WayOut::Again;
        m_empty->say(tr("The targets cannot be read"), QString::fromStdString(error->message), tr("Ask again"));
    } else if (!answered) {
        m_empty->say(tr("Reading the targets…"), tr("The engine was asked which endpoints it reads."), {});
    } else if (all == 0) {
        m_empty->say(tr("Nothing is scraped yet"),
                     tr("Add the address of a service's metrics; or start the engine with a prometheus.yml: "
                        "holdfast serve --config my.yml"),
                     m_context.link.readOnly() ? QString() : tr("Add target…"));
    } else {
        m_wayOut = WayOut::ShowAll;
        m_empty->say(m_header->words().isEmpty() ? tr("All %1 targets are up").arg(all)
                                                 : tr("No target matches “%1”").arg(m_header->words()),
                     tr("%1 targets are hidden by the filter. Esc shows them, too.").arg(all), tr("Show all"));
    }
}

void TargetsView::takeWayOut()
{
    switch (m_wayOut) {
    case WayOut::Add: addTarget(); break;
    case WayOut::Again: m_targets.refresh(); break;
    case WayOut::ShowAll: escape(); break;
    }
}

void TargetsView::addTarget()
{
    auto* dialog = new AddTargetDialog(m_context.api, m_context.theme, this);
    connect(dialog, &AddTargetDialog::added, this, [this](const QString& job) {
        escape();
        m_header->setSummary(tr("%1 is live").arg(job));
        m_targets.refresh();
    });
    dialog->open();
}

void TargetsView::showDetail()
{
    const Target* target = chosen();
    m_detail->setVisible(target != nullptr);
    if (target == nullptr)
        return;
    m_name->setText(QStringLiteral("%1   %2").arg(target->job, target->url));
    QString text = labelText(target->labels);
    if (!target->error.isEmpty())
        text = tr("%1\nIts own words: %2\n%3").arg(target->errorWords, target->error, text);
    m_words->setText(text);
    QStringList lines;
    const std::int64_t now = m_context.link.engineNowMs();
    for (auto it = target->history.rbegin(); it != target->history.rend(); ++it) {
        lines << QStringLiteral("%1   %2   %3")
                     .arg(timeText(it->atMs, now), latencyText(it->durationMs / 1'000),
                          it->error.isEmpty() ? tr("%1 samples").arg(it->samples) : it->error);
    }
    m_history->setText(lines.join(QLatin1Char('\n')));
    m_trail->setText(relabelTrail(*target).join(QLatin1Char('\n')));
    m_trail->setVisible(!m_trail->text().isEmpty());
    const bool disabled = target->disabledUntilMs > now;
    m_disable->setText(disabled ? tr("Enable") : tr("Disable until…"));
    m_disable->updateGeometry();
    const Acting& acting = m_context.actions.acting();
    acting.apply(*m_scrape, !disabled);
    acting.apply(*m_disable, true);
}

void TargetsView::scrapeNow()
{
    change(QStringLiteral("/holdfast/v1/targets/scrape"), {}, tr("Scrape asked for; the row shows its outcome."));
}

void TargetsView::askToDisable()
{
    const Target* target = chosen();
    if (target == nullptr)
        return;
    if (target->disabledUntilMs > m_context.link.engineNowMs()) {
        pause(0, {});
        return;
    }
    auto* dialog =
        new DisableDialog(m_context.theme, QStringLiteral("%1   %2").arg(target->job, target->instance), this);
    connect(dialog, &DisableDialog::confirmed, this, &TargetsView::pause);
    dialog->open();
}

void TargetsView::pause(qint64 forS, const QString& reason)
{
    change(QStringLiteral("/holdfast/v1/targets/pause"),
           {{QStringLiteral("for_s"), forS},
            {QStringLiteral("actor"), m_context.actions.actor()},
            {QStringLiteral("reason"), reason}},
           forS > 0 ? tr("It is left alone for %1.").arg(durationText(forS * 1'000)) : tr("It is scraped again."));
}

/// Asks the engine to do something with the chosen target.
void TargetsView::change(const QString& path, const QJsonObject& body, const QString& done)
{
    const Target* target = chosen();
    if (target == nullptr)
        return;
    QJsonObject whole = body;
    whole.insert(QStringLiteral("job"), target->job);
    whole.insert(QStringLiteral("instance"), target->instance);
    m_context.api.post<QByteArray>(
        m_scrapeSlot, path, whole, [](const QByteArray& answer) -> Result<QByteArray> { return answer; },
        [this, done](const Result<std::shared_ptr<const QByteArray>>& answer) {
            m_answer->setText(answer ? done : QString::fromStdString(answer.error().message));
            m_targets.refresh();
        });
}

bool TargetsView::matches(const Target& target) const
{
    if (m_header->only() && target.health == QLatin1String("up") && !isStale(target, m_context.link.engineNowMs()))
        return false;
    return m_header->fits(target.job) || m_header->fits(target.url) || m_header->fits(labelText(target.labels));
}

const Target* TargetsView::chosen() const
{
    const int row = m_model->rowOf(m_table->selectedKey());
    return row < 0 ? nullptr : &m_model->row(row);
}

}  // namespace holdfast::widgets
