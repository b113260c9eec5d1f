#include "app/fleet/experiments/open_loop.h"

#include "app/resilience/deadline.h"

#include <curl/curl.h>

#include <limits>
#include <memory>

namespace holdfast::fleet {

namespace {

std::size_t dropBody(char*, std::size_t, std::size_t bytes, void*)
{
    return bytes;
}

class Loop {
public:
    Loop(const LoopConfig& config, Random& random, const Clock& clock)
        : m_config(config), m_random(random), m_clock(clock), m_startNs(clock.monotonicNs()), m_multi(curl_multi_init())
    {
        m_headers = curl_slist_append(nullptr, "Expect:");
        if (config.sendDeadline)
            m_headers = curl_slist_append(
                m_headers, (std::string(resilience::deadlineHeader) + ": " + std::to_string(config.timeoutMs)).c_str());
    }
    ~Loop()
    {
        for (CURL* easy : m_all)
            curl_easy_cleanup(easy);
        curl_multi_cleanup(m_multi);
        curl_slist_free_all(m_headers);
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    std::vector<Outcome> run()
    {
        double next = 0;
        double nextTick = 0;
        while (now() < m_config.seconds || m_waiting > 0) {
            for (; next <= now() && next < m_config.seconds; next += m_random.untilNext(m_config.perSecond(next)))
                arrive(next);
            if (nextTick <= now()) {
                m_config.tick(now());
                nextTick = now() + 0.02;
            }
            int running = 0;
            curl_multi_perform(m_multi, &running);
            reap();
            curl_multi_poll(m_multi, nullptr, 0, 2, nullptr);
        }
        return std::move(m_outcomes);
    }

private:
    struct Try {
        std::size_t outcome;
        int number;
    };

    [[nodiscard]] double now() const { return static_cast<double>(m_clock.monotonicNs() - m_startNs) / 1e9; }

    void arrive(double at)
    {
        const auto path = static_cast<std::size_t>(m_random.uniform() * static_cast<double>(m_config.paths.size()));
        m_outcomes.push_back({at, path, std::numeric_limits<double>::infinity()});
        if (m_config.budget)
            m_config.budget->deposit();
        ++m_waiting;
        send({m_outcomes.size() - 1, 1});
    }

    void send(Try one)
    {
        CURL* easy = nullptr;
        if (m_idle.empty()) {
            easy = curl_easy_init();
            m_all.push_back(easy);
            m_tries.emplace_back(std::make_unique<Try>());
            curl_easy_setopt(easy, CURLOPT_PRIVATE, m_tries.back().get());
            curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
            curl_easy_setopt(easy, CURLOPT_PROXY, "");
            curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &dropBody);
            curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_headers);
            curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_config.timeoutMs));
        } else {
            easy = m_idle.back();
            m_idle.pop_back();
        }
        tryOf(easy) = one;
        const std::string url =
            "http://127.0.0.1:" + std::to_string(m_config.port) + m_config.paths[m_outcomes[one.outcome].path];
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        curl_multi_add_handle(m_multi, easy);
    }

    static Try& tryOf(CURL* easy)
    {
        void* found = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &found);
        return *static_cast<Try*>(found);
    }

    void reap()
    {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            CURL* easy = message->easy_handle;
            const bool answered = message->data.result == CURLE_OK;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            curl_multi_remove_handle(m_multi, easy);
            m_idle.push_back(easy);
            finish(tryOf(easy), answered && status < 500);
        }
    }

    void finish(Try one, bool good)
    {
        Outcome& outcome = m_outcomes[one.outcome];
        if (!good && one.number < m_config.attempts && (!m_config.budget || m_config.budget->tryWithdraw())) {
            send({one.outcome, one.number + 1});
            return;
        }
        if (good)
            outcome.tookS = now() - outcome.atS;
        --m_waiting;
    }

    const LoopConfig& m_config;
    Random& m_random;
    const Clock& m_clock;
    const std::int64_t m_startNs;
    CURLM* m_multi;
    curl_slist* m_headers = nullptr;
    std::vector<CURL*> m_all;
    std::vector<CURL*> m_idle;
    std::vector<std::unique_ptr<Try>> m_tries;
    std::vector<Outcome> m_outcomes;
    std::size_t m_waiting = 0;
};

}  // namespace

std::vector<Outcome> runOpenLoop(const LoopConfig& config, Random& random, const Clock& clock)
{
    return Loop(config, random, clock).run();
}

}  // namespace holdfast::fleet
