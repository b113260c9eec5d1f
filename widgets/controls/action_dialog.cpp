#include "widgets/controls/action_dialog.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/control_card.h"
#include "widgets/controls/foresight.h"
#include "widgets/controls/outcome.h"
#include "widgets/controls/reason_box.h"
#include "widgets/controls/value_box.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QCursor>
#include <QDateTime>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMargins>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int dialogWidth = 780;
constexpr int edge = 48;  // of the window, left free around the dialog
constexpr int leastScroll = 120;
constexpr int nearBy = 24;
constexpr std::int64_t planFreshMs = 10'000;
constexpr int planEveryMs = 4000;
constexpr int typingMs = 300;
constexpr int shortestReason = 3;

std::int64_t wallNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString optionLabel(const Control& control, const QString& to)
{
    for (const ControlOption& option : control.options) {
        if (option.value == to)
            return option.label;
    }
    return to.isEmpty() ? ActionDialog::tr("Set") : to;
}

}  // namespace

ActionDialog::ActionDialog(const ViewContext& context, const Control& control, const QString& to, QWidget* parent)
    : QDialog(parent), m_context(context), m_control(control), m_to(to)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("actionDialog"));
    setWindowTitle(QStringLiteral("%1 · %2").arg(optionLabel(control, to), controlTitle(control)));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto* title = new RoleLabel(context.theme, TextRole::Title, windowTitle(), this);
    title->setWordWrap(true);
    layout->addWidget(title);
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget(m_scroll);
    auto* parts = new QVBoxLayout(content);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(10);
    m_foresight = new Foresight(context, content);
    parts->addWidget(m_foresight);
    buildForm(parts);
    m_scroll->setWidget(content);
    layout->addWidget(m_scroll);
    buildButtons(layout);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(&m_typing, &QTimer::timeout, this, &ActionDialog::askForPlan);
    connect(&m_planTimer, &QTimer::timeout, this, &ActionDialog::askForPlan);
    connect(&context.actions, &ActionRunner::progressed, this, &ActionDialog::onProgress);
    connect(&context.actions, &ActionRunner::refused, this, &ActionDialog::onRefused);
    connect(&context.controls, &FeedBase::changed, this, &ActionDialog::showNow);
    connect(&context.link, &EngineLink::stateChanged, this, &ActionDialog::updateConfirm);
    m_planTimer.start(planEveryMs);
    showNow();
    m_foresight->showEdge(m_control, m_to == QLatin1String("forced_open"));
    askForPlan();
    fitSize();
    if (m_value)
        m_value->setFocus();
    else
        m_reason->setFocus();
}

ActionDialog::~ActionDialog() = default;

void ActionDialog::buildButtons(QVBoxLayout* layout)
{
    const Theme& theme = m_context.theme;
    m_why = new RoleLabel(theme, TextRole::Small, QString(), this);
    m_why->setObjectName(QStringLiteral("whyNotConfirm"));
    m_why->setWordWrap(true);
    layout->addWidget(m_why);
    auto* buttons = new QHBoxLayout;
    m_cancel = new FlatButton(theme, tr("Cancel"), this);
    m_cancel->setKeyHint(QStringLiteral("Esc"));
    m_withdraw = new FlatButton(theme, tr("Withdraw"), this);
    m_withdraw->setObjectName(QStringLiteral("withdrawAction"));
    m_withdraw->hide();
    m_confirm = new FlatButton(theme, optionLabel(m_control, m_to), this, ButtonLook::Filled);
    m_confirm->setObjectName(QStringLiteral("confirmAction"));
    m_confirm->setKeyHint(QStringLiteral("Ctrl+Enter"));
    m_confirm->setEnabled(false);
    connect(m_cancel, &FlatButton::clicked, this, &QDialog::close);
    connect(m_withdraw, &FlatButton::clicked, this, &ActionDialog::withdraw);
    connect(m_confirm, &FlatButton::clicked, this, &ActionDialog::confirm);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_withdraw);
    buttons->addStretch(1);
    buttons->addWidget(m_confirm);
    layout->addLayout(buttons);
}

bool ActionDialog::releases() const
{
    return m_plan.releases || m_control.rests(m_to);
}

