#pragma once

#include "app/base/result.h"
#include "collectors/scrape/body_buffer.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace holdfast::scrape {

/// Undoes gzip or zstd piece by piece while a large answer arrives, so that what came over the wire need not be kept
/// and a bomb ends at the limit. Slower than BodyDecoder, which takes whole bodies. One thread at a time.
class StreamDecoder {
public:
    /// Nothing for an encoding that it does not know; the header's value, any case.
    [[nodiscard]] static std::unique_ptr<StreamDecoder> forEncoding(std::string_view encoding);
    ~StreamDecoder();
    StreamDecoder(const StreamDecoder&) = delete;
    StreamDecoder& operator=(const StreamDecoder&) = delete;

    /// Appends to `out`. Limit where `out` would grow beyond the limit (0: none), Corrupt where the input is damaged.
    [[nodiscard]] Result<void> feed(std::string_view wire, BodyBuffer& out, std::uint64_t limit);
    /// Nothing is missing: the last member or frame is complete.
    [[nodiscard]] bool complete() const;

private:
    struct State;
    explicit StreamDecoder(std::unique_ptr<State> state);
    Result<void> inflate(std::string_view wire, BodyBuffer& out, std::uint64_t limit);
    Result<void> unzstd(std::string_view wire, BodyBuffer& out, std::uint64_t limit);

    std::unique_ptr<State> m_state;
};

}  // namespace holdfast::scrape
