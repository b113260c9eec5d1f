#pragma once

#include "widgets/client/target.h"

#include <QString>
#include <QStringList>

namespace holdfast::widgets {

/// How a target's labels came to be: what discovery found, and what relabelling added, changed or took away, one
/// sentence a line; empty where it is not told.
[[nodiscard]] QStringList relabelTrail(const Target& target);

/// `job=payments   instance=…`
[[nodiscard]] QString labelText(const QMap<QString, QString>& labels);

}  // namespace holdfast::widgets
