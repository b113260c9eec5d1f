#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace holdfast::store {

static_assert(std::endian::native == std::endian::little, "the file format is little-endian and copied as it lies");

/// Appends to a byte string: fixed little-endian integers, LEB128 varints, zigzag, length-prefixed text.
/// One thread at a time.
class ByteWriter {
public:
    explicit ByteWriter(std::string& out) : m_out(out) {}

    void byte(std::uint8_t v) { m_out.push_back(static_cast<char>(v)); }
    void fixed64(std::uint64_t v) { m_out.append(reinterpret_cast<const char*>(&v), sizeof v); }
    void varint(std::uint64_t v)
    {
        while (v > 127) {
            byte(static_cast<std::uint8_t>(v | 128));
            v >>= 7;
        }
        byte(static_cast<std::uint8_t>(v));
    }
    void zigzag(std::int64_t v) { varint((static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63)); }
    void text(std::string_view v)
    {
        varint(v.size());
        m_out.append(v);
    }

private:
    std::string& m_out;
};

/// Reads what ByteWriter wrote. Never reads past the end: after the first attempt failed() stays true and every
/// value is 0 or empty. One thread at a time.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    [[nodiscard]] bool done() const { return !m_failed && left() == 0; }
    void fail() { m_failed = true; }

    std::uint8_t byte()
    {
        if (!need(1))
            return 0;
        return static_cast<std::uint8_t>(m_bytes[m_at++]);
    }
    std::uint64_t fixed64()
    {
        if (!need(8))
            return 0;
        std::uint64_t v = 0;
        std::memcpy(&v, m_bytes.data() + m_at, 8);
        m_at += 8;
        return v;
    }
    std::uint64_t varint()
    {
        std::uint64_t v = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t b = byte();
            v |= static_cast<std::uint64_t>(b & 127) << shift;
            if (b < 128)
                return m_failed ? 0 : v;
        }
        m_failed = true;
        return 0;
    }
    /// A varint that must not exceed `most`: counts and lengths of foreign bytes are never trusted.
    std::uint64_t count(std::uint64_t most)
    {
        const std::uint64_t v = varint();
        if (v > most) {
            m_failed = true;
            return 0;
        }
        return v;
    }
    std::int64_t zigzag()
    {
        const std::uint64_t v = varint();
        return static_cast<std::int64_t>((v >> 1) ^ (~(v & 1) + 1));
    }
    std::string_view bytes(std::uint64_t n)
    {
        if (!need(n))
            return {};
        const std::string_view out = m_bytes.substr(m_at, n);
        m_at += n;
        return out;
    }
    std::string_view text() { return bytes(varint()); }

private:
    bool need(std::uint64_t n)
    {
        if (m_failed || n > left())
            m_failed = true;
        return !m_failed;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    bool m_failed = false;
};

}  // namespace holdfast::store