void ActionDialog::showNow()
{
    const auto list = m_context.controls.latest();
    if (list) {
        const auto same = std::find_if(list->controls.begin(), list->controls.end(),
                                       [this](const Control& control) { return control.id == m_control.id; });
        if (same != list->controls.end()) {
            // What was foreseen is foreseen for another state: ask anew, show nothing that was made up here.
            const bool moved = same->state != m_control.state || same->k != m_control.k;
            m_control = *same;
            if (moved)
                askForPlan();
        }
    }
    m_foresight->showNow(m_control);
}

void ActionDialog::askForPlan()
{
    if (m_ticket != 0)
        return;
    const HoldWish wish = m_hold->wish();
    if (!wish.problem.isEmpty() || m_to.isEmpty()) {
        updateConfirm();
        return;
    }
    m_context.api.post<Plan>(
        m_planSlot, QStringLiteral("/holdfast/v1/plan"),
        QJsonObject{{QStringLiteral("control"), m_control.id},
                    {QStringLiteral("to"), m_to},
                    {QStringLiteral("hold_s"), static_cast<qint64>(wish.holdS)},
                    {QStringLiteral("until_recovered"), wish.untilRecovered},
                    {QStringLiteral("actor"), m_context.actions.actor()}},
        decodePlan, [this, wish, to = m_to](const auto& answer) {
            if (!answer) {
                m_planAtMs = 0;
                m_foresight->showProblem(
                    tr("Cannot be planned: %1").arg(QString::fromStdString(answer.error().message)));
                updateConfirm();
                return;
            }
            m_planFor = wish;
            m_planTo = to;
            showPlan(**answer);
        });
}

void ActionDialog::showPlan(const Plan& plan)
{
    m_plan = plan;
    m_planAtMs = wallNow();
    m_foresight->showPlan(plan);
    m_hold->setHeld(!plan.releases);
    m_keeper->setVisible(!plan.releases || plan.needsSecond);
    QString keeper = plan.releases || plan.hold.isEmpty() ? QString() : tr("Time limit %1.").arg(plan.hold);
    if (plan.needsSecond)
        keeper += (keeper.isEmpty() ? QString() : QStringLiteral("\n"))
                  + tr("A second person must agree: it is sent only after that.");
    m_keeper->setText(keeper);
    const bool needsName = plan.highBlast && !plan.releases && !plan.typeName.isEmpty();
    m_nameLabel->setText(tr("Type “%1” – this touches many").arg(plan.typeName));
    m_nameLabel->setVisible(needsName);
    m_name->setVisible(needsName);
    m_name->setAccessibleName(tr("Type %1").arg(plan.typeName));
    if (!plan.sentence.isEmpty()) {
        const QString text = plan.needsSecond ? tr("Ask for: %1").arg(plan.sentence) : plan.sentence;
        m_confirm->setText(text);
        m_confirm->setAccessibleName(text);
        m_confirm->updateGeometry();
    }
    updateConfirm();
    fitSize();
}

QString ActionDialog::whyNot() const
{
    if (m_ticket != 0)
        return {};
    if (!m_context.link.connected())
        return tr("The engine is not reachable: nothing can be switched.");
    const HoldWish wish = m_hold->wish();
    if (!wish.problem.isEmpty())
        return wish.problem;
    const bool named = !m_name->isVisibleTo(this) || m_name->text().trimmed() == m_plan.typeName;
    if (m_reason->text().trimmed().size() < shortestReason)
        return tr("A reason of three characters is needed.");
    if (!named)
        return tr("Type the name to confirm.");
    if (m_planAtMs == 0)
        return tr("Without a plan nothing is sent.");
    const bool fresh = wallNow() - m_planAtMs < planFreshMs && m_planTo == m_to && m_planFor.holdS == wish.holdS
                       && m_planFor.untilRecovered == wish.untilRecovered;
    return fresh ? QString() : tr("Looking again…");
}

void ActionDialog::updateConfirm()
{
    // "Until 04:30" comes nearer while one types: its seconds alone make no plan old.
    HoldWish wish = m_hold->wish();
    if (wish.untilMs > 0 && wish.untilMs == m_planFor.untilMs)
        m_planFor.holdS = wish.holdS;
    const QString why = whyNot();
    m_why->setText(why);
    m_confirm->setToolTip(why);
    m_confirm->setEnabled(why.isEmpty() && m_ticket == 0);
}

