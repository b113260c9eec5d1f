#include "widgets/controls/action_dialog.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/control_card.h"
#include "widgets/controls/outcome.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QButtonGroup>
#include <QDateTime>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

constexpr int dialogWidth = 620;
constexpr std::int64_t planFreshMs = 10'000;
constexpr int planEveryMs = 4000;
constexpr int shortestReason = 3;

struct Hold {
    const char* text;
    std::int64_t seconds;
};
constexpr std::array holds{Hold{"5 min", 300}, Hold{"15 min", 900}, Hold{"30 min", 1800}, Hold{"1 h", 3600},
                           Hold{"4 h", 14'400}};
constexpr int usualHold = 1;

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
    return to;
}

}  // namespace

ActionDialog::ActionDialog(const ViewContext& context, const Control& control, const QString& to, QWidget* parent)
    : QDialog(parent), m_context(context), m_control(control), m_to(to)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("actionDialog"));
    setWindowTitle(QStringLiteral("%1 · %2").arg(optionLabel(control, to), controlTitle(control)));
    setFixedWidth(dialogWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(new RoleLabel(context.theme, TextRole::Title, windowTitle(), this));
    buildForm(layout);
    connect(&m_planTimer, &QTimer::timeout, this, &ActionDialog::askForPlan);
    connect(&context.actions, &ActionRunner::progressed, this, &ActionDialog::onProgress);
    connect(&context.actions, &ActionRunner::refused, this, &ActionDialog::onRefused);
    connect(&context.controls, &FeedBase::changed, this, &ActionDialog::showNow);
    connect(&context.link, &EngineLink::stateChanged, this, &ActionDialog::updateConfirm);
    m_planTimer.start(planEveryMs);
    askForPlan();
    m_reason->setFocus();
}

ActionDialog::~ActionDialog() = default;

void ActionDialog::buildForm(QVBoxLayout* layout)
{
    const Theme& theme = m_context.theme;
    m_now = new RoleLabel(theme, TextRole::Secondary, QString(), this);
    m_now->setObjectName(QStringLiteral("stateNow"));
    showNow();
    layout->addWidget(m_now);
    layout->addWidget(new RoleLabel(theme, TextRole::Strong, tr("What will happen"), this));
    m_preview = new RoleLabel(theme, TextRole::Body, tr("Asking the engine…"), this);
    m_preview->setWordWrap(true);
    m_preview->setObjectName(QStringLiteral("planPreview"));
    layout->addWidget(m_preview);

    m_form = new QWidget(this);
    auto* form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    auto* holdTitle = new RoleLabel(theme, TextRole::Strong, tr("Hold"), m_form);
    holdTitle->setVisible(!releases());
    form->addWidget(holdTitle);
    auto* row = new QHBoxLayout;
    m_holds = new QButtonGroup(this);
    for (int i = 0; i < static_cast<int>(holds.size()); ++i) {
        const Hold hold = holds[static_cast<std::size_t>(i)];
        if (m_control.maxHoldS > 0 && hold.seconds > m_control.maxHoldS)
            continue;
        auto* choice = new QRadioButton(tr(hold.text), m_form);
        choice->setChecked(i == usualHold);
        choice->setVisible(!releases());
        m_holds->addButton(choice, i);
        row->addWidget(choice);
    }
    row->addStretch(1);
    form->addLayout(row);
    connect(m_holds, &QButtonGroup::idClicked, this, &ActionDialog::askForPlan);
    form->addWidget(new RoleLabel(theme, TextRole::Strong, tr("Reason (required)"), m_form));
    m_reason = new QLineEdit(m_form);
    m_reason->setObjectName(QStringLiteral("actionReason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(releases() ? tr("Recovered, load is normal again")
                                            : tr("DB pool exhausted, shed load"));
    m_reason->setMinimumHeight(30);
    connect(m_reason, &QLineEdit::textChanged, this, &ActionDialog::updateConfirm);
    form->addWidget(m_reason);
    m_nameLabel = new RoleLabel(theme, TextRole::Strong, QString(), m_form);
    m_name = new QLineEdit(m_form);
    m_name->setObjectName(QStringLiteral("actionName"));
    m_name->setMinimumHeight(30);
    connect(m_name, &QLineEdit::textChanged, this, &ActionDialog::updateConfirm);
    form->addWidget(m_nameLabel);
    form->addWidget(m_name);
    m_nameLabel->hide();
    m_name->hide();
    layout->addWidget(m_form);

    m_keeper = new RoleLabel(theme, TextRole::Small, QString(), this);
    m_keeper->setWordWrap(true);
    m_keeper->setVisible(!releases());
    layout->addWidget(m_keeper);
    m_outcome = new RoleLabel(theme, TextRole::Strong, QString(), this);
    m_outcome->setWordWrap(true);
    m_outcome->setObjectName(QStringLiteral("actionOutcome"));
    m_outcome->hide();
    layout->addWidget(m_outcome);

    auto* buttons = new QHBoxLayout;
    m_cancel = new FlatButton(theme, tr("Cancel"), this);
    m_cancel->setKeyHint(QStringLiteral("Esc"));
    m_confirm = new FlatButton(theme, optionLabel(m_control, m_to), this, ButtonLook::Filled);
    m_confirm->setObjectName(QStringLiteral("confirmAction"));
    m_confirm->setKeyHint(QStringLiteral("Ctrl+Enter"));
    m_confirm->setEnabled(false);
    connect(m_cancel, &FlatButton::clicked, this, &QDialog::close);
    connect(m_confirm, &FlatButton::clicked, this, &ActionDialog::confirm);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_confirm);
    layout->addLayout(buttons);
}

