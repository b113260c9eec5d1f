#pragma once

#include "app/base/result.h"
#include "widgets/client/control.h"

#include <QString>

class QByteArray;

namespace holdfast::widgets {

/// For a window attached to a foreign Prometheus: how the breakers stand, from their metrics.
[[nodiscard]] QString prometheusBreakerQuery();

/// Those breakers as controls that cannot be used: seen only, by one path, at `query`'s moment.
[[nodiscard]] Result<ControlList> decodePrometheusControls(const QByteArray& body);

}  // namespace holdfast::widgets
