#include "widgets/controls/arm_button.h"

#include "widgets/client/control.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_runner.h"
#include "widgets/theme/number_format.h"

#include <QMenu>

#include <array>

namespace holdfast::widgets {

namespace {

struct ArmFor {
    const char* text;
    std::int64_t seconds;
};
constexpr std::array armTimes{ArmFor{"15 min", 900}, ArmFor{"1 h", 3600}, ArmFor{"4 h", 14'400}};

}  // namespace

ArmButton::ArmButton(const ViewContext& context, QWidget* parent)
    : FlatButton(context.theme, tr("Arm…"), parent), m_context(context)
{
    setObjectName(QStringLiteral("armControls"));
    setDropArrow(true);
    connect(this, &FlatButton::clicked, this, &ArmButton::openMenu);
    connect(&context.link, &EngineLink::statusChanged, this, &ArmButton::sayState);
    connect(&context.controls, &FeedBase::changed, this, &ArmButton::sayState);
    connect(&context.actions.acting(), &Acting::changed, this, &ArmButton::sayState);
    sayState();
}

void ArmButton::sayState()
{
    const Acting& acting = m_context.actions.acting();
    acting.apply(*this, true);
    if (!acting.allowed()) {
        setText(tr("Locked"));
        setLook(ButtonLook::Outlined);
        updateGeometry();
        return;
    }
    const auto status = m_context.link.status();
    if (!status || status->armed.empty()) {
        setText(tr("Read only – arm…"));
        setLook(ButtonLook::Outlined);
    } else {
        const std::int64_t now = m_context.link.engineNowMs();
        const Status::Armed& first = status->armed.front();
        QString text = status->armed.size() == 1
                           ? tr("Armed: %1").arg(first.group)
                           : tr("Armed: %1 groups").arg(static_cast<qint64>(status->armed.size()));
        if (first.untilMs > now)
            text += tr(" · %1 left").arg(ageText(first.untilMs - now));
        setText(text);
        setLook(ButtonLook::Inverse);
    }
    updateGeometry();
}

void ArmButton::openMenu()
{
    QStringList groups;
    if (const auto list = m_context.controls.latest()) {
        for (const Control& control : list->controls) {
            if (!groups.contains(control.group))
                groups << control.group;
        }
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("armMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString& group : groups) {
        for (const ArmFor& time : armTimes)
            connect(menu->addAction(tr("Arm “%1” for %2").arg(group, tr(time.text))), &QAction::triggered, this,
                    [this, group, seconds = time.seconds] { m_context.actions.arm(group, seconds); });
    }
    if (const auto status = m_context.link.status()) {
        if (!status->armed.empty())
            menu->addSeparator();
        for (const Status::Armed& armed : status->armed) {
            connect(menu->addAction(tr("Disarm “%1”").arg(armed.group)), &QAction::triggered, this,
                    [this, group = armed.group] { m_context.actions.arm(group, 0); });
        }
    }
    if (menu->isEmpty())
        menu->addAction(tr("No controls are configured"))->setEnabled(false);
    menu->popup(mapToGlobal(QPoint(0, height())));
}

}  // namespace holdfast::widgets
