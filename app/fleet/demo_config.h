#pragma once

#include "app/fleet/address_book.h"

#include <string>

namespace holdfast::fleet {

/// A holdfast.yml that scrapes every instance of the fleet every two seconds and knows its services and its control
/// endpoints: environment DEMO, one control group "demo", armed.
/// tokenFile: absolute path
[[nodiscard]] std::string demoConfig(const AddressBook& addresses, const std::string& tokenFile);

}  // namespace holdfast::fleet
