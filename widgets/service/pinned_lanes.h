#pragma once

#include "widgets/client/service_page.h"

#include <QString>

#include <functional>
#include <vector>

class QByteArray;

namespace holdfast::widgets {

/// A query of Explore that a person wants to see on a service's page.
struct PinnedLane {
    QString title;
    QString expr;
};

/// Those queries of each service, kept for this person. At most six a service: more lanes are too flat to be read.
namespace PinnedLanes {

inline constexpr std::size_t most = 6;

[[nodiscard]] std::vector<PinnedLane> of(const QString& service);
/// False: there are as many as fit. The same title is written over.
bool pin(const QString& service, const PinnedLane& lane);
void unpin(const QString& service, const QString& title);

/// "pin:" before the title is the id of such a lane.
[[nodiscard]] bool isPin(const QString& laneId);
[[nodiscard]] QString titleOf(const QString& laneId);

using Decoder = std::function<Result<ServicePage>(const QByteArray&)>;
/// Reads the page with the service's pins as its last lanes.
[[nodiscard]] Decoder decoder(const QString& service, Decoder page);

}  // namespace PinnedLanes

}  // namespace holdfast::widgets
