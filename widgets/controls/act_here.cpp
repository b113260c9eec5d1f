#include "widgets/controls/act_here.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_runner.h"
#include "widgets/controls/control_card.h"
#include "widgets/controls/effect_card.h"
#include "widgets/navigator.h"
#include "widgets/table/below_hint.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QCursor>
#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int panelWidth = 320;
constexpr double widestShare = 0.42;  // of the window
constexpr double footShare = 0.55;    // of the panel; what takes more scrolls below the cards
constexpr std::int64_t armForS = 3600;
constexpr std::int64_t effectShownMs = 900'000;
const auto lastActions = QStringLiteral("/holdfast/v1/actions");
constexpr std::int64_t youngMs = 15'000;  // guessed: by then the first readings of all services have come

/// Flags for exercises last, whatever their names.
int kindRank(const Control& control)
{
    return control.flagKind == QLatin1String("fault") ? 100 : static_cast<int>(control.kind);
}

/// What is in force first, then what is abnormal, then by kind and name.
auto rank(const Control& control)
{
    return std::tuple(!control.forced(), !standsOut(control), -static_cast<int>(controlSeverity(control)),
                      kindRank(control), control.name);
}

}  // namespace

ActHere::ActHere(const ViewContext& context, QWidget* parent)
    : QScrollArea(parent),
      m_context(context),
      m_title(new RoleLabel(context.theme, TextRole::Title, tr("Act here"), this)),
      m_note(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_arm(new FlatButton(context.theme, QString(), this)),
      m_cards(new QVBoxLayout),
      m_foot(new QWidget(this)),
      m_effectTitle(new RoleLabel(context.theme, TextRole::Strong, QString(), m_foot)),
      m_actions(
          context.api, context.link, decodeActions,
          [] {
              return Feed<ActionList>::Ask{lastActions, {}};
          },
          {QStringLiteral("action"), QStringLiteral("lease")}, 5'000, this)
{
    m_effect = new EffectCard(context, m_foot);
    m_below = new BelowHint(context.theme, this);
    m_below->setObjectName(QStringLiteral("inForceBelow"));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ActHere::showBelow);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ActHere::showBelow);
    connect(&context.theme, &Theme::changed, this, &ActHere::fitWidth);
    parent->installEventFilter(this);
    fitWidth();
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Act here"));
    setObjectName(QStringLiteral("actHere"));
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(8);
    m_note->setWordWrap(true);
    layout->addWidget(m_title);
    layout->addWidget(m_note);
    layout->addWidget(m_arm, 0, Qt::AlignLeft);
    layout->addLayout(m_cards);
    layout->addStretch(1);
    m_cards->setSpacing(8);
    auto* foot = new QVBoxLayout(m_foot);
    foot->setContentsMargins(12, 8, 12, 8);
    foot->setSpacing(6);
    foot->addWidget(m_effectTitle);
    foot->addWidget(m_effect);
    m_foot->setAutoFillBackground(true);
    m_foot->installEventFilter(this);
    m_foot->hide();
    connect(m_effect, &EffectCard::kept, this, [this](qint64 id) {
        m_kept.insert(id);
        showEffect();
    });
    setWidget(body);
    connect(m_arm, &FlatButton::clicked, this, &ActHere::armOrDisarm);
    connect(&context.controls, &FeedBase::changed, this, &ActHere::refresh);
    connect(&context.actions.acting(), &Acting::changed, this, &ActHere::refresh);
    connect(&context.navigator, &Navigator::serviceChanged, this, &ActHere::refresh);
    connect(&context.navigator, &Navigator::placeChanged, this, &ActHere::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &ActHere::refresh);
    connect(&context.link, &EngineLink::statusChanged, this, &ActHere::refresh);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        for (ControlCard* card : m_shown)
            card->tick();
        m_effect->tick();
    });
    connect(&m_actions, &FeedBase::changed, this, &ActHere::showEffect);
    m_actions.setActive(!context.link.attached());
    m_tick.start(1000);
    refresh();
}

