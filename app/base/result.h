#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace holdfast {

/// What a caller may want to tell apart; the words for people are in Error::message.
enum class ErrorKind {
    Failed,       ///< anything not listed below
    BadInput,     ///< the request, file or text itself is wrong
    NotFound,     ///< the named thing does not exist
    Conflict,     ///< somebody else changed it, or holds it
    Denied,       ///< not allowed: token, arming, permission
    Timeout,      ///< the deadline passed
    Cancelled,    ///< whoever asked no longer waits
    Limit,        ///< a bound of ours was reached
    Unavailable,  ///< the other side cannot be reached, or the queue is full
    Corrupt,      ///< stored or received bytes contradict themselves
};

/// A failure of the world (peer, disk, config, text), in one sentence that a person can act on.
struct Error {
    std::string message;
    ErrorKind kind = ErrorKind::Failed;

    /// The same error with the place in front: "chunk 17: checksum differs".
    [[nodiscard]] Error in(std::string_view where) &&
    {
        message = std::string(where) + ": " + message;
        return std::move(*this);
    }
};

/// Either a value or an Error. Value type; immutable once read. One thread at a time.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T& value() &
    {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] const T& value() const&
    {
        assert(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T&& value() &&
    {
        assert(ok());
        return std::move(*std::get_if<0>(&m_state));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const&
    {
        assert(!ok());
        return *std::get_if<1>(&m_state);
    }
    [[nodiscard]] Error&& error() &&
    {
        assert(!ok());
        return std::move(*std::get_if<1>(&m_state));
    }

    /// Adds the place to an error; leaves a value alone.
    [[nodiscard]] Result in(std::string_view where) &&
    {
        if (ok())
            return std::move(*this);
        return std::move(*this).error().in(where);
    }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}

    [[nodiscard]] bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    [[nodiscard]] const Error& error() const&
    {
        assert(!m_ok);
        return m_error;
    }
    [[nodiscard]] Error&& error() &&
    {
        assert(!m_ok);
        return std::move(m_error);
    }
    [[nodiscard]] Result in(std::string_view where) &&
    {
        if (m_ok)
            return {};
        return std::move(m_error).in(where);
    }

private:
    Error m_error;
    bool m_ok = true;
};

}  // namespace holdfast

#define HF_CONCAT_(a, b) a##b
#define HF_CONCAT(a, b) HF_CONCAT_(a, b)

/// HF_TRY(auto chunk, decode(bytes)); declares `chunk`, or returns the error of decode() from this function.
#define HF_TRY(declaration, ...)                                                                                       \
    auto HF_CONCAT(hfTry, __LINE__) = (__VA_ARGS__);                                                                   \
    if (!HF_CONCAT(hfTry, __LINE__).ok())                                                                              \
        return std::move(HF_CONCAT(hfTry, __LINE__)).error();                                                          \
    declaration = std::move(HF_CONCAT(hfTry, __LINE__)).value()

/// HF_CHECK(file.write(bytes)); returns the error of a Result<void> from this function.
#define HF_CHECK(...)                                                                                                  \
    do {                                                                                                               \
        auto hfCheck = (__VA_ARGS__);                                                                                  \
        if (!hfCheck.ok())                                                                                             \
            return std::move(hfCheck).error();                                                                         \
    } while (false)
