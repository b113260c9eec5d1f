#include "widgets/main_window/status_cells.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/stall_watch.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t lateFromMs = 5000;  // a group evaluates within a second when all is well
constexpr int barHeight = 28;

void say(FlatButton* cell, const QString& text, const QString& more)
{
    if (cell->text() != text) {
        cell->setText(text);
        cell->setAccessibleName(text);
        cell->updateGeometry();
        cell->update();
    }
    cell->setToolTip(more);
    cell->setVisible(!text.isEmpty());
}

}  // namespace

StatusCells::StatusCells(const ViewContext& context, bool hasTargetView, bool hasControlView, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_collecting(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_rules(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_store(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_armed(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_address(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_spared(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_version(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_hint(new RoleLabel(context.theme, TextRole::Strong, {}, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 1, 12, 1);
    layout->setSpacing(2);
    m_address->setObjectName(QStringLiteral("apiAddress"));
    m_armed->setObjectName(QStringLiteral("armedCell"));
    m_hint->setObjectName(QStringLiteral("keyHint"));
    m_spared->setObjectName(QStringLiteral("sparedCell"));
    m_version->setObjectName(QStringLiteral("versionCell"));
    layout->addWidget(m_hint);
    for (FlatButton* cell : {m_collecting, m_rules, m_store, m_armed, m_address, m_spared})
        layout->addWidget(cell);
    layout->addStretch(1);
    layout->addWidget(m_version);
    m_hint->hide();
    const auto opens = [&](FlatButton* cell, const QString& view) {
        connect(cell, &FlatButton::clicked, this,
                [this, view] { m_context.navigator.go({.view = view, .service = {}, .item = {}}); });
    };
    if (hasTargetView)
        opens(m_collecting, QStringLiteral("targets"));
    if (hasControlView)
        opens(m_armed, QStringLiteral("controls"));
    if (!context.link.attached()) {
        for (FlatButton* cell : {m_rules, m_store, m_spared, m_version})
            opens(cell, QStringLiteral("health"));
    }
    connect(m_address, &FlatButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_context.link.publicUrl().toString()); });
    connect(&context.link, &EngineLink::statusChanged, this, &StatusCells::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &StatusCells::refresh);
    connect(&context.theme, &Theme::changed, this, &StatusCells::fit);
    connect(&m_tick, &QTimer::timeout, this, &StatusCells::refresh);
    m_tick.start(1000);
    fit();
    refresh();
}

void StatusCells::fit()
{
    setFixedHeight(m_context.theme.px(barHeight));
    update();
}

void StatusCells::hint(const QString& text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
    for (FlatButton* cell : {m_collecting, m_rules, m_store, m_armed, m_address, m_spared})
        cell->setVisible(text.isEmpty() && !cell->text().isEmpty());
}

void StatusCells::refresh()
{
    const EngineLink& link = m_context.link;
    const auto status = link.status();
    if (!status || link.attached()) {
        say(m_collecting, link.connected() ? tr("Connected") : tr("Connecting…"), {});
        for (FlatButton* cell : {m_rules, m_store, m_armed, m_address, m_spared})
            cell->hide();
        showVersion(status ? tr("Prometheus API %1").arg(status->version) : QString());
        return;
    }
    const std::int64_t now = link.presentMs();
    const Status::Targets& targets = status->targets;
    QString collecting = link.connected() ? tr("Collecting · %1/%2 up").arg(targets.up).arg(targets.total)
                                          : tr("Not collecting since %1").arg(timeText(link.sinceMs(), now));
    if (targets.down > 0)
        collecting += tr(" · %1 down").arg(targets.down);
    if (targets.offlineSuspected)
        collecting += tr(" · you may be offline");
    say(m_collecting, collecting,
        tr("Last scrape %1 ago, every %2").arg(ageText(now - targets.lastScrapeMs), durationText(targets.intervalMs)));
    const Status::Rules& rules = status->rules;
    QString ruleText;
    if (rules.rules > 0)
        ruleText = rules.lateMs > lateFromMs ? tr("rules %1 late").arg(durationText(rules.lateMs))
                                             : tr("rules %1 ago").arg(ageText(now - rules.lastEvaluationMs));
    if (rules.failing > 0)
        ruleText += tr(" · %1 failing").arg(rules.failing);
    say(m_rules, ruleText, rules.rules == 1 ? tr("1 rule") : tr("%1 rules").arg(rules.rules));
    const Status::Store& store = status->store;
    QString storeText = tr("store %1").arg(bytesText(static_cast<double>(store.bytes)));
    if (store.oldestMs > 0)
        storeText += tr(" (%1)").arg(durationText((link.connected() ? now : link.sinceMs()) - store.oldestMs));
    if (!store.writeError.isEmpty())
        storeText += tr(" · cannot write: %1").arg(store.writeError);
    else if (store.refusedBatches > 0)
        storeText += store.refusedBatches == 1 ? tr(" · 1 batch refused")
                                               : tr(" · %1 batches refused").arg(store.refusedBatches);
    say(m_store, storeText, tr("%1 – %2 series").arg(store.file).arg(store.series));
    QString armed = tr("Controls: none");
    if (status->controls > 0)
        armed = status->armed.empty() ? tr("Controls: not armed") : tr("Controls: armed");
    if (!link.connected())
        armed = tr("Controls: unknown");
    QStringList groups;
    if (!link.connected())
        groups << tr("The engine is not reachable; when it was last seen:");
    for (const Status::Armed& group : status->armed)
        groups << tr("%1 until %2").arg(group.group, timeText(group.untilMs, now));
    say(m_armed, armed, groups.join(QLatin1Char('\n')));
    const QUrl address = link.publicUrl();
    // A bundle is looked at and goes; nothing else should hang on its address.
    say(m_address,
        address.isEmpty() || status->replay ? QString() : tr("API %1:%2").arg(address.host()).arg(address.port(80)),
        tr("Prometheus API for Grafana, curl, promtool: %1\nA click copies it.").arg(address.toString()));
    QStringList spared;
    if (status->overload.steps.contains(QLatin1String("slower-repaint")))
        spared << tr("repaint 1/s");
    if (status->overload.steps.contains(QLatin1String("wider-step")))
        spared << tr("half the points");
    if (status->overload.steps.contains(QLatin1String("slower-scrape")))
        spared << tr("tier 3 every 2nd scrape");
    say(m_spared, spared.isEmpty() ? QString() : tr("Overload: %1").arg(spared.join(QStringLiteral(", "))),
        tr("%1\nActions, their audit and reverts are never left out.").arg(status->overload.why));
    showVersion(tr("Holdfast %1").arg(status->version));
}

void StatusCells::showVersion(const QString& text)
{
    const auto status = m_context.link.status();
    const StallWatch* stalls = m_context.stalls;
    if (!stalls || stalls->stalls() == 0 || (status && status->replay)) {
        say(m_version, text, tr("Holdfast's own health"));
        return;
    }
    say(m_version, tr("window stalled %1×   %2").arg(stalls->stalls()).arg(text),
        tr("This window did not react for more than %1 ms, %2 times; the longest was %3 ms.")
            .arg(StallWatch::stallMs)
            .arg(stalls->stalls())
            .arg(stalls->longestMs()));
}

void StatusCells::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.fillRect(QRect(0, 0, width(), 1), t.grid);
}

}  // namespace holdfast::widgets