void ActHere::refresh()
{
    const QString service = m_context.navigator.service();
    m_title->setText(service.isEmpty() ? tr("Act here") : tr("Act on %1").arg(service));
    m_arm->hide();
    if (m_context.link.attached()) {
        m_note->setText(tr("Attached to a foreign Prometheus: nothing can be switched here. Run a Holdfast engine "
                           "beside the services to act."));
        showControls({});
        return;
    }
    const auto list = m_context.controls.latest();
    std::vector<const Control*> here;
    if (list) {
        for (const Control& control : list->controls) {
            if (control.service == service || control.callee == service)
                here.push_back(&control);
        }
    }
    here = inKeptOrder(std::move(here), service);
    const auto status = m_context.link.status();
    const std::int64_t now = m_context.link.engineNowMs();
    const bool engineIsYoung = status && now - status->startedMs < youngMs;
    if (!m_context.link.connected())
        m_note->setText(tr("The engine is not reachable: nothing can be switched. What stands here is what was last "
                           "seen."));
    else if (!list)
        m_note->setText(
            m_context.controls.error()
                ? tr("Controls cannot be read: %1").arg(QString::fromStdString(m_context.controls.error()->message))
                : tr("Reading controls…"));
    else if (service.isEmpty())
        m_note->setText(tr("Select a service to see its breakers and flags."));
    else if (here.empty() && list->controls.empty() && engineIsYoung)
        m_note->setText(tr("Reading controls… the engine has just started."));
    else if (here.empty())
        m_note->setText(
            tr("No breaker or flag of %1 is known. Controls are listed in the configuration under holdfast: controls.")
                .arg(service));
    else
        m_note->setText({});

    m_group = here.empty() ? QString() : here.front()->group;
    if (status && !m_group.isEmpty() && m_context.link.connected()) {
        const auto armed = std::find_if(status->armed.begin(), status->armed.end(),
                                        [this](const Status::Armed& a) { return a.group == m_group; });
        const bool isArmed = armed != status->armed.end();
        m_arm->setText(isArmed ? tr("Disarm") : tr("Arm controls for 1 h"));
        m_arm->updateGeometry();
        m_arm->show();
        if (isArmed && armed->untilMs > now)
            m_note->setText(tr("Controls of “%1” are armed until %2").arg(m_group, timeText(armed->untilMs, now)));
        else if (!isArmed)
            m_note->setText(tr("Controls of “%1” are not armed: nothing can be switched by accident.").arg(m_group));
        else
            m_note->setText(tr("Controls of “%1” are armed.").arg(m_group));
    }
    const Acting& acting = m_context.actions.acting();
    acting.apply(*m_arm, true);
    if (!acting.allowed() && list && !here.empty())
        m_note->setText(acting.why());
    m_note->setVisible(!m_note->text().isEmpty());
    showControls(here);
    showEffect();
}

std::vector<const Control*> ActHere::inKeptOrder(std::vector<const Control*> here, const QString& service)
{
    const QString entered = m_context.navigator.place().view + QLatin1Char('/') + service;
    if (std::exchange(m_orderedFor, entered) != entered)
        m_order.forget();
    m_order.apply(
        here, [](const Control* control) { return control->id; },
        [](const Control* control) { return rank(*control); });
    return here;
}

void ActHere::showControls(const std::vector<const Control*>& controls)
{
    // Cards are kept for their control, so that a button pressed now is the one that was aimed at.
    std::vector<ControlCard*> next;
    for (const Control* control : controls) {
        const auto same = std::find_if(m_shown.begin(), m_shown.end(),
                                       [&](const ControlCard* card) { return card->controlId() == control->id; });
        ControlCard* card = same == m_shown.end() ? new ControlCard(m_context, widget()) : *same;
        if (same == m_shown.end())
            connect(card, &ControlCard::grew, this, [this, card](int by) { keepPlace(*card, by); });
        if (same != m_shown.end())
            m_shown.erase(same);
        card->setControl(*control);
        next.push_back(card);
    }
    qDeleteAll(m_shown);
    m_shown = std::move(next);
    for (int i = 0; i < static_cast<int>(m_shown.size()); ++i) {
        ControlCard* card = m_shown[static_cast<std::size_t>(i)];
        if (m_cards->indexOf(card) != i) {
            m_cards->removeWidget(card);
            m_cards->insertWidget(i, card);
        }
        card->setVisible(true);
    }
    showBelow();
}

void ActHere::showBelow()
{
    int below = 0;
    for (const ControlCard* card : m_shown)
        below += card->stands()
                 && card->mapTo(viewport(), QPoint()).y() > viewport()->height() - m_below->sizeHint().height();
    m_below->say(below == 0   ? QString()
                 : below == 1 ? tr("1 more in force below")
                              : tr("%1 more in force below").arg(below));
}

