#include "widgets/service/event_card.h"

#include "widgets/controls/effect_rows.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
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

}  // namespace

bool isChange(const Event& event)
{
    return event.kind == QLatin1String("action") || event.kind == QLatin1String("deploy")
           || event.kind == QLatin1String("flag") || event.kind == QLatin1String("override_end")
           || event.kind == QLatin1String("breaker") || event.kind == QLatin1String("restart");
}

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
        if (isChange(event)) {
            auto* effect = new QVBoxLayout;
            effect->setSpacing(2);
            layout->addLayout(effect);
            m_effects.emplace_back(event.id, effect);
        }
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

void EventCard::showEffect(std::int64_t event, const ChangeEffect& effect)
{
    const auto place =
        std::find_if(m_effects.begin(), m_effects.end(), [event](const auto& each) { return each.first == event; });
    if (place == m_effects.end() || place->second->count() > 0)
        return;
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(3, 1);
    const auto put = [&](int row, int column, TextRole role, const QString& text) {
        grid->addWidget(new RoleLabel(m_theme, role, text, this), row, column);
    };
    Action told;
    told.effectState = effect.state;
    for (const ChangeEffect::Line& line : effect.lines)
        told.effect.push_back({line.signal, line.before, line.now, line.verdict, {}});
    int row = 0;
    for (const EffectRow& line : effectRows(told)) {
        put(row, 0, TextRole::Small, line.name());
        put(row, 1, TextRole::Small, QStringLiteral("%1 → %2").arg(line.before, line.now));
        put(row, 2, line.worse ? TextRole::Critical : TextRole::Small, line.verdict);
        ++row;
    }
    place->second->addLayout(grid);
    QString caution = effectCaution(told);
    if (!caution.isEmpty() && !effect.because.isEmpty())
        caution += QStringLiteral(": ") + effect.because;
    if (!caution.isEmpty()) {
        auto* label = new RoleLabel(m_theme, TextRole::Tertiary, caution, this);
        label->setWordWrap(true);
        place->second->addWidget(label);
    }
    const int bottom = geometry().bottom();
    adjustSize();
    move(x(), std::max(0, bottom - height() + 1));  // it grows upwards: away from the mark it tells of
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
