#include "app/store/encoding/commit_record.h"

#include "app/store/encoding/bytes.h"
#include "app/store/encoding/labels.h"
#include "app/store/encoding/zstd_text.h"

#include <array>
#include <cmath>

namespace holdfast::store {

namespace {

constexpr std::size_t kMostBytes = 1U << 30U;
// The low three bits of a value: 0, the raw bits follow; else value = integer / 10^kExponents[tag - 1].
constexpr std::array<double, 7> kScales{1, 1e1, 1e2, 1e3, 1e4, 1e6, 1e9};
constexpr double kExactLimit = 9007199254740992.0;  // 2^53

void writeValue(ByteWriter& w, double v)
{
    for (std::size_t i = 0; i < kScales.size(); ++i) {
        const double scaled = v * kScales[i];
        if (!(std::abs(scaled) < kExactLimit))
            break;
        const double k = std::nearbyint(scaled);
        const auto n = static_cast<std::int64_t>(k);
        // Compared as bits: -0 has no integer.
        if (std::bit_cast<std::uint64_t>(static_cast<double>(n) / kScales[i]) == std::bit_cast<std::uint64_t>(v)) {
            const std::uint64_t zigzag = (static_cast<std::uint64_t>(n) << 1) ^ static_cast<std::uint64_t>(n >> 63);
            w.varint(zigzag << 3 | (i + 1));
            return;
        }
    }
    w.byte(0);
    w.fixed64(std::bit_cast<std::uint64_t>(v));
}

double readValue(ByteReader& in)
{
    const std::uint64_t tagged = in.varint();
    const std::uint64_t tag = tagged & 7;
    if (tag == 0) {
        if (tagged != 0)
            in.fail();
        return std::bit_cast<double>(in.fixed64());
    }
    const std::uint64_t zigzag = tagged >> 3;
    const auto n = static_cast<std::int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
    return static_cast<double>(n) / kScales[tag - 1];
}

}  // namespace

std::string encodeCommit(const CommitRecord& record)
{
    std::string body;
    ByteWriter w(body);
    w.varint(record.groups.size());
    for (const auto& group : record.groups) {
        w.varint(group.id);
        w.text(group.origin);
    }
    w.varint(record.members.size());
    for (const auto& member : record.members) {
        w.varint(member.series);
        w.varint(member.group);
        w.varint(member.slot);
        appendLabels(member.labels, body);
    }
    // Columns rather than rows: neighbours of one kind compress well, and steady ones become runs of zeros.
    w.varint(record.samples.size());
    std::int64_t next = 0;
    for (const BatchSample& s : record.samples) {
        w.zigzag(static_cast<std::int64_t>(s.series) - next);
        next = static_cast<std::int64_t>(s.series) + 1;
    }
    std::int64_t last = 0;
    for (const BatchSample& s : record.samples) {
        w.zigzag(s.t - last);
        last = s.t;
    }
    for (const BatchSample& s : record.samples)
        writeValue(w, s.v);
    return compress(body, 1);
}

Result<CommitRecord> decodeCommit(std::string_view bytes)
{
    HF_TRY(const std::string body, decompress(bytes, kMostBytes));
    ByteReader in(body);
    CommitRecord out;
    // Every entry takes at least a byte, so what is left bounds each count.
    for (std::uint64_t n = in.count(in.left()); n > 0 && !in.failed(); --n) {
        const auto id = static_cast<std::uint32_t>(in.varint());
        out.groups.push_back({id, std::string(in.text())});
    }
    for (std::uint64_t n = in.count(in.left()); n > 0 && !in.failed(); --n) {
        CommitRecord::Member member;
        member.series = static_cast<std::uint32_t>(in.varint());
        member.group = static_cast<std::uint32_t>(in.varint());
        member.slot = static_cast<std::uint16_t>(in.varint());
        member.labels = readLabels(in);
        out.members.push_back(std::move(member));
    }
    out.samples.resize(in.count(in.left()));
    std::int64_t next = 0;
    for (BatchSample& s : out.samples) {
        s.series = static_cast<SeriesId>(next + in.zigzag());
        next = static_cast<std::int64_t>(s.series) + 1;
    }
    std::int64_t last = 0;
    for (BatchSample& s : out.samples)
        s.t = last += in.zigzag();
    for (BatchSample& s : out.samples)
        s.v = readValue(in);
    if (!in.done())
        return Error{"the commit record ends early or late", ErrorKind::Corrupt};
    return out;
}

}  // namespace holdfast::store
