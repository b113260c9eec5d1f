#pragma once

#include "app/base/result.h"
#include "widgets/client/service_page.h"

#include <QString>

class QByteArray;

namespace holdfast::widgets {

/// One service's page from the answer to the fleet's question (prometheus_fleet.h): the same lanes as the engine's, by
/// the convention that the service was found to follow.
///
/// window  of rates, a duration such as "1m"
[[nodiscard]] Result<ServicePage> decodePrometheusPage(const QByteArray& body, const QString& service,
                                                       const QString& window);

}  // namespace holdfast::widgets
