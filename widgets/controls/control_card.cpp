#include "widgets/controls/control_card.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_dialog.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/control_rows.h"
#include "widgets/controls/outcome.h"
#include "widgets/controls/value_box.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int undoSeconds = 8;
constexpr int outcomeReadMs = 20'000;
constexpr std::int64_t inlineHoldS = 900;
constexpr std::int64_t extendByS = 900;
constexpr int buttonGap = 6;
constexpr int cardMargin = 12;
constexpr int leastRoom = 260;
constexpr int glyphRoom = 18;

}  // namespace

QString controlTitle(const Control& control)
{
    if (control.kind == ControlKind::Breaker)
        return QStringLiteral("%1 → %2").arg(control.service, control.callee.isEmpty() ? control.name : control.callee);
    return control.service.isEmpty() ? control.name : QStringLiteral("%1: %2").arg(control.service, control.name);
}

Severity controlSeverity(const Control& control)
{
    if (control.quality == QLatin1String("unknown") || control.state == QLatin1String("unknown"))
        return Severity::Unknown;
    if (control.state == QLatin1String("open") || (control.meaning == QLatin1String("rejecting") && !control.forced()))
        return Severity::Critical;
    if (control.state == QLatin1String("half_open") || control.meaning == QLatin1String("trying"))
        return Severity::Warning;
    // "SHEDDING – at limit" and a bypassed breaker protect nobody any more: worth a look, no alarm.
    const bool weak = control.meaning == QLatin1String("reduced") || control.meaning == QLatin1String("bypassed");
    return weak && !control.forced() ? Severity::Warning : Severity::Normal;
}

bool standsOut(const Control& control)
{
    return control.forced() || controlSeverity(control) != Severity::Normal || control.state == QLatin1String("on");
}

