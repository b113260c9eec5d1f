#include "collectors/scrape/body_decoder.h"

#include <libdeflate.h>
#include <zstd.h>

#include <algorithm>
#include <string>

namespace holdfast::scrape {

namespace {

constexpr std::size_t kept = 4U << 20U;  // a body of 50 000 series; guessed

Error tooLarge(std::uint64_t limit)
{
    return {"body size limit exceeded: more than " + std::to_string(limit) + " bytes decompressed", ErrorKind::Limit};
}

std::string lowered(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\t')
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return out;
}

}  // namespace

struct BodyDecoder::Codecs {
    libdeflate_decompressor* deflate = libdeflate_alloc_decompressor();
    ZSTD_DCtx* zstd = nullptr;
    ~Codecs()
    {
        libdeflate_free_decompressor(deflate);
        ZSTD_freeDCtx(zstd);
    }
};

BodyDecoder::BodyDecoder() : m_codecs(std::make_unique<Codecs>()) {}
BodyDecoder::~BodyDecoder() = default;

Result<std::string_view> BodyDecoder::decode(std::string_view wire, std::string_view encoding, std::uint64_t limit)
{
    const std::string name = lowered(encoding);
    if (limit == 0)
        limit = UINT64_MAX / 4;
    if (name.empty() || name == "identity")
        return wire.size() > limit ? Result<std::string_view>(tooLarge(limit)) : wire;
    if (name == "gzip" || name == "x-gzip")
        return gunzip(wire, limit);
    if (name == "zstd")
        return unzstd(wire, limit);
    return Error{"the body is encoded as \"" + name + "\", which was not asked for", ErrorKind::BadInput};
}

void BodyDecoder::shrink()
{
    m_out.shrink(kept);
}

Result<std::string_view> BodyDecoder::gunzip(std::string_view wire, std::uint64_t limit)
{
    m_out.clear();
    const char* at = wire.data();
    std::size_t left = wire.size();
    if (left == 0)
        return Error{"gzip: the body is empty", ErrorKind::Corrupt};
    while (left > 0) {
        // The last four bytes of a member are its size (RFC 1952), true for a single honest one; deflate cannot
        // pack more than 1032 to one.
        std::uint64_t announced = 0;
        if (left >= 18) {
            for (unsigned i = 0; i < 4; ++i)
                announced |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[left - 4 + i])) << (8 * i);
        }
        announced = std::min<std::uint64_t>(announced, left * 1032ULL + 64);
        if (m_out.size() == 0 && announced > limit)
            return tooLarge(limit);
        std::uint64_t room = std::max<std::uint64_t>(std::min(announced, limit - m_out.size()), 256);
        std::size_t used = 0;
        std::size_t made = 0;
        libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;
        for (;;) {
            m_out.reserve(m_out.size() + room);
            result = libdeflate_gzip_decompress_ex(m_codecs->deflate, at, left, m_out.data() + m_out.size(), room,
                                                   &used, &made);
            if (result != LIBDEFLATE_INSUFFICIENT_SPACE)
                break;
            if (m_out.size() + room >= limit)
                return tooLarge(limit);
            room = std::min(room * 2, limit - m_out.size());
        }
        if (result != LIBDEFLATE_SUCCESS)
            return Error{"gzip: the body is damaged or cut short", ErrorKind::Corrupt};
        if (m_out.size() + made > limit)
            return tooLarge(limit);
        m_out.setSize(m_out.size() + made);
        at += used;
        left -= used;
    }
    return m_out.view();
}

Result<std::string_view> BodyDecoder::unzstd(std::string_view wire, std::uint64_t limit)
{
    constexpr int largestWindowLog = 23;  // 8 MiB, what RFC 8878 asks every decoder to support
    if (m_codecs->zstd == nullptr) {
        m_codecs->zstd = ZSTD_createDCtx();
        ZSTD_DCtx_setParameter(m_codecs->zstd, ZSTD_d_windowLogMax, largestWindowLog);
    }
    ZSTD_DCtx_reset(m_codecs->zstd, ZSTD_reset_session_only);
    m_out.clear();
    ZSTD_inBuffer in{wire.data(), wire.size(), 0};
    std::size_t pending = 1;
    while (in.pos < in.size || pending > 0) {
        const std::size_t before = in.pos;
        m_out.reserve(m_out.size() + ZSTD_DStreamOutSize());
        ZSTD_outBuffer out{m_out.data() + m_out.size(), m_out.capacity() - m_out.size(), 0};
        pending = ZSTD_decompressStream(m_codecs->zstd, &out, &in);
        if (ZSTD_isError(pending) != 0)
            return Error{std::string("zstd: ") + ZSTD_getErrorName(pending), ErrorKind::Corrupt};
        m_out.setSize(m_out.size() + out.pos);
        if (m_out.size() > limit)
            return tooLarge(limit);
        if (in.pos == before && out.pos == 0)
            return Error{"zstd: the body is cut short", ErrorKind::Corrupt};
    }
    return m_out.view();
}

}  // namespace holdfast::scrape
