#include "app/control/adapters/redis_client.h"

#include <hiredis/hiredis.h>
#include <sys/time.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <ctime>
#include <string_view>
#include <utility>

namespace holdfast::control {

namespace {

using ReplyPointer = std::unique_ptr<redisReply, void (*)(void*)>;

std::int64_t steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

timeval timeLeft(std::int64_t deadlineMs)
{
    const std::int64_t left = std::max<std::int64_t>(deadlineMs - steadyMs(), 1);
    return {.tv_sec = left / 1000, .tv_usec = left % 1000 * 1000};
}

/// hiredis writes without MSG_NOSIGNAL: a peer that has gone would end the process. Only this thread's signal is held.
class NoPipeSignal {
public:
    NoPipeSignal()
    {
        sigemptyset(&m_pipe);
        sigaddset(&m_pipe, SIGPIPE);
        sigset_t pending{};
        sigpending(&pending);
        m_wasPending = sigismember(&pending, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~NoPipeSignal()
    {
        if (!m_wasPending) {
            const timespec now{};
            sigtimedwait(&m_pipe, nullptr, &now);
        }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    NoPipeSignal(const NoPipeSignal&) = delete;
    NoPipeSignal& operator=(const NoPipeSignal&) = delete;

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
    bool m_wasPending = false;
};

RedisReply replyFrom(const redisReply& raw)
{
    RedisReply reply;
    switch (raw.type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
        reply.type = RedisReply::Type::Text;
        reply.text.assign(raw.str, raw.len);
        break;
    case REDIS_REPLY_INTEGER:
        reply.type = RedisReply::Type::Integer;
        reply.integer = raw.integer;
        break;
    case REDIS_REPLY_ARRAY:
        reply.type = RedisReply::Type::List;
        for (std::size_t i = 0; i < raw.elements; ++i)
            reply.items.push_back(replyFrom(*raw.element[i]));
        break;
    case REDIS_REPLY_ERROR:
        reply.type = RedisReply::Type::Failure;
        reply.text.assign(raw.str, raw.len);
        break;
    default: break;
    }
    return reply;
}

Error complaint(std::string_view words)
{
    for (const std::string_view denied : {"NOAUTH", "WRONGPASS", "NOPERM", "ERR invalid password", "ERR AUTH"})
        if (words.starts_with(denied))
            return {std::string(words), ErrorKind::Denied};
    return {std::string(words), ErrorKind::Failed};
}

}  // namespace

void RedisClient::Free::operator()(redisContext* context) const
{
    redisFree(context);
}

Result<RedisClient> RedisClient::connect(const SocketAddress& address, const RedisLogin& login, std::int64_t timeoutMs)
{
    const std::int64_t deadlineMs = steadyMs() + timeoutMs;
    const timeval limit = timeLeft(deadlineMs);
    redisContext* raw = nullptr;
    if (address.path.empty()) {
        int port = 0;
        std::from_chars(address.port.data(), address.port.data() + address.port.size(), port);
        raw = redisConnectWithTimeout(address.host.c_str(), port, limit);
    } else {
        raw = redisConnectUnixWithTimeout(address.path.c_str(), limit);
    }
    if (raw == nullptr)
        return Error{address.text() + ": hiredis cannot be set up", ErrorKind::Unavailable};
    RedisClient client(std::unique_ptr<redisContext, Free>(raw), deadlineMs);
    if (raw->err != 0)
        return Error{address.text() + ": " + raw->errstr, ErrorKind::Unavailable};
    const auto setUp = [&client](const std::vector<std::string>& words) -> Result<void> {
        auto answer = client.command(words);
        if (answer.ok())
            return {};
        // Nothing has been changed by then, so whatever went wrong is no more than "cannot be reached".
        if (answer.error().kind == ErrorKind::Timeout)
            return Error{answer.error().message, ErrorKind::Unavailable};
        return answer.error();
    };
    if (!login.password.empty()) {
        std::vector<std::string> words{"AUTH"};
        if (!login.user.empty())
            words.push_back(login.user);
        words.push_back(login.password);
        HF_CHECK(setUp(words).in(address.text()));
    }
    if (login.database != 0)
        HF_CHECK(setUp({"SELECT", std::to_string(login.database)}).in(address.text()));
    return client;
}

Result<RedisReply> RedisClient::command(const std::vector<std::string>& words)
{
    HF_TRY(auto answers, pipeline({words}));
    if (answers.front().type == RedisReply::Type::Failure)
        return complaint(answers.front().text);
    return std::move(answers.front());
}

Result<std::vector<RedisReply>> RedisClient::pipeline(const std::vector<std::vector<std::string>>& commands)
{
    if (m_context->err != 0)
        return Error{std::string("the connection is broken: ") + m_context->errstr, ErrorKind::Unavailable};
    if (steadyMs() >= m_deadlineMs)
        return Error{"no time was left to send it", ErrorKind::Unavailable};
    const NoPipeSignal guard;
    redisSetTimeout(m_context.get(), timeLeft(m_deadlineMs));
    for (const std::vector<std::string>& words : commands) {
        std::vector<const char*> texts;
        std::vector<std::size_t> sizes;
        for (const std::string& word : words) {
            texts.push_back(word.data());
            sizes.push_back(word.size());
        }
        redisAppendCommandArgv(m_context.get(), static_cast<int>(words.size()), texts.data(), sizes.data());
    }
    std::vector<RedisReply> answers;
    while (answers.size() < commands.size()) {
        redisSetTimeout(m_context.get(), timeLeft(m_deadlineMs));
        void* raw = nullptr;
        if (redisGetReply(m_context.get(), &raw) != REDIS_OK || raw == nullptr)
            return Error{std::string("no answer came: ") + m_context->errstr, ErrorKind::Timeout};
        const ReplyPointer reply(static_cast<redisReply*>(raw), &freeReplyObject);
        answers.push_back(replyFrom(*reply));
    }
    return answers;
}

}  // namespace holdfast::control