ControlCard::ControlCard(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_title(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_state(new RoleLabel(context.theme, TextRole::Strong, QString(), this)),
      m_facts(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_hold(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_outcome(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_effect(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_buttons(new QWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(4);
    for (RoleLabel* label : {m_title, m_state, m_effect, m_facts, m_hold, m_outcome}) {
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    layout->addWidget(m_buttons);
    m_state->setContentsMargins(context.theme.px(glyphRoom), 0, 0, 0);
    m_outcome->hide();
    connect(&m_undo, &QTimer::timeout, this, &ControlCard::sendAfterUndo);
    connect(&context.actions, &ActionRunner::progressed, this, &ControlCard::onProgress);
    connect(&context.actions, &ActionRunner::refused, this, &ControlCard::onRefused);
    connect(&context.theme, &Theme::changed, this, [this] {
        m_state->setContentsMargins(m_context.theme.px(glyphRoom), 0, 0, 0);
        update();
    });
}

bool ControlCard::stands() const
{
    return standsOut(m_control);
}

void ControlCard::setControl(const Control& control)
{
    m_control = control;
    setObjectName(QStringLiteral("control.") + control.id);
    m_title->setText(controlTitle(control));
    m_state->setText(control.word.isEmpty() ? control.state : control.word);
    setToolTip(control.effect);
    const bool on = control.kind == ControlKind::Flag && standsOut(control) && !control.effect.isEmpty();
    m_effect->setText(on ? tr("Users notice: %1").arg(control.effect) : QString());
    m_effect->setVisible(on);
    tick();
    rebuildButtons();
    setAccessibleName(QStringLiteral("%1, %2, %3").arg(m_title->text(), m_state->text(), m_facts->text()));
    update();
}

QString ControlCard::factsText() const
{
    const QString age = ageText(m_context.link.engineNowMs() - m_control.observedMs);
    QStringList facts;
    if (m_control.n > 0)
        facts << tr("%1 of %2 instances").arg(m_control.k).arg(m_control.n);
    const QString metrics = metricsDisagree(m_control);
    const auto status = m_context.link.status();
    if (!metrics.isEmpty() && status && status->targets.lastScrapeMs > 0) {
        const std::int64_t next = status->targets.lastScrapeMs + status->targets.intervalMs;
        const std::int64_t in = std::max<std::int64_t>(0, next - m_context.link.engineNowMs());
        facts << tr("the service confirmed it %1 ago; its metrics still say %2 (next scrape in %3)")
                     .arg(age, metrics, durationText((in + 999) / 1000 * 1000));
    } else if (!metrics.isEmpty())
        facts << tr("the service confirmed it %1 ago; its metrics still say %2").arg(age, metrics);
    else if (m_control.quality == QLatin1String("confirmed"))
        facts << tr("read back %1 ago").arg(age);
    else if (!m_control.quality.isEmpty())
        facts << tr("%1, %2 ago").arg(m_control.quality, age);
    if (m_control.failureRatio)
        facts << tr("failing %1").arg(ratioText(*m_control.failureRatio));
    if (m_control.refusedPerS && *m_control.refusedPerS > 0)
        facts << tr("refusing %1").arg(rateText(*m_control.refusedPerS));
    return facts.join(QStringLiteral(" · "));
}

QString ControlCard::whyDisabled() const
{
    const Acting& acting = m_context.actions.acting();
    return acting.allowed() ? m_control.locked : acting.why();
}

void ControlCard::tick()
{
    m_facts->setText(factsText());
    forgetOutcome();
    QString hold;
    if (m_control.lease) {
        const Lease& lease = *m_control.lease;
        const std::int64_t now = m_context.link.engineNowMs();
        const QString end =
            QStringLiteral("%1 (%2)").arg(countdownText(lease.untilMs - now), timeText(lease.untilMs, now));
        if (!lease.untilRecovered)
            hold = tr("by %1 · ends in %2").arg(lease.actor, end);
        else if (lease.calmSinceMs > 0)
            hold = tr("by %1 · calm for %2, ends soon").arg(lease.actor, ageText(now - lease.calmSinceMs));
        else
            hold = tr("by %1 · until it recovers, at most %2").arg(lease.actor, end);
        hold += tr("\n“%1”").arg(lease.reason);
        if (lease.keeper == QLatin1String("engine"))
            hold += tr("\nTime limit kept by this computer");
        if (lease.drifted > 0)
            hold += lease.drifted == 1 ? tr("\nDRIFTED: 1 instance does not have it")
                                       : tr("\nDRIFTED: %1 instances do not have it").arg(lease.drifted);
    } else if (m_context.actions.acting().allowed()) {
        hold = m_control.locked;  // what locks everything is said once, above the cards
    }
    m_hold->setText(hold);
    m_hold->setVisible(!hold.isEmpty());
}

void ControlCard::forgetOutcome()
{
    m_seenInForce |= m_control.forced();
    const bool over = m_seenInForce && !m_control.rests(m_succeeded) && !m_control.forced();
    if (m_succeeded.isEmpty() || (!over && m_sinceSucceeded.elapsed() < outcomeReadMs))
        return;
    m_succeeded.clear();
    m_outcome->hide();
}

void ControlCard::rebuildButtons()
{
    QString key =
        (m_control.lease ? QStringLiteral("lease%1").arg(m_control.lease->id) : modeOf(m_control)) + m_control.state;
    const QString disabled = whyDisabled();
    key += disabled + m_pendingTo + (m_control.highBlast ? QLatin1Char('h') : QLatin1Char('l'));
    for (const ControlOption& option : m_control.options)
        key += option.value;
    m_room = std::max(leastRoom, width() - 2 * cardMargin);
    key += QString::number(m_room);
    if (key == m_buttonKey)
        return;  // a button must not vanish under the pointer because a number changed
    m_buttonKey = key;
    delete m_buttons;
    m_buttons = new QWidget(this);
    auto* rows = new QVBoxLayout(m_buttons);
    rows->setContentsMargins(0, 4, 0, 0);
    rows->setSpacing(6);
    QHBoxLayout* row = nullptr;
    bool hasValue = false;
    int room = 0;
    const auto add = [&](const QString& text, ButtonLook look, auto&& slot) {
        auto* button = new FlatButton(m_context.theme, text, m_buttons, look);
        button->setEnabled(disabled.isEmpty());
        button->setToolTip(disabled);
        connect(button, &FlatButton::clicked, this, slot);
        room -= button->sizeHint().width() + buttonGap;
        if (!row || room < 0) {
            row = new QHBoxLayout;
            row->setSpacing(buttonGap);
            row->setAlignment(Qt::AlignLeft);
            rows->addLayout(row);
            room = m_room - button->sizeHint().width();
        }
        row->addWidget(button);
    };
    if (!m_pendingTo.isEmpty()) {
        add(tr("Undo"), ButtonLook::Filled, [this] {
            m_undo.stop();
            m_pendingTo.clear();
            m_outcome->hide();
            rebuildButtons();
        });
    } else if (m_control.lease) {
        const Lease lease = *m_control.lease;
        add(tr("Release"), ButtonLook::Outlined, [this, lease] {
            m_ticket = m_context.actions.revert(lease, tr("no reason given – released in the panel"));
        });
        add(tr("+15 min"), ButtonLook::Outlined,
            [this, lease] { m_ticket = m_context.actions.extend(lease, extendByS); });
    } else {
        if (m_control.takesValues() && m_control.locked.isEmpty()) {
            auto* value = new ValueBox(m_context.theme, m_control, ValueBox::Button::Shown, m_buttons);
            value->setEnabled(disabled.isEmpty());
            rows->addWidget(value);
            connect(value, &ValueBox::applied, this, &ControlCard::choose);
            hasValue = true;
        }
        for (const RowAct& act : rowActs(m_control)) {
            const ControlOption& option = act.option;
            if (option.value.isEmpty() || (!act.offered && m_control.locked.isEmpty()))
                continue;
            add(m_control.highBlast ? option.label + QStringLiteral("…") : option.label, ButtonLook::Outlined,
                [this, to = option.value] { choose(to); });
        }
    }
    static_cast<QVBoxLayout*>(layout())->addWidget(m_buttons);
    m_buttons->setVisible(row != nullptr || hasValue);
}

void ControlCard::choose(const QString& to)
{
    if (m_control.highBlast) {
        (new ActionDialog(m_context, m_control, to, window()))->open();
        return;
    }
    startUndo(to);
}

void ControlCard::startUndo(const QString& to)
{
    m_pendingTo = to;
    m_succeeded.clear();
    m_undoLeft = undoSeconds;
    m_undo.start(1000);
    m_outcome->setRole(TextRole::Small);
    m_outcome->setText(tr("Sends in %1 s, for 15 min").arg(m_undoLeft));
    m_outcome->show();
    rebuildButtons();
}

void ControlCard::sendAfterUndo()
{
    if (--m_undoLeft > 0) {
        m_outcome->setText(tr("Sends in %1 s, for 15 min").arg(m_undoLeft));
        return;
    }
    m_undo.stop();
    const QString to = std::exchange(m_pendingTo, {});
    if (!m_context.link.connected()) {
        m_outcome->setRole(TextRole::Critical);
        m_outcome->setText(tr("Not sent: the engine is not reachable."));
        rebuildButtons();
        return;
    }
    m_outcome->setText(tr("Sending…"));
    m_ticket = m_context.actions.submit({.control = m_control.id,
                                         .to = to,
                                         .holdS = inlineHoldS,
                                         .reason = tr("no reason given – switched in the panel"),
                                         .expected = modeOf(m_control),
                                         .typedName = {},
                                         .incident = 0});
    rebuildButtons();
}

void ControlCard::onProgress(int ticket)
{
    const auto action = m_context.actions.action(ticket);
    if (!action || (ticket != m_ticket && action->control != m_control.id))
        return;
    m_outcome->setRole(outcomeRole(*action));
    m_outcome->setText(outcomeText(*action));
    m_outcome->show();
    m_succeeded = action->settled() && outcomeRole(*action) != TextRole::Critical ? action->to : QString();
    m_seenInForce = m_control.forced();
    m_sinceSucceeded.start();
    if (action->settled())
        m_context.controls.refresh();
}

void ControlCard::onRefused(int ticket, const QString& why)
{
    if (ticket != m_ticket)
        return;
    m_succeeded.clear();
    m_outcome->setRole(TextRole::Critical);
    m_outcome->setText(tr("Not done: %1").arg(why));
    m_outcome->show();
    m_context.controls.refresh();
}

void ControlCard::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Acting& acting = m_context.actions.acting();
    for (const ControlOption& option : acting.allowed() ? usefulOptions(m_control) : std::vector<ControlOption>()) {
        const QString label = option.value.isEmpty() ? tr("Set, with reason and hold…")
                                                     : tr("%1, with reason and hold…").arg(option.label);
        connect(menu->addAction(label), &QAction::triggered, this,
                [this, to = option.value] { (new ActionDialog(m_context, m_control, to, window()))->open(); });
    }
    if (menu->isEmpty())
        menu->addAction(whyDisabled().isEmpty() ? tr("Nothing to switch") : whyDisabled())->setEnabled(false);
    menu->popup(event->globalPos());
}

void ControlCard::letShrink()
{
    setMinimumHeight(0);
}

void ControlCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (std::max(leastRoom, width() - 2 * cardMargin) != m_room)
        QTimer::singleShot(0, this, &ControlCard::rebuildButtons);
    // What has grown stays so while somebody is at the panel: a button below must not come up under the pointer.
    if (parentWidget() && parentWidget()->underMouse())
        setMinimumHeight(height());
    if (event->oldSize().height() > 0 && height() > event->oldSize().height())
        emit grew(height() - event->oldSize().height());
}

void ControlCard::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const Severity severity = controlSeverity(m_control);
    QColor fill = t.raised;
    QColor frame = Qt::transparent;
    if (m_control.forced()) {
        fill = t.heldTint;
        frame = t.held;
    } else if (severity != Severity::Normal) {
        fill = m_context.theme.tint(severity);
        frame = m_context.theme.colour(severity);
    }
    painter.setPen(frame == QColor(Qt::transparent) ? QPen(Qt::NoPen) : QPen(frame, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 5, 5);
    const int size = m_context.theme.px(12);
    const QRectF shape(cardMargin, m_state->y() + (m_state->fontMetrics().height() - size) / 2.0, size, size);
    if (m_control.forced()) {
        drawHeld(painter, shape, t);
    } else if (severity != Severity::Normal) {
        drawSeverity(painter, shape, severity, t);
    } else {
        painter.setPen(QPen(t.textTertiary, 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(shape.adjusted(2, 2, -2, -2));
    }
}

}  // namespace holdfast::widgets
