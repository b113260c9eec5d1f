#pragma once

#include "widgets/client/service_page.h"

namespace holdfast::widgets {

/// The page with the lanes of one instance. What is recorded for all instances together stays and is marked so;
/// breakers and flags keep their k of n.
[[nodiscard]] ServicePage forInstance(ServicePage page, const QString& instance);

}  // namespace holdfast::widgets
