#include "widgets/service/event_card.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr std::size_t mostShown = 4;
constexpr int cardWidth = 380;
constexpr int gap = 10;

/// A change somebody or something made, of which one asks what it did.
bool isChange(const Event& event)
{
    return event.kind == QLatin1String("action") || event.kind == QLatin1String("deploy")
           || event.kind == QLatin1String("flag") || event.kind == QLatin1String("override_end")
           || event.kind == QLatin1String("breaker") || event.kind == QLatin1String("restart");
}

}  // namespace

EventCard::EventCard(const Theme& theme, const std::vector<Event>& events, std::int64_t nowMs, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_theme(theme)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("eventCard"));
    setAccessibleName(tr("What happened"));
    setFixedWidth(cardWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(4);
    for (std::size_t i = 0; i < std::min(events.size(), mostShown); ++i) {
        const Event& event = events[i];
        if (i > 0)
            layout->addSpacing(8);
        auto* what = new RoleLabel(theme, TextRole::Strong, event.text, this);
        what->setWordWrap(true);
        layout->addWidget(what);
        const QString kind = QString(event.kind).replace(QLatin1Char('_'), QLatin1Char(' '));
        const QString who = event.actor.isEmpty() ? QString() : tr(" · by %1").arg(event.actor);
        layout->addWidget(new RoleLabel(
            theme, TextRole::Small,
            tr("%1, %2 ago · %3%4").arg(timeText(event.atMs, nowMs), ageText(nowMs - event.atMs), kind, who), this));
        auto* buttons = new QHBoxLayout;
        buttons->setSpacing(6);
        if (isChange(event)) {
            auto* effect = new FlatButton(theme, tr("Before / after"), this);
            effect->setObjectName(QStringLiteral("beforeAfter"));
            connect(effect, &FlatButton::clicked, this, [this, event] {
                emit beforeAfterRequested(event);
                close();
            });
            buttons->addWidget(effect);
        }
        if (event.incident) {
            auto* open = new FlatButton(theme, tr("Open INC-%1").arg(*event.incident), this);
            connect(open, &FlatButton::clicked, this, [this, id = *event.incident] {
                emit incidentRequested(id);
                close();
            });
            buttons->addWidget(open);
        }
        buttons->addStretch(1);
        if (buttons->count() > 1)
            layout->addLayout(buttons);
        else
            delete buttons;
    }
    if (events.size() > mostShown)
        layout->addWidget(
            new RoleLabel(theme, TextRole::Tertiary, tr("… and %1 more").arg(events.size() - mostShown), this));
}

void EventCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().raised);
    painter.setPen(m_theme.tokens().border);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void EventCard::openAt(const QPoint& globalPos)
{
    adjustSize();
    const QRect frame = parentWidget()->window()->frameGeometry();
    QPoint at = globalPos - QPoint(width() / 2, height() + gap);
    at.setX(std::clamp(at.x(), frame.left() + gap, std::max(frame.left() + gap, frame.right() - width() - gap)));
    if (at.y() < frame.top() + gap)
        at.setY(globalPos.y() + gap);
    move(at);
    show();
}

}  // namespace holdfast::widgets
