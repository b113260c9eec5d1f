#include "widgets/fleet/held_fleet.h"

#include "widgets/client/engine_link.h"
#include "widgets/replay/replay.h"
#include "widgets/time/time_cursor.h"

#include <QUrlQuery>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int settleMs = 250;  // a range that is dragged asks once
constexpr int sparkPoints = 60;

}  // namespace

HeldFleet::HeldFleet(const ViewContext& context, QObject* parent) : QObject(parent), m_context(context)
{
    m_settled.setSingleShot(true);
    m_settled.setInterval(settleMs);
    connect(&m_settled, &QTimer::timeout, this, &HeldFleet::ask);
    connect(&context.time, &TimeCursor::modeChanged, this, &HeldFleet::followTime);
    connect(&context.time, &TimeCursor::rangeChanged, this, [this] {
        if (wanted())
            followTime();
    });
    connect(&context.replay, &Replay::stateChanged, this, &HeldFleet::followTime);
    followTime();
}

bool HeldFleet::wanted() const
{
    return m_context.time.mode() != TimeMode::Live && !m_context.replay.on() && !m_context.link.attached();
}

void HeldFleet::followTime()
{
    if (wanted()) {
        m_settled.start();
        return;
    }
    m_settled.stop();
    m_slot.cancel();
    m_problem.clear();
    if (std::exchange(m_fleet, nullptr))
        emit changed();
}

void HeldFleet::ask()
{
    const TimeCursor& time = m_context.time;
    const std::int64_t sparkS = std::clamp<std::int64_t>(time.spanMs() / 1'000, 300, 86'400);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("at"), QString::number(time.endMs()));
    query.addQueryItem(QStringLiteral("range_s"), QString::number(sparkS));
    query.addQueryItem(QStringLiteral("points"), QString::number(time.points(sparkPoints)));
    m_context.api.get<Fleet>(m_slot, QStringLiteral("/holdfast/v1/fleet"), query, decodeFleet,
                             [this](const auto& answer) {
                                 m_problem = answer ? QString() : QString::fromStdString(answer.error().message);
                                 m_fleet = answer ? *answer : nullptr;
                                 emit changed();
                             });
}

}  // namespace holdfast::widgets