void ActHere::fitWidth()
{
    const int most = static_cast<int>(parentWidget()->width() * widestShare);
    setFixedWidth(std::max(panelWidth, std::min(m_context.theme.px(panelWidth), most)));
}

bool ActHere::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        fitWidth();
    // The card learns by itself what its action did, and grows.
    if (watched == m_foot && event->type() == QEvent::LayoutRequest)
        QTimer::singleShot(0, this, &ActHere::placeFoot);
    return QScrollArea::eventFilter(watched, event);
}

const Control* ActHere::controlOf(const Action& action) const
{
    const auto controls = m_context.controls.latest();
    if (!controls)
        return nullptr;
    const auto found = std::ranges::find(controls->controls, action.control, &Control::id);
    return found == controls->controls.end() ? nullptr : &*found;
}

std::vector<const Action*> ActHere::effectsToShow() const
{
    std::vector<const Action*> shown;
    const QString service = m_context.navigator.service();
    const auto list = m_actions.latest();
    if (!list || service.isEmpty())
        return shown;
    QSet<QString> seen;
    const std::int64_t now = m_context.link.engineNowMs();
    for (const Action& action : list->actions) {
        const bool acted = action.state == QLatin1String("verified") || action.state == QLatin1String("partial")
                           || action.state == QLatin1String("reverted");
        if (!acted || action.reverts > 0 || m_kept.contains(action.id) || seen.contains(action.control))
            continue;
        const Control* control = controlOf(action);
        const bool here = action.service == service || (control && control->callee == service);
        const bool held = control && control->lease && control->lease->action == action.id;
        const bool release = control && control->rests(action.to);
        if (!here || release || (!held && now - action.createdMs > effectShownMs))
            continue;
        seen.insert(action.control);
        shown.push_back(&action);
    }
    return shown;
}

void ActHere::showEffect()
{
    const auto keepAlive = m_actions.latest();
    const auto shown = effectsToShow();
    m_foot->setVisible(!shown.empty());
    if (!shown.empty()) {
        const Action& newest = *shown.front();
        const Control* control = controlOf(newest);
        const bool held = control && control->lease && control->lease->action == newest.id;
        m_effectTitle->setText(
            shown.size() == 1 ? tr("What it did")
                              : tr("What it did · %1 more after “Keep”").arg(static_cast<qint64>(shown.size() - 1)));
        m_effect->show(newest, control ? controlTitle(*control) : newest.control, held ? control->lease : std::nullopt);
    }
    placeFoot();
}

void ActHere::placeFoot()
{
    const bool wanted = !m_foot->isHidden();
    const int needed = wanted ? m_foot->sizeHint().height() : 0;
    const bool inside = needed > height() * footShare;
    if (wanted && inside != m_footInside) {
        m_footInside = inside;
        auto* body = static_cast<QVBoxLayout*>(widget()->layout());
        if (inside) {
            body->insertWidget(body->count() - 1, m_foot);  // before what stretches
        } else {
            body->removeWidget(m_foot);
            m_foot->setParent(this);
        }
        m_foot->show();
    }
    const int kept = m_footInside ? 0 : needed;
    setViewportMargins(0, 0, 0, kept);
    if (!m_footInside)
        m_foot->setGeometry(0, height() - needed, viewport()->width(), needed);
}

void ActHere::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    placeFoot();
    showBelow();
}

void ActHere::keepPlace(const ControlCard& card, int by)
{
    const int pointer = widget()->mapFromGlobal(QCursor::pos()).y();
    if (viewport()->rect().contains(viewport()->mapFromGlobal(QCursor::pos()))
        && pointer > card.geometry().bottom() - by)
        QTimer::singleShot(0, this, [this, by] { verticalScrollBar()->setValue(verticalScrollBar()->value() + by); });
}

void ActHere::leaveEvent(QEvent* event)
{
    QScrollArea::leaveEvent(event);
    for (ControlCard* card : m_shown)
        card->letShrink();
}

void ActHere::armOrDisarm()
{
    const auto status = m_context.link.status();
    const bool isArmed = status
                         && std::any_of(status->armed.begin(), status->armed.end(),
                                        [this](const Status::Armed& a) { return a.group == m_group; });
    m_context.actions.arm(m_group, isArmed ? 0 : armForS);
}

}  // namespace holdfast::widgets
