#pragma once

#include "app/base/result.h"
#include "app/control/adapters/haproxy_socket.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct redisContext;

namespace holdfast::control {

struct RedisReply {
    enum class Type { Nil, Text, Integer, List, Failure };
    Type type = Type::Nil;
    std::string text;  ///< of Text, and the complaint of a Failure within a List
    std::int64_t integer = 0;
    std::vector<RedisReply> items;
};

struct RedisLogin {
    std::string user;  ///< empty: the default user
    std::string password;
    int database = 0;
};

/// One connection to a Redis, through hiredis. Errors: Unavailable where no connection came about, Denied for a wrong
/// or lacking password and for commands that its user may not use, Timeout where a command was sent and no answer came
/// (it may have been carried out), Failed for every other complaint of the server. One thread at a time.
class RedisClient {
public:
    /// Connects, logs in and chooses the database; every later command has until the same deadline.
    [[nodiscard]] static Result<RedisClient> connect(const SocketAddress& address, const RedisLogin& login,
                                                     std::int64_t timeoutMs);
    [[nodiscard]] Result<RedisReply> command(const std::vector<std::string>& words);
    /// All sent before the first answer is waited for; answers in order. A complaint about one of them is a Failure.
    [[nodiscard]] Result<std::vector<RedisReply>> pipeline(const std::vector<std::vector<std::string>>& commands);

private:
    struct Free {
        void operator()(redisContext* context) const;
    };
    RedisClient(std::unique_ptr<redisContext, Free> context, std::int64_t deadlineMs)
        : m_context(std::move(context)), m_deadlineMs(deadlineMs)
    {
    }

    std::unique_ptr<redisContext, Free> m_context;
    std::int64_t m_deadlineMs;  ///< on the steady clock
};

}  // namespace holdfast::control
