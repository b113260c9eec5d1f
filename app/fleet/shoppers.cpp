#include "app/fleet/shoppers.h"

#include "app/fleet/process_figures.h"
#include "app/fleet/services/work.h"

#include <curl/curl.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <thread>
#include <vector>

namespace holdfast::fleet {

namespace {

constexpr std::size_t outstandingAtMost = 1'000;

struct Page {
    double share;
    const char* method;
    const char* path;
};
constexpr Page pages[] = {
    {0.25, "GET", "/"}, {0.30, "GET", "/product"}, {0.20, "GET", "/search"}, {0.25, "POST", "/checkout"}};

std::size_t dropBody(char*, std::size_t, std::size_t bytes, void*)
{
    return bytes;
}

class Shoppers final : public Service {
public:
    Shoppers(LoadConfig config, Parts& parts)
        : m_config(config),
          m_parts(parts),
          m_figures(parts.golden.registry()),
          m_spike({.name = "traffic-spike",
                   .kind = resilience::FlagKind::Fault,
                   .effect = "Three times as many shoppers arrive"},
                  parts.clock),
          m_storm({.name = "retry-storm",
                   .kind = resilience::FlagKind::Fault,
                   .effect = "Shoppers ask again at once, three times, for every page that failed"},
                  parts.clock),
          m_notSent(prometheus::BuildCounter()
                        .Name("shoppers_not_sent_total")
                        .Help("Arrivals that were not sent because a thousand waited already")
                        .Register(parts.golden.registry())
                        .Add({}))
    {
        parts.registry.add(m_spike);
        parts.registry.add(m_storm);
        parts.registry.addCalls({"gateway", "gateway", &m_counters, nullptr});
        parts.golden.expectCallee("gateway");
        m_headers = curl_slist_append(m_headers, "Expect:");
        m_headers = curl_slist_append(
            m_headers, (std::string(resilience::deadlineHeader) + ": " + std::to_string(config.patienceMs)).c_str());
        m_multi = curl_multi_init();
        curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 64L);
        m_thread = std::jthread([this] { run(); });
    }

    ~Shoppers() override
    {
        m_thread.join();
        for (CURL* easy : m_all) {
            curl_multi_remove_handle(m_multi, easy);
            curl_easy_cleanup(easy);
        }
        curl_multi_cleanup(m_multi);
        curl_slist_free_all(m_headers);
    }

    std::vector<Route> routes() override { return {}; }
    void tick(double) override { m_figures.update(); }

private:
    [[nodiscard]] double perSecond() const
    {
        const double t = static_cast<double>(m_parts.clock.monotonicNs() - m_startNs) / 1e9;
        const double day = 1 + m_config.swing * std::sin(2 * std::numbers::pi * t / m_config.dayS);
        return std::max(0.01, m_config.perSecond * day * (m_spike.on() ? m_config.spikeFactor : 1));
    }

    /// Thread: shoppers.
    void run()
    {
        double nextNs = static_cast<double>(m_parts.clock.monotonicNs()) + 5e8;  // the services start meanwhile
        while (!m_parts.stop.stop_requested()) {
            if (m_config.perSecond <= 0)
                nextNs = static_cast<double>(m_parts.clock.monotonicNs()) + 1e9;
            for (auto nowNs = static_cast<double>(m_parts.clock.monotonicNs()); nextNs <= nowNs;
                 nextNs += m_parts.random.untilNext(perSecond()) * 1e9)
                arrive();
            int running = 0;
            curl_multi_perform(m_multi, &running);
            reap();
            const double waitMs = (nextNs - static_cast<double>(m_parts.clock.monotonicNs())) / 1e6;
            curl_multi_poll(m_multi, nullptr, 0, static_cast<int>(std::clamp(std::ceil(waitMs), 0.0, 200.0)), nullptr);
        }
    }

    /// What one easy handle asks for: a page, the how-manieth time.
    struct Ask {
        const Page* page = nullptr;
        std::size_t number = 0;
        int tries = 0;
    };

    void arrive()
    {
        ++m_turn;
        send({&choose(), m_turn, 1});
    }

    void send(Ask ask)
    {
        if (m_outstanding >= outstandingAtMost) {
            m_notSent.Increment();
            return;
        }
        const Page& page = *ask.page;
        CURL* easy = handle();
        const std::size_t turn = ask.number + static_cast<std::size_t>(ask.tries);
        const std::string url = "http://127.0.0.1:" + std::to_string(m_parts.addresses.pick("gateway", turn))
                                + page.path + "?q=" + std::to_string(ask.number % 100);
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        if (std::string_view(page.method) == "POST")
            curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, (R"({"order":)" + std::to_string(ask.number) + "}").c_str());
        else
            curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        curl_multi_add_handle(m_multi, easy);
        m_asked[easy] = ask;
        m_parts.golden.callBegins("gateway");
        ++m_counters.attempts;
        m_counters.calls += ask.tries == 1 ? 1 : 0;
        ++m_outstanding;
    }

    [[nodiscard]] const Page& choose()
    {
        double left = m_parts.random.uniform();
        for (const Page& page : pages)
            if ((left -= page.share) < 0)
                return page;
        return pages[0];
    }

    [[nodiscard]] CURL* handle()
    {
        if (!m_idle.empty()) {
            CURL* easy = m_idle.back();
            m_idle.pop_back();
            return easy;
        }
        CURL* easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_config.patienceMs));
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_headers);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &dropBody);
        m_all.push_back(easy);
        return easy;
    }

    void reap()
    {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            CURL* easy = message->easy_handle;
            const CURLcode result = message->data.result;
            long status = 0;
            double seconds = 0;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME, &seconds);
            const char* code = result == CURLE_OPERATION_TIMEDOUT ? "timeout" : "unreachable";
            const std::string answer = result == CURLE_OK ? std::to_string(status) : code;
            m_parts.golden.called("gateway", answer, seconds);
            m_parts.golden.callEnds("gateway");
            curl_multi_remove_handle(m_multi, easy);
            m_idle.push_back(easy);
            --m_outstanding;
            const Ask ask = m_asked[easy];
            const bool failed = result != CURLE_OK || status >= 500;
            if (failed && m_storm.on() && ask.tries <= m_config.reloads)
                send({ask.page, ask.number, ask.tries + 1});
            else
                m_parts.golden.finished("gateway", answer, ask.tries - 1);
        }
    }

    const LoadConfig m_config;
    Parts& m_parts;
    ProcessFigures m_figures;
    resilience::DegradationFlag m_spike;
    resilience::DegradationFlag m_storm;
    resilience::CallCounters m_counters;
    prometheus::Counter& m_notSent;
    const std::int64_t m_startNs = m_parts.clock.monotonicNs();
    curl_slist* m_headers = nullptr;
    CURLM* m_multi = nullptr;
    std::vector<CURL*> m_all;
    std::vector<CURL*> m_idle;
    std::map<CURL*, Ask> m_asked;
    std::size_t m_outstanding = 0;
    std::size_t m_turn = 0;
    std::jthread m_thread;
};

}  // namespace

MakeService makeShoppers(LoadConfig config)
{
    return [config](Parts& parts) { return std::make_unique<Shoppers>(config, parts); };
}

}  // namespace holdfast::fleet