void ActionDialog::confirm()
{
    updateConfirm();
    if (!m_confirm->isEnabled())
        return;
    const HoldWish wish = m_hold->wish();
    const QString reason = m_reason->text().trimmed();
    m_ticket = m_context.actions.submit({.control = m_control.id,
                                         .to = m_to,
                                         .holdS = wish.holdS,
                                         .reason = reason,
                                         .expected = m_plan.from.isEmpty() ? modeOf(m_control) : m_plan.from,
                                         .typedName = m_name->text().trimmed(),
                                         .incident = m_incident->currentData().toLongLong(),
                                         .startMs = wish.startMs,
                                         .untilMs = wish.untilMs,
                                         .untilRecovered = wish.untilRecovered});
    ReasonBox::remember(reason);
    m_form->setEnabled(false);
    m_confirm->setEnabled(false);
    m_why->setText({});
    m_outcome->setRole(TextRole::Strong);
    m_outcome->setText(tr("Sent, waiting for the engine…"));
    m_outcome->show();
    m_cancel->setText(tr("Close"));
    m_cancel->updateGeometry();
    fitSize();
}

void ActionDialog::onProgress(int ticket)
{
    const auto action = m_context.actions.action(ticket);
    if (ticket != m_ticket || !action)
        return;
    QString text = outcomeText(*action);
    for (const ActionInstance& instance : action->instances) {
        if (outcomeRole(*action) == TextRole::Critical && instance.state != QLatin1String("verified"))
            text += QStringLiteral("\n%1: %2 %3").arg(instance.instance, instance.state, instance.message);
    }
    const bool good = action->state == QLatin1String("verified");
    m_withdraw->setVisible(action->waits());
    m_outcome->setRole(action->settled() ? outcomeRole(*action) : TextRole::Strong);
    m_outcome->setText(text);
    fitSize();
    if (!action->settled() || m_settled)
        return;
    m_settled = true;
    m_context.controls.refresh();
    constexpr int readingMs = 1800;
    if (good)
        QTimer::singleShot(readingMs, this, &QDialog::close);
}

void ActionDialog::onRefused(int ticket, const QString& why)
{
    if (ticket != m_ticket)
        return;
    m_outcome->setRole(TextRole::Critical);
    m_outcome->setText(tr("Not done: %1").arg(why));
    m_form->setEnabled(true);
    m_ticket = 0;
    m_cancel->setText(tr("Cancel"));
    askForPlan();
    fitSize();
}

void ActionDialog::withdraw()
{
    if (const auto action = m_context.actions.action(m_ticket))
        m_context.actions.cancel(action->id, tr("withdrawn"));
    close();
}

void ActionDialog::fitSize()
{
    const QSize window = parentWidget() ? parentWidget()->window()->size() : QSize(dialogWidth, dialogWidth);
    const int wanted = std::min(m_context.theme.px(dialogWidth), window.width() - edge);
    setFixedWidth(wanted);
    const QMargins margins = layout()->contentsMargins();
    const int inner = wanted - margins.left() - margins.right();
    QLayout* content = m_scroll->widget()->layout();
    content->activate();
    const int high = content->hasHeightForWidth() ? content->totalHeightForWidth(inner) : content->sizeHint().height();
    // Title, why and buttons stand around it.
    m_scroll->setFixedHeight(leastScroll);
    layout()->invalidate();
    const int all =
        layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wanted) : layout()->sizeHint().height();
    const int room = window.height() - edge - (all - leastScroll);
    m_scroll->setFixedHeight(std::max(leastScroll, std::min(high, room)));
    adjustSize();
}

void ActionDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    if (const QWidget* over = parentWidget()) {
        const QRect window = over->window()->frameGeometry();
        move(window.center() - QPoint(width() / 2, height() / 2));
        // What was pressed to come here must not be pressed again by the same hand.
        const QRect confirm(m_confirm->mapToGlobal(QPoint()), m_confirm->size());
        if (confirm.adjusted(-nearBy, -nearBy, nearBy, nearBy).contains(QCursor::pos()))
            move(pos() - QPoint(0, confirm.height() + 2 * nearBy));
    }
}

void ActionDialog::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier))
        confirm();
    else if (!enter)
        QDialog::keyPressEvent(event);
}

}  // namespace holdfast::widgets
