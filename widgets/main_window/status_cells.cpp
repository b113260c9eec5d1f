#include "widgets/main_window/status_cells.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/stall_watch.h"
#include "widgets/controls/action_runner.h"
#include "widgets/main_window/overflow_menu.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>

#include <cstdlib>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t lateFromMs = 5000;  // a group evaluates within a second when all is well
constexpr int barHeight = 28;

}  // namespace

StatusCells::StatusCells(const ViewContext& context, bool hasTargetView, bool hasControlView, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_collecting(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_rules(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_store(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
      m_clocks(new FlatButton(context.theme, {}, this, ButtonLook::Quiet)),
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
    m_clocks->setObjectName(QStringLiteral("clockCell"));
    m_collecting->setObjectName(QStringLiteral("collectingCell"));
    m_rules->setObjectName(QStringLiteral("rulesCell"));
    m_store->setObjectName(QStringLiteral("storeCell"));
    m_hint->setObjectName(QStringLiteral("keyHint"));
    m_spared->setObjectName(QStringLiteral("sparedCell"));
    m_version->setObjectName(QStringLiteral("versionCell"));
    m_more = new OverflowMenu(context.theme, this, layout);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    layout->addWidget(m_hint);
    for (FlatButton* cell : {m_collecting, m_rules, m_store, m_clocks, m_armed, m_address, m_spared})
        layout->addWidget(cell);
    layout->addWidget(m_more->button());
    layout->addStretch(1);
    layout->addWidget(m_version);
    int rank = 1;
    for (FlatButton* cell : {m_armed, m_rules, m_store, m_spared, m_clocks, m_address, m_version})
        m_more->add(cell, rank++);
    m_more->add(m_collecting, 0);
    m_hint->hide();
    const auto opens = [&](FlatButton* cell, const QString& view) {
        connect(cell, &FlatButton::clicked, this,
                [this, view] { m_context.navigator.go({.view = view, .service = {}, .item = {}}); });
    };
    if (hasTargetView)
        opens(m_collecting, QStringLiteral("targets"));
    if (hasTargetView)
        connect(m_clocks, &FlatButton::clicked, this, [this] {
            const auto status = m_context.link.status();
            m_context.navigator.go({.view = QStringLiteral("targets"),
                                    .service = {},
                                    .item = status && status->clocks.off > 0 ? status->clocks.worst : QString()});
        });
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
    connect(&context.replay, &Replay::stateChanged, this, &StatusCells::refresh);
    connect(&context.theme, &Theme::changed, this, &StatusCells::fit);
    connect(&m_tick, &QTimer::timeout, this, &StatusCells::refresh);
    m_tick.start(1000);
    fit();
    refresh();
}

void StatusCells::say(FlatButton* cell, const QString& text, const QString& more, Severity mark)
{
    cell->setMark(mark);
    if (cell->text() != text) {
        cell->setText(text);
        cell->setAccessibleName(mark == Severity::Normal ? text : tr("Warning: %1").arg(text));
        cell->updateGeometry();
        cell->update();
    }
    cell->setToolTip(more);
    m_more->setWanted(cell, !text.isEmpty() && (m_hint->isHidden() || cell == m_version));
}

void StatusCells::fit()
{
    setFixedHeight(m_context.theme.px(barHeight));
    fitCells();
    update();
}

void StatusCells::fitCells()
{
    const QMargins margins = layout()->contentsMargins();
    m_more->fit(width() - margins.left() - margins.right());
}

void StatusCells::resizeEvent(QResizeEvent*)
{
    fitCells();
}

void StatusCells::hint(const QString& text)
{
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
    refresh();
}

void StatusCells::refresh()
{
    const EngineLink& link = m_context.link;
    const auto status = link.status();
    if (!status || link.attached()) {
        say(m_collecting, link.connected() ? tr("Connected") : tr("Connecting…"), {});
        for (FlatButton* cell : {m_rules, m_store, m_clocks, m_armed, m_address, m_spared})
            say(cell, {}, {});
        showVersion(status ? tr("Prometheus API %1").arg(status->version) : QString());
        fitCells();
        return;
    }
    showCollecting(*status);
    showRules(*status);
    showStore(*status);
    showClocks(*status);
    showArmed(*status);
    const QUrl address = link.publicUrl();
    // A bundle is looked at and goes; nothing else should hang on its address.
    say(m_address,
        address.isEmpty() || status->replay ? QString() : tr("API %1:%2").arg(address.host()).arg(address.port(80)),
        tr("Prometheus API for Grafana, curl, promtool: %1\nA click copies it.").arg(address.toString()));
    showSpared(*status);
    showVersion(tr("Holdfast %1").arg(status->version));
    fitCells();
}

void StatusCells::showCollecting(const Status& status)
{
    const EngineLink& link = m_context.link;
    if (status.replay) {
        // It scrapes nothing: its own 0 of 0 would deny the targets of the recording.
        say(m_collecting, tr("Recording · nothing is collected"),
            tr("This engine replays a recording from %1 to %2.")
                .arg(timeText(status.replay->startMs, status.replay->endMs),
                     timeText(status.replay->endMs, status.replay->endMs)));
        return;
    }
    const std::int64_t now = link.presentMs();
    const Status::Targets& targets = status.targets;
    QString text = link.connected() ? tr("Collecting · %1/%2 up").arg(targets.up).arg(targets.total)
                                    : tr("Not collecting since %1").arg(timeText(link.sinceMs(), now));
    if (targets.down > 0)
        text += tr(" · %1 down").arg(targets.down);
    if (targets.offlineSuspected)
        text += tr(" · you may be offline");
    // Under the views of a past instant it is the one cell that says what goes on meanwhile.
    if (m_context.replay.on())
        text = tr("LIVE: %1").arg(text);
    const Severity mark = !link.connected()                              ? Severity::Unknown
                          : targets.down > 0 || targets.offlineSuspected ? Severity::Warning
                                                                         : Severity::Normal;
    say(m_collecting, text,
        tr("Last scrape %1 ago, every %2").arg(ageText(now - targets.lastScrapeMs), durationText(targets.intervalMs)),
        mark);
}

void StatusCells::showRules(const Status& status)
{
    if (m_context.replay.on()) {
        say(m_rules, {}, {});
        return;
    }
    const Status::Rules& rules = status.rules;
    const bool late = rules.lateMs > lateFromMs;
    QString text;
    if (rules.rules > 0)
        text = late ? tr("rules %1 late").arg(durationText(rules.lateMs))
                    : tr("rules %1 ago").arg(ageText(m_context.link.presentMs() - rules.lastEvaluationMs));
    if (rules.failing > 0)
        text += tr(" · %1 failing").arg(rules.failing);
    const QString many = rules.rules == 1 ? tr("1 rule") : tr("%1 rules").arg(rules.rules);
    say(m_rules, text,
        late ? tr("%1. Alerts and incidents come that much later; the health page names the slowest group.").arg(many)
             : many,
        late || rules.failing > 0 ? Severity::Warning : Severity::Normal);
}

void StatusCells::showStore(const Status& status)
{
    const EngineLink& link = m_context.link;
    const Status::Store& store = status.store;
    QString text = tr("store %1").arg(bytesText(static_cast<double>(store.bytes)));
    if (store.oldestMs > 0)
        text += tr(" (%1)").arg(durationText((link.connected() ? link.presentMs() : link.sinceMs()) - store.oldestMs));
    if (!store.writeError.isEmpty())
        text += tr(" · cannot write: %1").arg(store.writeError);
    else if (store.nearlyFull())
        text += tr(" · disk nearly full");
    else if (store.refusedBatches > 0)
        text += store.refusedBatches == 1 ? tr(" · 1 batch refused")
                                          : tr(" · %1 batches refused").arg(store.refusedBatches);
    const Severity mark = !store.writeError.isEmpty()                      ? Severity::Critical
                          : store.nearlyFull() || store.refusedBatches > 0 ? Severity::Warning
                                                                           : Severity::Normal;
    say(m_store, text, tr("%1 – %2 series").arg(store.file).arg(store.series), mark);
}

void StatusCells::showClocks(const Status& status)
{
    const Status::Clocks& clocks = status.clocks;
    if (!clocks.worstMs || m_context.replay.on()) {
        say(m_clocks, {}, {});
        return;
    }
    const QString by = durationText(std::abs(*clocks.worstMs));
    const QString meaning =
        tr("Samples have the engine's time, so curves are right; what a target stamps itself, and its logs, are not.");
    if (clocks.off == 0)
        say(m_clocks, tr("clocks agree"), tr("%1 targets tell their time: none is 2 s off.").arg(clocks.known));
    else if (clocks.off == clocks.known && clocks.known > 2)
        say(m_clocks, *clocks.worstMs > 0 ? tr("this clock is %1 slow").arg(by) : tr("this clock is %1 fast").arg(by),
            tr("All %1 targets that tell their time differ from the engine's computer.").arg(clocks.known),
            Severity::Warning);
    else
        say(m_clocks,
            *clocks.worstMs > 0 ? tr("%1 is %2 ahead").arg(clocks.worst, by)
                                : tr("%1 is %2 behind").arg(clocks.worst, by),
            (clocks.off == 1 ? tr("The clock of 1 target is off.")
                             : tr("The clocks of %1 targets are off.").arg(clocks.off))
                + QLatin1Char('\n') + meaning,
            Severity::Warning);
}

void StatusCells::showArmed(const Status& status)
{
    const EngineLink& link = m_context.link;
    if (m_context.replay.on()) {
        say(m_armed, tr("Controls: locked"), m_context.actions.acting().why());
        return;
    }
    QString text = tr("Controls: none");
    if (status.controls > 0)
        text = status.armed.empty() ? tr("Controls: not armed") : tr("Controls: armed");
    QStringList groups;
    if (!link.connected()) {
        text = tr("Controls: unknown");
        groups << tr("The engine is not reachable; when it was last seen:");
    }
    for (const Status::Armed& group : status.armed)
        groups << tr("%1 until %2").arg(group.group, timeText(group.untilMs, link.presentMs()));
    say(m_armed, text, groups.join(QLatin1Char('\n')));
}

void StatusCells::showSpared(const Status& status)
{
    QStringList spared;
    if (status.overload.steps.contains(QLatin1String("slower-repaint")))
        spared << tr("repaint 1/s");
    if (status.overload.steps.contains(QLatin1String("wider-step")))
        spared << tr("half the points");
    if (status.overload.steps.contains(QLatin1String("slower-scrape")))
        spared << tr("tier 3 every 2nd scrape");
    say(m_spared, spared.isEmpty() ? QString() : tr("Overload: %1").arg(spared.join(QStringLiteral(", "))),
        tr("%1\nActions, their audit and reverts are never left out.").arg(status.overload.why), Severity::Warning);
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
