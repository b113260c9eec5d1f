#include "app/fleet/experiments/open_loop.h"

#include "app/resilience/deadline.h"

#include <curl/curl.h>

#include <limits>
#include <memory>

namespace holdfast::fleet {

namespace {

using resilience::Deadline;

std::size_t dropBody(char*, std::size_t, std::size_t bytes, void*)
{
    return bytes;
}

bool forbidsRetry(CURL* easy)
{
    curl_header* found = nullptr;
    return curl_easy_header(easy, resilience::doNotRetryHeader.data(), 0, CURLH_HEADER, -1, &found) == CURLHE_OK;
}

class Loop {
public:
    Loop(const LoopConfig& config, std::uint64_t seed, const Clock& clock)
        : m_config(config),
          m_arrivals(seed),
          m_jitter(seed + 1),
          m_clock(clock),
          m_startNs(clock.monotonicNs()),
          m_budget(config.persistence.perCall, config.persistence.burst),
          m_multi(curl_multi_init())
    {
        for (const Page& page : config.pages)
            m_shares += page.share;
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
        // Also what was due while this thread had no turn is sent: the arrivals are those of the seed.
        while (next < m_config.seconds || m_waiting > 0) {
            for (; next <= now() && next < m_config.seconds; next += m_arrivals.untilNext(m_config.perSecond(next)))
                arrive(next);
            repeatWhatIsDue();
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
    struct Later {
        double atS;
        Try what;
    };

    [[nodiscard]] double now() const { return static_cast<double>(m_clock.monotonicNs() - m_startNs) / 1e9; }

    [[nodiscard]] std::size_t choose()
    {
        double left = m_arrivals.uniform() * m_shares;
        for (std::size_t i = 0; i + 1 < m_config.pages.size(); ++i)
            if ((left -= m_config.pages[i].share) < 0)
                return i;
        return m_config.pages.size() - 1;
    }

    void arrive(double at)
    {
        m_outcomes.push_back({at, choose(), std::numeric_limits<double>::infinity(), 1});
        m_budget.deposit();
        ++m_waiting;
        send({m_outcomes.size() - 1, 1});
    }

    void repeatWhatIsDue()
    {
        std::vector<Later> still;
        for (const Later& one : m_later) {
            if (one.atS <= now())
                send(one.what);
            else
                still.push_back(one);
        }
        m_later = std::move(still);
    }

    void send(Try one)
    {
        CURL* easy = handle();
        tryOf(easy) = one;
        const Page& page = m_config.pages[m_outcomes[one.outcome].page];
        const std::uint16_t port = m_config.ports[m_turn++ % m_config.ports.size()];
        const std::string url =
            "http://127.0.0.1:" + std::to_string(port) + page.path + "?q=" + std::to_string(one.outcome % 100);
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        if (page.post)
            curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS,
                             (R"({"order":)" + std::to_string(one.outcome) + "}").c_str());
        else
            curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        curl_multi_add_handle(m_multi, easy);
    }

    [[nodiscard]] CURL* handle()
    {
        if (!m_idle.empty()) {
            CURL* easy = m_idle.back();
            m_idle.pop_back();
            return easy;
        }
        CURL* easy = curl_easy_init();
        m_all.push_back(easy);
        m_tries.emplace_back(std::make_unique<Try>());
        curl_easy_setopt(easy, CURLOPT_PRIVATE, m_tries.back().get());
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &dropBody);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_headers);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_config.timeoutMs));
        return easy;
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
            const bool forbidden = answered && forbidsRetry(easy);
            curl_multi_remove_handle(m_multi, easy);
            m_idle.push_back(easy);
            finish(tryOf(easy), answered && status < 500, forbidden);
        }
    }

    void finish(Try one, bool good, bool forbidden)
    {
        Outcome& outcome = m_outcomes[one.outcome];
        outcome.attempts = one.number;
        if (good) {
            outcome.tookS = now() - outcome.atS;
        } else if (const auto delayMs = again(one, forbidden)) {
            m_later.push_back({now() + static_cast<double>(*delayMs) / 1'000, {one.outcome, one.number + 1}});
            return;
        }
        --m_waiting;
    }

    [[nodiscard]] std::optional<std::int64_t> again(Try one, bool forbidden)
    {
        if (m_config.persistence.disciplined)
            return resilience::retryDelayMs({.attempts = m_config.persistence.attempts, .baseMs = 50},
                                            {.number = one.number,
                                             .safeToRepeat = true,  // GET, or an order with its number
                                             .transient = true,
                                             .doNotRetry = forbidden,
                                             .retryAfterMs = {}},
                                            Deadline::none(), m_clock, m_budget, m_jitter.uniform());
        return one.number < m_config.persistence.attempts ? std::optional<std::int64_t>(0) : std::nullopt;
    }

    const LoopConfig& m_config;
    Random m_arrivals;
    Random m_jitter;
    const Clock& m_clock;
    const std::int64_t m_startNs;
    resilience::RetryBudget m_budget;
    double m_shares = 0;
    CURLM* m_multi;
    curl_slist* m_headers = nullptr;
    std::vector<CURL*> m_all;
    std::vector<CURL*> m_idle;
    std::vector<std::unique_ptr<Try>> m_tries;
    std::vector<Later> m_later;
    std::vector<Outcome> m_outcomes;
    std::size_t m_waiting = 0;
    std::size_t m_turn = 0;
};

}  // namespace

std::vector<Outcome> runOpenLoop(const LoopConfig& config, std::uint64_t seed, const Clock& clock)
{
    return Loop(config, seed, clock).run();
}

}  // namespace holdfast::fleet
