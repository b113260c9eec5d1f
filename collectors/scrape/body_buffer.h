#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace holdfast::scrape {

/// Bytes that arrive. From a mebibyte on they lie in pages of their own, which grow by being remapped, so that an
/// answer of n bytes never costs two times n (realloc copies once glibc has raised its threshold for mappings);
/// untouched capacity is not resident, and what is given up goes back at once. One thread at a time.
class BodyBuffer {
public:
    BodyBuffer() = default;
    ~BodyBuffer() { drop(); }
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
        if (wanted >= mapped)
            wanted = (wanted + page - 1) / page * page;
        void* moved = nullptr;
        if (m_capacity >= mapped) {
            moved = ::mremap(m_data, m_capacity, wanted, MREMAP_MAYMOVE);
        } else if (wanted >= mapped) {
            moved = ::mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (moved != MAP_FAILED && m_size > 0)
                std::memcpy(moved, m_data, m_size);
            std::free(m_data);
        } else {
            moved = std::realloc(m_data, wanted);
        }
        if (moved == nullptr || moved == MAP_FAILED)
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
        drop();
    }
    [[nodiscard]] char* data() { return m_data; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t capacity() const { return m_capacity; }
    [[nodiscard]] std::string_view view() const { return {m_data, m_size}; }

private:
    static constexpr std::size_t mapped = 1U << 20U;
    static constexpr std::size_t page = 4096;

    void drop()
    {
        if (m_capacity >= mapped)
            ::munmap(m_data, m_capacity);
        else
            std::free(m_data);
        m_data = nullptr;
        m_size = m_capacity = 0;
    }

    char* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

}  // namespace holdfast::scrape
