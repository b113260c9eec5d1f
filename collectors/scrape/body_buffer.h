#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace holdfast::scrape {

/// Bytes that arrive. Grows by realloc, which moves large blocks by remapping pages, so that an answer of n bytes
/// never costs two times n; untouched capacity is not resident. One thread at a time.
class BodyBuffer {
public:
    BodyBuffer() = default;
    ~BodyBuffer() { std::free(m_data); }
    BodyBuffer(BodyBuffer&& other) noexcept
        : m_data(std::exchange(other.m_data, nullptr)),
          m_size(std::exchange(other.m_size, 0)),
          m_capacity(std::exchange(other.m_capacity, 0))
    {
    }
    BodyBuffer& operator=(BodyBuffer&& other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_size, other.m_size);
        std::swap(m_capacity, other.m_capacity);
        return *this;
    }

    void append(const char* data, std::size_t size)
    {
        reserve(m_size + size);
        std::memcpy(m_data + m_size, data, size);
        m_size += size;
    }
    void reserve(std::size_t capacity)
    {
        if (capacity <= m_capacity)
            return;
        std::size_t wanted = m_capacity < 16'384 ? 16'384 : m_capacity + m_capacity / 2;
        if (wanted < capacity)
            wanted = capacity;
        void* const moved = std::realloc(m_data, wanted);
        if (moved == nullptr)
            std::abort();
        m_data = static_cast<char*>(moved);
        m_capacity = wanted;
    }
    void setSize(std::size_t size) { m_size = size; }
    void clear() { m_size = 0; }
    /// Gives memory back that one unusual answer took.
    void shrink(std::size_t most)
    {
        if (m_capacity <= most)
            return;
        std::free(m_data);
        m_data = nullptr;
        m_size = m_capacity = 0;
    }
    [[nodiscard]] char* data() { return m_data; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }
    [[nodiscard]] std::string_view view() const { return {m_data, m_size}; }

private:
    char* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

}  // namespace holdfast::scrape
