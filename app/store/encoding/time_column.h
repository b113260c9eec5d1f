#pragma once

#include "app/store/encoding/bytes.h"

#include <cstdint>
#include <span>
#include <string>

namespace holdfast::store {

/// Ascending times in milliseconds as first time, first step and packed differences of differences: a steady
/// interval costs one byte in 32 samples. The count is written by the caller.
void encodeTimes(std::span<const std::int64_t> times, std::string& out);
/// Fills `times`; marks the reader as failed when the bytes end early or the times do not ascend.
void decodeTimes(ByteReader& in, std::span<std::int64_t> times);

}  // namespace holdfast::store
