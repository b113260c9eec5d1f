#include "widgets/main_window/status_cells.h"

#include "widgets/client/engine_link.h"
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

#include <chrono>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t lateFromMs = 5000;  // a group evaluates within a second when all is well
constexpr int watchFromMs = 5000;          // the first layout of a window is no hitch

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
      m_version(new RoleLabel(context.theme, TextRole::Tertiary, {}, this)),
      m_stalls([started = std::chrono::steady_clock::now()] {
          return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started)
              .count();
      })
{
    setFixedHeight(28);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 1, 12, 1);
    layout->setSpacing(2);
    m_address->setObjectName(QStringLiteral("apiAddress"));
    m_armed->setObjectName(QStringLiteral("armedCell"));
    for (FlatButton* cell : {m_collecting, m_rules, m_store, m_armed, m_address})
        layout->addWidget(cell);
    layout->addStretch(1);
    layout->addWidget(m_version);
    const auto opens = [&](FlatButton* cell, const QString& view) {
        connect(cell, &FlatButton::clicked, this,
                [this, view] { m_context.navigator.go({.view = view, .service = {}, .item = {}}); });
    };
    if (hasTargetView)
        opens(m_collecting, QStringLiteral("targets"));
    if (hasControlView)
        opens(m_armed, QStringLiteral("controls"));
    connect(m_address, &FlatButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_context.link.publicUrl().toString()); });
    connect(&context.link, &EngineLink::statusChanged, this, &StatusCells::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &StatusCells::refresh);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(&m_tick, &QTimer::timeout, this, &StatusCells::refresh);
    m_tick.start(1000);
    QTimer::singleShot(watchFromMs, this, [this] { m_stalls.watch(); });
    refresh();
}

void StatusCells::refresh()
{
    const EngineLink& link = m_context.link;
    const auto status = link.status();
    if (!status || link.attached()) {
        say(m_collecting, link.connected() ? tr("Connected") : tr("Connecting…"), {});
        for (FlatButton* cell : {m_rules, m_store, m_armed, m_address})
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
    showVersion(tr("Holdfast %1").arg(status->version));
}

void StatusCells::showVersion(const QString& text)
{
    const auto status = m_context.link.status();
    if (m_stalls.stalls() == 0 || (status && status->replay)) {
        m_version->setText(text);
        return;
    }
    m_version->setText(tr("window stalled %1×   %2").arg(m_stalls.stalls()).arg(text));
    m_version->setToolTip(tr("This window did not react for more than %1 ms, %2 times; the longest was %3 ms.")
                              .arg(StallWatch::stallMs)
                              .arg(m_stalls.stalls())
                              .arg(m_stalls.longestMs()));
}

void StatusCells::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.window);
    painter.fillRect(QRect(0, 0, width(), 1), t.grid);
}

}  // namespace holdfast::widgets
