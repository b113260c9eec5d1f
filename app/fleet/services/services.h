#pragma once

#include "app/fleet/service.h"

#include <memory>

namespace holdfast::fleet {

/// One function a kind of service; the shop's table (shop.cpp) says which runs how often and calls whom.
[[nodiscard]] std::unique_ptr<Service> makeGateway(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makeCheckout(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makePayments(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makePaymentsDb(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makeInventory(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makeCatalog(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makeSearch(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makeRecommendations(Parts& parts);
[[nodiscard]] std::unique_ptr<Service> makeMail(Parts& parts);

}  // namespace holdfast::fleet
