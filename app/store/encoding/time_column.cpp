#include "app/store/encoding/time_column.h"

#include "app/store/encoding/bit_pack.h"

#include <vector>

namespace holdfast::store {

void encodeTimes(std::span<const std::int64_t> times, std::string& out)
{
    ByteWriter w(out);
    if (times.empty())
        return;
    w.zigzag(times[0]);
    if (times.size() == 1)
        return;
    w.varint(static_cast<std::uint64_t>(times[1] - times[0]));
    std::vector<std::uint64_t> residuals;
    residuals.reserve(times.size() - 2);
    for (std::size_t i = 2; i < times.size(); ++i) {
        const std::int64_t change = (times[i] - times[i - 1]) - (times[i - 1] - times[i - 2]);
        residuals.push_back(toZigzag(static_cast<std::uint64_t>(change)));
    }
    packBlocks(residuals, out);
}

void decodeTimes(ByteReader& in, std::span<std::int64_t> times)
{
    if (times.empty())
        return;
    times[0] = in.zigzag();
    if (times.size() == 1)
        return;
    std::uint64_t step = in.varint();
    std::vector<std::uint64_t> residuals(times.size() - 2);
    unpackBlocks(in, residuals);
    if (in.failed())
        return;
    for (std::size_t i = 1; i < times.size(); ++i) {
        if (i >= 2)
            step += fromZigzag(residuals[i - 2]);
        times[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(times[i - 1]) + step);
        if (times[i] <= times[i - 1])
            return in.fail();
    }
}

}  // namespace holdfast::store
