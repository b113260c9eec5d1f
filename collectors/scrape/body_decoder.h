#pragma once

#include "app/base/result.h"
#include "collectors/scrape/body_buffer.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace holdfast::scrape {

/// Undoes a Content-Encoding (gzip, zstd, none) with a bound on the result.
///
/// What is announced is not believed: memory follows what was decoded, at most the limit. Several gzip members and
/// zstd frames after one another are one body. Limit where the result is larger, Corrupt where it is damaged,
/// BadInput for an encoding that was not asked for. One thread at a time.
class BodyDecoder {
public:
    BodyDecoder();
    ~BodyDecoder();

    /// encoding: the header's value, any case. The view is valid until the next call, or as long as `wire`.
    [[nodiscard]] Result<std::string_view> decode(std::string_view wire, std::string_view encoding,
                                                  std::uint64_t limit);
    /// Gives away the memory of the last body; its view stays valid as long as what is returned.
    [[nodiscard]] BodyBuffer release() { return std::exchange(m_out, BodyBuffer()); }
    /// Frees what one unusually large body took.
    void shrink();

private:
    Result<std::string_view> gunzip(std::string_view wire, std::uint64_t limit);
    Result<std::string_view> unzstd(std::string_view wire, std::uint64_t limit);

    struct Codecs;
    std::unique_ptr<Codecs> m_codecs;
    BodyBuffer m_out;
};

}  // namespace holdfast::scrape
