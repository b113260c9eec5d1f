#include "widgets/service/pinned_lanes.h"

#include <QByteArray>
#include <QSettings>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace holdfast::widgets::PinnedLanes {

namespace {

const auto prefix = QStringLiteral("pin:");
const auto titleKey = QStringLiteral("title");
const auto exprKey = QStringLiteral("expression");

QString keyOf(const QString& service)
{
    return QStringLiteral("service/pins/") + QString::fromLatin1(QUrl::toPercentEncoding(service));
}

void write(const QString& service, const std::vector<PinnedLane>& lanes)
{
    QSettings settings;
    settings.remove(keyOf(service));
    settings.beginWriteArray(keyOf(service), static_cast<int>(lanes.size()));
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(titleKey, lanes[i].title);
        settings.setValue(exprKey, lanes[i].expr);
    }
    settings.endArray();
}

LaneSpec specOf(const PinnedLane& pin)
{
    LaneSpec lane;
    lane.id = prefix + pin.title;
    lane.title = pin.title;
    lane.queries.push_back({pin.title, pin.expr, LineRole::Main});
    return lane;
}

}  // namespace

std::vector<PinnedLane> of(const QString& service)
{
    QSettings settings;
    std::vector<PinnedLane> lanes;
    const int count = settings.beginReadArray(keyOf(service));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        lanes.push_back({settings.value(titleKey).toString(), settings.value(exprKey).toString()});
    }
    settings.endArray();
    return lanes;
}

bool pin(const QString& service, const PinnedLane& lane)
{
    std::vector<PinnedLane> lanes = of(service);
    std::erase_if(lanes, [&lane](const PinnedLane& each) { return each.title == lane.title; });
    if (lanes.size() >= most)
        return false;
    lanes.push_back(lane);
    write(service, lanes);
    return true;
}

void unpin(const QString& service, const QString& title)
{
    std::vector<PinnedLane> lanes = of(service);
    std::erase_if(lanes, [&title](const PinnedLane& each) { return each.title == title; });
    write(service, lanes);
}

bool isPin(const QString& laneId)
{
    return laneId.startsWith(prefix);
}

QString titleOf(const QString& laneId)
{
    return laneId.mid(prefix.size());
}

Decoder decoder(const QString& service, Decoder page)
{
    return [pins = of(service), page = std::move(page)](const QByteArray& body) -> Result<ServicePage> {
        HF_TRY(ServicePage read, page(body));
        for (const PinnedLane& pin : pins)
            read.lanes.push_back(specOf(pin));
        return read;
    };
}

}  // namespace holdfast::widgets::PinnedLanes
