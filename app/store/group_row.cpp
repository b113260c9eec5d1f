#include "app/store/group_row.h"

#include "app/store/encoding/bytes.h"
#include "app/store/encoding/labels.h"
#include "app/store/encoding/zstd_text.h"

#include <algorithm>

namespace holdfast::store {

namespace {

constexpr std::size_t kMostBytes = 64U << 20U;

}  // namespace

std::string encodeMembers(std::span<const SeriesRef> members, const SeriesIndex& index)
{
    std::string body;
    ByteWriter w(body);
    w.varint(members.size());
    std::int64_t next = 0;
    for (const SeriesRef ref : members) {
        w.zigzag(static_cast<std::int64_t>(ref) - next);
        next = static_cast<std::int64_t>(ref) + 1;
        appendLabels(ref == 0 ? LabelSet() : index.labels(ref), body);
    }
    return compress(body, 3);
}

Result<std::vector<StoredMember>> decodeMembers(std::string_view bytes)
{
    HF_TRY(const std::string body, decompress(bytes, kMostBytes));
    ByteReader in(body);
    std::vector<StoredMember> out(in.count(kGroupSize));
    std::int64_t next = 0;
    for (StoredMember& member : out) {
        member.series = static_cast<SeriesRef>(next + in.zigzag());
        next = static_cast<std::int64_t>(member.series) + 1;
        member.labels = readLabels(in);
    }
    if (!in.done())
        return Error{"the members of the group make no sense", ErrorKind::Corrupt};
    return out;
}

std::string encodeSpans(std::span<const Span> spans, Span bounds)
{
    std::string out;
    ByteWriter w(out);
    w.varint(spans.size());
    for (const Span& span : spans) {
        // Retention may have removed what a span began with.
        const std::int64_t first = std::max(span.first, bounds.first);
        const bool empty = first > span.last;
        w.varint(empty ? 0 : static_cast<std::uint64_t>(first - bounds.first) + 1);
        w.varint(empty ? 0 : static_cast<std::uint64_t>(bounds.last - span.last));
    }
    return out;
}

Result<std::vector<Span>> decodeSpans(std::string_view bytes, Span bounds)
{
    ByteReader in(bytes);
    std::vector<Span> out(in.count(kGroupSize));
    for (Span& span : out) {
        const auto first = static_cast<std::int64_t>(in.varint());
        const auto last = static_cast<std::int64_t>(in.varint());
        if (first != 0)
            span = {bounds.first + first - 1, bounds.last - last};
    }
    if (!in.done())
        return Error{"the spans of the group make no sense", ErrorKind::Corrupt};
    return out;
}

}  // namespace holdfast::store
