#include "widgets/replay/replay_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/replay/replay.h"
#include "widgets/replay/replay_track.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"
#include "widgets/view.h"

#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QShortcut>

#include <array>

namespace holdfast::widgets {

namespace {

constexpr int barHeight = 40;  // the time bar's, so that nothing below moves
constexpr qint64 stepMs = 5'000;
constexpr std::array speeds{1, 5, 20};

}  // namespace

ReplayBar::ReplayBar(const ViewContext& context, QWidget* instead, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_instead(instead),
      m_instant(new RoleLabel(context.theme, TextRole::Title, QString(), this)),
      m_note(new RoleLabel(context.theme, TextRole::Secondary, QString(), this)),
      m_track(new ReplayTrack(context.theme, context.replay, this)),
      m_exit(new FlatButton(context.theme, tr("Exit"), this, ButtonLook::Inverse))
{
    setObjectName(QStringLiteral("replayBar"));
    setAccessibleName(tr("Replay"));
    const auto fit = [this] { setFixedHeight(m_context.theme.px(barHeight)); };
    connect(&context.theme, &Theme::changed, this, fit);
    fit();
    m_instant->setObjectName(QStringLiteral("replayInstant"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(6);
    layout->addWidget(m_instant);
    layout->addSpacing(6);
    Replay& replay = context.replay;
    const auto add = [&](const QString& icon, const QString& name, auto act) {
        auto* button = iconButton(icon, name);
        connect(button, &FlatButton::clicked, &replay, act);
        layout->addWidget(button);
        return button;
    };
    add(QStringLiteral("event-back"), tr("Last event (Ctrl+←)"), [&replay] { replay.stepEvent(-1); });
    add(QStringLiteral("step-back"), tr("5 s back (←)"), [&replay] { replay.step(-stepMs); });
    m_play = add(QStringLiteral("play"), tr("Play (Space)"), [&replay] { replay.setPlaying(!replay.playing()); });
    m_play->setObjectName(QStringLiteral("replayPlay"));
    add(QStringLiteral("step-forward"), tr("5 s on (→)"), [&replay] { replay.step(stepMs); });
    add(QStringLiteral("event-forward"), tr("Next event (Ctrl+→)"), [&replay] { replay.stepEvent(1); });
    layout->addSpacing(6);
    for (const int speed : speeds) {
        auto* button = new FlatButton(context.theme, tr("%1×").arg(speed), this);
        button->setCheckable(true);
        button->setAccessibleName(tr("%1 seconds a second").arg(speed));
        connect(button, &FlatButton::clicked, &replay, [&replay, speed] { replay.setSpeed(speed); });
        layout->addWidget(button);
        m_speeds.push_back(button);
    }
    layout->addSpacing(6);
    layout->addWidget(m_track, 1);
    layout->addSpacing(6);
    layout->addWidget(m_note);
    m_exit->setKeyHint(tr("Esc"));
    m_exit->setObjectName(QStringLiteral("replayExit"));
    layout->addWidget(m_exit);
    connect(m_exit, &FlatButton::clicked, this, &ReplayBar::leave);
    connect(&replay, &Replay::stateChanged, this, &ReplayBar::showState);
    connect(&replay, &Replay::moved, this, &ReplayBar::showInstant);
    addKeys();
    showState();
}

FlatButton* ReplayBar::iconButton(const QString& icon, const QString& name)
{
    auto* button = new FlatButton(m_context.theme, QString(), this);
    button->setIconName(icon);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

void ReplayBar::addKeys()
{
    Replay& replay = m_context.replay;
    const auto key = [&](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, window());
        shortcut->setEnabled(false);
        connect(shortcut, &QShortcut::activated, &replay, act);
        m_keys.push_back(shortcut);
    };
    key(Qt::Key_Space, [&replay] { replay.setPlaying(!replay.playing()); });
    key(Qt::Key_Left, [&replay] { replay.step(-stepMs); });
    key(Qt::Key_Right, [&replay] { replay.step(stepMs); });
    key(Qt::CTRL | Qt::Key_Left, [&replay] { replay.stepEvent(-1); });
    key(Qt::CTRL | Qt::Key_Right, [&replay] { replay.stepEvent(1); });
    // Unpin first, then leave.
    key(Qt::Key_Escape, [&replay, &time = m_context.time] { time.pinA() ? time.clearPins() : replay.stop(); });
}

void ReplayBar::showState()
{
    const Replay& replay = m_context.replay;
    for (QShortcut* key : m_keys)
        key->setEnabled(replay.on());
    m_play->setIconName(replay.playing() ? QStringLiteral("pause") : QStringLiteral("play"));
    m_play->setAccessibleName(replay.playing() ? tr("Stop (Space)") : tr("Play (Space)"));
    m_play->setToolTip(m_play->accessibleName());
    m_play->update();
    for (std::size_t i = 0; i < m_speeds.size(); ++i)
        m_speeds[i]->setChecked(speeds[i] == replay.speed());
    m_exit->setText(replay.bundle() ? tr("Close") : tr("Exit"));
    m_exit->setKeyHint(replay.bundle() ? QString() : tr("Esc"));
    m_exit->setToolTip(replay.bundle() ? tr("This engine replays a bundle: there is no present to go back to")
                                       : tr("Back to the present"));
    m_exit->updateGeometry();
    showInstant();
    setVisible(replay.on());
    m_instead->setVisible(!replay.on());
}

void ReplayBar::leave()
{
    if (m_context.replay.bundle())
        window()->close();
    else
        m_context.replay.stop();
}

void ReplayBar::showInstant()
{
    const Replay& replay = m_context.replay;
    if (!replay.on())
        return;
    m_instant->setText(tr("REPLAY %1").arg(timeText(replay.atMs(), replay.atMs())));
    m_note->setText(replay.incident() > 0 ? tr("INC-%1 · controls locked").arg(replay.incident())
                                          : tr("controls locked"));
    m_note->setToolTip(
        tr("The present is %1. What is shown was known at %2; nothing can be changed.")
            .arg(timeText(m_context.link.presentMs(), replay.atMs()), timeText(replay.atMs(), replay.atMs())));
}

void ReplayBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_context.theme.tokens().raised);
}

}  // namespace holdfast::widgets
