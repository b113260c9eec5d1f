#include "app/store/encoding/value_column.h"

#include "app/store/encoding/bit_pack.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace holdfast::store {

namespace {

// First byte of a column.
constexpr std::uint8_t kConstant = 0;
constexpr std::uint8_t kIntegers = 1;
constexpr std::uint8_t kBits = 2;

enum class Predictor : std::uint8_t { None, Delta, DeltaOfDelta, LikePrevious, LikeBeforePrevious };

constexpr std::array<double, 10> kPowers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
// What exporters print: whole numbers, one to four decimals, microseconds, nanoseconds.
constexpr std::array<unsigned, 7> kExponents{0, 1, 2, 3, 4, 6, 9};
constexpr double kExactLimit = 9007199254740992.0;  // 2^53

struct Exception {
    std::size_t at;
    std::uint64_t bits;
};

struct Transformed {
    std::vector<std::int64_t> values;
    std::vector<Exception> exceptions;
};

std::uint64_t bitsOf(double v)
{
    return std::bit_cast<std::uint64_t>(v);
}

double toDouble(std::int64_t k, unsigned exponent)
{
    const auto v = static_cast<double>(k);
    return exponent == 0 ? v : v / kPowers[exponent];
}

// Values that are no k / 10^e are exceptions and repeat the integer before them; too many: nothing.
std::optional<Transformed> transform(std::span<const double> values, unsigned exponent)
{
    const std::size_t most = values.size() / 8 + 1;
    Transformed out;
    out.values.resize(values.size());
    std::int64_t last = 0;
    bool leading = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double scaled = values[i] * kPowers[exponent];
        if (std::abs(scaled) < kExactLimit) {
            const auto k = static_cast<std::int64_t>(std::nearbyint(scaled));
            if (bitsOf(toDouble(k, exponent)) == bitsOf(values[i])) {
                if (leading)
                    std::fill_n(out.values.begin(), i, k);
                leading = false;
                out.values[i] = last = k;
                continue;
            }
        }
        if (out.exceptions.size() == most)
            return std::nullopt;
        out.exceptions.push_back({i, bitsOf(values[i])});
        out.values[i] = last;
    }
    return out;
}

std::optional<std::pair<unsigned, Transformed>> bestTransform(std::span<const double> values)
{
    std::optional<std::pair<unsigned, Transformed>> best;
    for (const unsigned exponent : kExponents) {
        auto candidate = transform(values, exponent);
        if (!candidate)
            continue;
        const bool better = !best || candidate->exceptions.size() < best->second.exceptions.size();
        if (better)
            best.emplace(exponent, std::move(*candidate));
        if (best->second.exceptions.empty())
            break;
    }
    return best;
}

// Negative doubles order backwards as bits; flipping them makes neighbours in value neighbours as integers.
std::int64_t orderedBits(double v)
{
    const auto bits = static_cast<std::int64_t>(bitsOf(v));
    return bits < 0 ? bits ^ std::numeric_limits<std::int64_t>::max() : bits;
}

double fromOrderedBits(std::int64_t ordered)
{
    return std::bit_cast<double>(ordered < 0 ? ordered ^ std::numeric_limits<std::int64_t>::max() : ordered);
}

std::uint64_t u(std::int64_t v)
{
    return static_cast<std::uint64_t>(v);
}

// Residuals of all but the first value; arithmetic wraps, so any 64-bit column works.
std::vector<std::uint64_t> residuals(std::span<const std::int64_t> k, Predictor predictor, const Neighbours& near)
{
    std::vector<std::uint64_t> out(k.size() - 1);
    const std::vector<std::int64_t>* lean = predictor == Predictor::LikePrevious         ? &near.previous->values
                                            : predictor == Predictor::LikeBeforePrevious ? &near.beforePrevious->values
                                                                                         : nullptr;
    std::uint64_t before = 0;
    for (std::size_t i = 1; i < k.size(); ++i) {
        const std::uint64_t delta = u(k[i]) - u(k[i - 1]);
        switch (predictor) {
        case Predictor::None: out[i - 1] = u(k[i]) - u(k[0]); break;
        case Predictor::Delta: out[i - 1] = delta; break;
        case Predictor::DeltaOfDelta: out[i - 1] = delta - before; break;
        case Predictor::LikePrevious:
        case Predictor::LikeBeforePrevious: out[i - 1] = delta - (u((*lean)[i]) - u((*lean)[i - 1])); break;
        }
        before = delta;
    }
    return out;
}

void restore(std::span<std::int64_t> k, std::span<const std::uint64_t> r, Predictor predictor,
             const std::vector<std::int64_t>* lean)
{
    std::uint64_t before = 0;
    for (std::size_t i = 1; i < k.size(); ++i) {
        std::uint64_t delta = r[i - 1];
        if (predictor == Predictor::None) {
            k[i] = static_cast<std::int64_t>(u(k[0]) + delta);
            continue;
        }
        if (predictor == Predictor::DeltaOfDelta)
            delta += before;
        else if (lean)
            delta += u((*lean)[i]) - u((*lean)[i - 1]);
        k[i] = static_cast<std::int64_t>(u(k[i - 1]) + delta);
        before = delta;
    }
}

struct Packed {
    Predictor predictor = Predictor::Delta;
    unsigned shift = 0;
    std::vector<std::uint64_t> residuals;
    std::size_t size = std::numeric_limits<std::size_t>::max();
};

