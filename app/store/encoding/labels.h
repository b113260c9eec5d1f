#pragma once

#include "app/model/label_set.h"
#include "app/store/encoding/bytes.h"

#include <string>

namespace holdfast::store {

/// A label set as a count and pairs of length-prefixed texts; in journal rows and in group rows.
void appendLabels(const LabelSet& labels, std::string& out);
[[nodiscard]] LabelSet readLabels(ByteReader& in);

}  // namespace holdfast::store
