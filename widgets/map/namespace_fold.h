#pragma once

#include "widgets/client/control.h"
#include "widgets/client/fleet.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

namespace holdfast::widgets {

/// A fleet in which services of one namespace are one: what a map of more than forty boxes shows.
struct FoldedFleet {
    Fleet fleet;
    QHash<QString, QStringList> members;  ///< of each folded service, by its name "shop/*"
};

/// The namespace of a service: what stands before the first "/", else the first ".", "_" or "-"; empty without one.
[[nodiscard]] QString namespaceOf(const QString& service);
/// "shop/*" is not a service but a folded namespace.
[[nodiscard]] bool isFolded(const QString& name);
/// "shop/*" → "shop".
[[nodiscard]] QString namespaceOfFolded(const QString& name);

/// Folds every namespace that has two services or more and is not in `open`. One that holds more than half of all is
/// left as it is: a map of one box tells nothing. A folded service has the worst state, latency, errors and headroom of
/// its members and the sum of their requests; calls inside it are gone, calls across are added up, and keep the breaker
/// whose state is worst.
[[nodiscard]] FoldedFleet foldNamespaces(const Fleet& fleet, const ControlList* controls, const QSet<QString>& open);

}  // namespace holdfast::widgets