// The power of two common to all residuals (byte gauges are multiples of a page) is shifted out.
Packed pack(std::span<const std::int64_t> k, Predictor predictor, const Neighbours& near)
{
    Packed out;
    out.predictor = predictor;
    out.residuals = residuals(k, predictor, near);
    std::uint64_t all = 0;
    for (const std::uint64_t r : out.residuals)
        all |= r;
    out.shift = all == 0 ? 0 : static_cast<unsigned>(std::countr_zero(all));
    for (std::uint64_t& r : out.residuals)
        r = toZigzag(static_cast<std::uint64_t>(static_cast<std::int64_t>(r) >> out.shift));
    out.size = packedSize(out.residuals);
    return out;
}

unsigned writeIntegers(std::span<const std::int64_t> k, const Neighbours& near, std::string& out)
{
    ByteWriter w(out);
    std::vector<Predictor> candidates{Predictor::None, Predictor::Delta, Predictor::DeltaOfDelta};
    if (near.previous)
        candidates.push_back(Predictor::LikePrevious);
    if (near.beforePrevious)
        candidates.push_back(Predictor::LikeBeforePrevious);
    Packed best;
    for (const Predictor predictor : candidates) {
        Packed candidate = pack(k, predictor, near);
        if (candidate.size < best.size)
            best = std::move(candidate);
    }
    w.byte(static_cast<std::uint8_t>(best.predictor));
    w.byte(static_cast<std::uint8_t>(best.shift));
    w.zigzag(k[0]);
    packBlocks(best.residuals, out);
    return best.predictor == Predictor::LikePrevious ? 1 : best.predictor == Predictor::LikeBeforePrevious ? 2 : 0;
}

void readIntegers(ByteReader& in, const Neighbours& near, std::span<std::int64_t> k)
{
    const auto predictor = static_cast<Predictor>(in.byte());
    const unsigned shift = in.byte();
    k[0] = in.zigzag();
    const IntegerColumn* lean = predictor == Predictor::LikePrevious         ? near.previous
                                : predictor == Predictor::LikeBeforePrevious ? near.beforePrevious
                                                                             : nullptr;
    const bool leans = predictor == Predictor::LikePrevious || predictor == Predictor::LikeBeforePrevious;
    if (predictor > Predictor::LikeBeforePrevious || shift > 63
        || (leans && (!lean || !lean->usable || lean->values.size() != k.size()))) {
        in.fail();
        return;
    }
    std::vector<std::uint64_t> r(k.size() - 1);
    unpackBlocks(in, r);
    for (std::uint64_t& v : r)
        v = fromZigzag(v) << shift;
    restore(k, r, predictor, lean ? &lean->values : nullptr);
}

bool isConstant(std::span<const double> values)
{
    return std::ranges::all_of(values, [&](double v) { return bitsOf(v) == bitsOf(values.front()); });
}

// Only columns of the same scale and length rise together.
Neighbours alike(const Neighbours& near, unsigned exponent, std::size_t n)
{
    const auto keep = [&](const IntegerColumn* c) {
        return c && c->usable && c->exponent == exponent && c->values.size() == n ? c : nullptr;
    };
    return {keep(near.previous), keep(near.beforePrevious)};
}

}  // namespace

unsigned encodeValues(std::span<const double> values, const Neighbours& neighbours, std::string& out,
                      IntegerColumn& integers)
{
    integers = {};
    if (values.empty())
        return 0;
    ByteWriter w(out);
    if (isConstant(values)) {
        w.byte(kConstant);
        w.fixed64(bitsOf(values.front()));
        return 0;
    }
    if (auto best = bestTransform(values)) {
        auto& [exponent, transformed] = *best;
        w.byte(kIntegers);
        w.byte(static_cast<std::uint8_t>(exponent));
        w.varint(transformed.exceptions.size());
        std::size_t from = 0;
        for (const Exception& e : transformed.exceptions) {
            w.varint(e.at - from);
            w.fixed64(e.bits);
            from = e.at;
        }
        const unsigned leansOn = writeIntegers(transformed.values, alike(neighbours, exponent, values.size()), out);
        integers = {.usable = true, .exponent = exponent, .values = std::move(transformed.values)};
        return leansOn;
    }
    std::vector<std::int64_t> ordered(values.size());
    std::ranges::transform(values, ordered.begin(), orderedBits);
    w.byte(kBits);
    return writeIntegers(ordered, {}, out);
}

void decodeValues(ByteReader& in, const Neighbours& neighbours, std::span<double> values, IntegerColumn& integers)
{
    integers.usable = false;
    if (values.empty())
        return;
    const std::uint8_t mode = in.byte();
    if (mode == kConstant) {
        std::ranges::fill(values, std::bit_cast<double>(in.fixed64()));
        return;
    }
    if (mode == kBits) {
        integers.values.resize(values.size());
        readIntegers(in, {}, integers.values);
        std::ranges::transform(integers.values, values.begin(), fromOrderedBits);
        return;
    }
    if (mode != kIntegers)
        return in.fail();
    const unsigned exponent = in.byte();
    const std::uint64_t count = in.count(values.size());
    std::vector<Exception> exceptions;
    std::uint64_t at = 0;
    for (std::uint64_t i = 0; i < count && !in.failed(); ++i) {
        at += in.count(values.size());
        if (at >= values.size())
            return in.fail();
        exceptions.push_back({at, in.fixed64()});
    }
    if (exponent >= kPowers.size() || in.failed())
        return in.fail();
    integers.exponent = exponent;
    integers.values.resize(values.size());
    readIntegers(in, alike(neighbours, exponent, values.size()), integers.values);
    if (in.failed())
        return;
    integers.usable = true;
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = toDouble(integers.values[i], exponent);
    for (const Exception& e : exceptions)
        values[e.at] = std::bit_cast<double>(e.bits);
}

}  // namespace holdfast::store
