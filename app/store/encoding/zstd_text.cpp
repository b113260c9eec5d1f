#include "app/store/encoding/zstd_text.h"

#include <zstd.h>

#include <cassert>
#include <memory>

namespace holdfast::store {

namespace {

struct FreeContext {
    void operator()(ZSTD_CCtx* c) const { ZSTD_freeCCtx(c); }
    void operator()(ZSTD_DCtx* d) const { ZSTD_freeDCtx(d); }
};

}  // namespace

std::string compress(std::string_view bytes, int level)
{
    // A context costs more to make than a small frame to compress.
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t n = ZSTD_compressCCtx(context.get(), out.data(), out.size(), bytes.data(), bytes.size(), level);
    assert(!ZSTD_isError(n));
    out.resize(n);
    return out;
}

Result<std::string> decompress(std::string_view frame, std::size_t most)
{
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most)
        return Error{"the compressed bytes do not say a possible size", ErrorKind::Corrupt};
    std::string out(size, '\0');
    const std::size_t n = ZSTD_decompressDCtx(context.get(), out.data(), out.size(), frame.data(), frame.size());
    if (ZSTD_isError(n) || n != size)
        return Error{"the compressed bytes are damaged", ErrorKind::Corrupt};
    return out;
}

}  // namespace holdfast::store