bool ActionDialog::releases() const
{
    return m_to == QLatin1String("auto");
}

void ActionDialog::showNow()
{
    if (const auto list = m_context.controls.latest()) {
        const auto same = std::find_if(list->controls.begin(), list->controls.end(),
                                       [this](const Control& control) { return control.id == m_control.id; });
        if (same != list->controls.end())
            m_control = *same;
    }
    const auto status = m_context.link.status();
    QString now = m_control.n == 1 ? tr("1 instance · now %1").arg(m_control.word)
                                   : tr("%1 instances · now %2").arg(m_control.n).arg(m_control.word);
    if (m_control.k > 0 && m_control.k < m_control.n)
        now += tr(" on %1 of %2").arg(m_control.k).arg(m_control.n);
    if (status && !status->environment.isEmpty())
        now = status->environment + QStringLiteral(" · ") + now;
    m_now->setText(now);
    if (m_planAtMs > 0)
        showPreview();
}

QString ActionDialog::confirmSentence() const
{
    if (m_control.kind != ControlKind::Flag
        || (m_to != QLatin1String("forced_on") && m_to != QLatin1String("forced_off")))
        return m_plan.sentence;
    // "Switch on on 2 instances" says neither what nor where.
    const QString where = m_plan.instances == 1 ? tr("1 instance") : tr("%1 instances").arg(m_plan.instances);
    const QString words =
        m_to == QLatin1String("forced_on") ? tr("Switch %1 on in %2 for %3") : tr("Switch %1 off in %2 for %3");
    return words.arg(m_control.name, where, durationText(m_planHoldS * 1000));
}

/// The engine foresees what an open breaker will do; where it is open already that is no news.
QString ActionDialog::asItIs(QString line) const
{
    const bool refuses = m_control.state == QLatin1String("open") || m_control.state == QLatin1String("forced_open");
    const QString promise = QStringLiteral("will be refused at once");
    if (!refuses || !line.contains(promise))
        return line;
    if (m_control.k > 0 && m_control.k < m_control.n)
        return line + tr(" – %1 of %2 instances refuse them already").arg(m_control.k).arg(m_control.n);
    return line.replace(promise, tr("are refused already"));
}

std::int64_t ActionDialog::holdS() const
{
    const int chosen = m_holds->checkedId();
    return chosen < 0 ? holds[usualHold].seconds : holds[static_cast<std::size_t>(chosen)].seconds;
}

