#include "collectors/scrape/stream_decoder.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <string>
#include <utility>

namespace holdfast::scrape {

namespace {

constexpr std::size_t step = 256U << 10U;  // output room made at a time

bool isWord(std::string_view text, std::string_view lower)
{
    return std::ranges::equal(text, lower, {},
                              [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

Error tooLarge(std::uint64_t limit)
{
    return {"body size limit exceeded: more than " + std::to_string(limit) + " bytes decompressed", ErrorKind::Limit};
}

/// Room for one more step, at most one byte beyond the limit: that byte is how going beyond is noticed.
std::size_t makeRoom(BodyBuffer& out, std::uint64_t limit)
{
    const std::uint64_t most = limit == 0 ? UINT64_MAX / 4 : limit + 1;
    const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(step, most - out.size()));
    out.reserve(out.size() + room);
    return room;
}

}  // namespace

struct StreamDecoder::State {
    bool gzip = false;
    bool complete = false;
    z_stream deflate{};
    ZSTD_DCtx* zstd = nullptr;
    ~State()
    {
        if (gzip)
            ::inflateEnd(&deflate);
        ZSTD_freeDCtx(zstd);
    }
};

StreamDecoder::StreamDecoder(std::unique_ptr<State> state) : m_state(std::move(state)) {}
StreamDecoder::~StreamDecoder() = default;

std::unique_ptr<StreamDecoder> StreamDecoder::forEncoding(std::string_view encoding)
{
    auto state = std::make_unique<State>();
    if (isWord(encoding, "gzip") || isWord(encoding, "x-gzip")) {
        constexpr int gzipOnly = 16 + MAX_WBITS;  // zlib.h: 16 is added for a gzip header and trailer
        if (::inflateInit2(&state->deflate, gzipOnly) != Z_OK)
            return nullptr;
        state->gzip = true;
    } else if (isWord(encoding, "zstd")) {
        constexpr int largestWindowLog = 23;  // 8 MiB, what RFC 8878 asks every decoder to support
        state->zstd = ZSTD_createDCtx();
        ZSTD_DCtx_setParameter(state->zstd, ZSTD_d_windowLogMax, largestWindowLog);
    } else {
        return nullptr;
    }
    return std::unique_ptr<StreamDecoder>(new StreamDecoder(std::move(state)));
}

bool StreamDecoder::complete() const
{
    return m_state->complete;
}

Result<void> StreamDecoder::feed(std::string_view wire, BodyBuffer& out, std::uint64_t limit)
{
    return m_state->gzip ? inflate(wire, out, limit) : unzstd(wire, out, limit);
}

Result<void> StreamDecoder::inflate(std::string_view wire, BodyBuffer& out, std::uint64_t limit)
{
    z_stream& stream = m_state->deflate;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(wire.data()));
    stream.avail_in = static_cast<uInt>(wire.size());
    for (;;) {
        if (m_state->complete && stream.avail_in > 0) {
            // Another member follows (RFC 1952, 2.2).
            ::inflateReset(&stream);
            m_state->complete = false;
        }
        const std::size_t room = makeRoom(out, limit);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + out.size());
        stream.avail_out = static_cast<uInt>(room);
        const int result = ::inflate(&stream, Z_NO_FLUSH);
        out.setSize(out.size() + room - stream.avail_out);
        if (limit > 0 && out.size() > limit)
            return tooLarge(limit);
        if (result == Z_STREAM_END)
            m_state->complete = true;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            return Error{"gzip: the body is damaged", ErrorKind::Corrupt};
        if (stream.avail_in == 0 && (m_state->complete || stream.avail_out > 0))
            return {};
    }
}

Result<void> StreamDecoder::unzstd(std::string_view wire, BodyBuffer& out, std::uint64_t limit)
{
    ZSTD_inBuffer in{wire.data(), wire.size(), 0};
    for (;;) {
        const std::size_t room = makeRoom(out, limit);
        ZSTD_outBuffer piece{out.data() + out.size(), room, 0};
        const std::size_t pending = ZSTD_decompressStream(m_state->zstd, &piece, &in);
        if (ZSTD_isError(pending) != 0)
            return Error{std::string("zstd: ") + ZSTD_getErrorName(pending), ErrorKind::Corrupt};
        out.setSize(out.size() + piece.pos);
        if (limit > 0 && out.size() > limit)
            return tooLarge(limit);
        m_state->complete = pending == 0;
        if (in.pos == in.size && (pending == 0 || piece.pos < room))
            return {};
    }
}

}  // namespace holdfast::scrape
