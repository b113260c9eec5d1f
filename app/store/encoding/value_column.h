#pragma once

#include "app/store/encoding/bytes.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace holdfast::store {

/// The integers behind a column of doubles, kept so that a neighbour can be coded against them.
struct IntegerColumn {
    bool usable = false;    ///< false: raw bits or a constant, nothing to lean on
    unsigned exponent = 0;  ///< value = integer / 10^exponent
    std::vector<std::int64_t> values;
};

/// Neighbours a column may lean on, nearest first; null where there is none or its times differ.
struct Neighbours {
    const IntegerColumn* previous = nullptr;
    const IntegerColumn* beforePrevious = nullptr;
};

/// Appends one column of doubles, every bit kept (NaN payloads, staleness markers, −0), and fills `integers`.
///
/// Tries, and takes the cheapest: a constant; integers k with v = k / 10^e exactly, or the order-preserving bits;
/// each as they are, as differences, as differences of differences, or as differences less those of a neighbour
/// (histogram buckets rise together). FORMAT.md draws the bytes.
/// Returns how far back the neighbour lies that the column leans on: 0 (none), 1 or 2.
unsigned encodeValues(std::span<const double> values, const Neighbours& neighbours, std::string& out,
                      IntegerColumn& integers);

/// Fills `values` and `integers`; marks the reader as failed where the bytes make no sense.
void decodeValues(ByteReader& in, const Neighbours& neighbours, std::span<double> values, IntegerColumn& integers);

}  // namespace holdfast::store