void ActionDialog::askForPlan()
{
    if (m_ticket != 0)
        return;
    const std::int64_t hold = holdS();
    m_context.api.post<Plan>(
        m_planSlot, QStringLiteral("/holdfast/v1/plan"),
        QJsonObject{{QStringLiteral("control"), m_control.id},
                    {QStringLiteral("to"), m_to},
                    {QStringLiteral("hold_s"), static_cast<qint64>(hold)}},
        decodePlan, [this, hold](const auto& answer) {
            if (!answer) {
                m_planAtMs = 0;
                m_preview->setText(tr("Cannot be planned: %1").arg(QString::fromStdString(answer.error().message)));
                updateConfirm();
                return;
            }
            m_planHoldS = hold;
            showPlan(**answer);
        });
}

void ActionDialog::showPlan(const Plan& plan)
{
    m_plan = plan;
    m_planAtMs = wallNow();
    showPreview();
    m_keeper->setText(m_control.nativeTtl
                          ? tr("Time limit %1").arg(plan.hold.isEmpty() ? tr("kept in the service") : plan.hold)
                          : tr("Time limit kept by this computer – the service has none of its own"));
    const bool needsName = plan.highBlast && !plan.typeName.isEmpty();
    m_nameLabel->setText(tr("Type “%1” – this touches many").arg(plan.typeName));
    m_nameLabel->setVisible(needsName);
    m_name->setVisible(needsName);
    m_name->setAccessibleName(tr("Type %1").arg(plan.typeName));
    if (const QString sentence = confirmSentence(); !sentence.isEmpty()) {
        m_confirm->setText(sentence);
        m_confirm->setAccessibleName(sentence);
        m_confirm->updateGeometry();
    }
    updateConfirm();
    adjustSize();
}

void ActionDialog::showPreview()
{
    // Releasing one's own hold needs no warning that it is held: that is why one releases.
    const QString heldByMe = tr(" by ") + m_context.actions.actor();
    QStringList lines;
    if (releases())
        lines << tr("•  Nothing is held any longer: the service decides again.");
    for (const QString& line : m_plan.preview) {
        if (!releases() || line != m_control.effect)  // the effect is that of the forced state
            lines << QStringLiteral("•  ") + asItIs(line);
    }
    for (const QString& line : m_plan.warnings) {
        const bool own = line.contains(QLatin1String(" is held ")) && line.endsWith(heldByMe);
        if (!releases() || !own)
            lines << tr("•  Warning: %1").arg(line);
    }
    if (lines.isEmpty())
        lines << QStringLiteral("•  ") + confirmSentence();
    m_preview->setText(lines.join(QLatin1Char('\n')));
    m_preview->setToolTip(m_plan.requests.join(QLatin1Char('\n')));
}

void ActionDialog::updateConfirm()
{
    const bool reachable = m_context.link.connected();
    m_confirm->setToolTip(reachable ? QString() : tr("The engine is not reachable: nothing can be switched."));
    const bool reasoned = m_reason->text().trimmed().size() >= shortestReason;
    const bool named = !m_plan.highBlast || m_plan.typeName.isEmpty() || m_name->text().trimmed() == m_plan.typeName;
    const bool fresh = m_planAtMs > 0 && wallNow() - m_planAtMs < planFreshMs && m_planHoldS == holdS();
    m_confirm->setEnabled(reachable && reasoned && named && fresh && m_ticket == 0);
}

void ActionDialog::confirm()
{
    updateConfirm();
    if (!m_confirm->isEnabled())
        return;
    m_ticket = m_context.actions.submit({.control = m_control.id,
                                         .to = m_to,
                                         .holdS = holdS(),
                                         .reason = m_reason->text().trimmed(),
                                         .expected = m_plan.from.isEmpty() ? modeOf(m_control) : m_plan.from,
                                         .typedName = m_name->text().trimmed(),
                                         .incident = 0});
    m_form->setEnabled(false);
    m_confirm->setEnabled(false);
    m_outcome->setRole(TextRole::Strong);
    m_outcome->setText(tr("Sent, waiting for the engine…"));
    m_outcome->show();
    m_cancel->setText(tr("Close"));
    m_cancel->updateGeometry();
    adjustSize();
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
    m_outcome->setRole(action->settled() ? outcomeRole(*action) : TextRole::Strong);
    m_outcome->setText(text);
    adjustSize();
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
    adjustSize();
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
