#pragma once

#include "app/base/result.h"
#include "widgets/client/target.h"

#include <QString>

class QByteArray;

namespace holdfast::widgets {

/// The endpoints a foreign Prometheus reads (`/api/v1/targets`). What it does
/// not tell (samples, history, profile) stays empty.
[[nodiscard]] Result<TargetList> decodePrometheusTargets(const QByteArray& body);

/// What one of its scrape errors means and where to look, in words; the error itself where it is not known.
[[nodiscard]] QString scrapeErrorWords(const QString& error, const QString& url);

}  // namespace holdfast::widgets
