#include "app/fleet/experiments/shop_run.h"

#include "app/fleet/fleet.h"
#include "app/resilience/headroom.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

namespace holdfast::fleet {

namespace {

using resilience::FlagMode;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
std::size_t stepsOf(const Timetable& table)
{
    return static_cast<std::size_t>(table.lengthS / table.stepS);
}

/// What is looked at inside the shop while it runs. One thread at a time.
class Looker {
public:
    Looker(const Fleet& fleet, const RunConfig& config)
        : m_all(fleet.instances()),
          m_watched(fleet.instancesOf(config.watched)),
          m_queue(config.queue),
          m_table(config.table),
          m_course{.goodput = {},
                   .p99Ms = {},
                   .queue = std::vector<double>(stepsOf(m_table), 0),
                   .busy = std::vector<double>(stepsOf(m_table), 0)}
    {
    }

    void look(double second)
    {
        const auto step = static_cast<std::size_t>(second / m_table.stepS);
        const double depth = longestQueue();
        const auto [busy, capacity] = workers();
        m_peakQueue = std::max(m_peakQueue, depth);
        m_capacity = capacity;
        if (step < m_course.queue.size()) {
            m_course.queue[step] = std::max(m_course.queue[step], depth);
            m_course.busy[step] = std::max(m_course.busy[step], busy);
        }
        if (second >= m_table.calmFromS && second < m_table.faultFromS) {
            m_calmBusy += busy;
            ++m_calmLooks;
        }
    }

    void describe(RunResult& result) const
    {
        result.figures.peakQueue = static_cast<std::size_t>(m_peakQueue);
        const resilience::Resource used{
            "workers", m_capacity == 0 || m_calmLooks == 0 ? 0 : m_calmBusy / m_calmLooks / m_capacity, 1};
        result.figures.headroomBefore = resilience::headroom({&used, 1}).ratio;
        result.more.push_back({"workers busy at most", *std::ranges::max_element(m_course.busy), ""});
        result.more.push_back({"workers", m_capacity, ""});
        result.course = m_course;
    }

private:
    [[nodiscard]] double longestQueue() const
    {
        std::size_t longest = 0;
        for (const auto& instance : m_all)
            for (const auto& queue : instance->registry().queues())
                if (const resilience::WorkQueueSnapshot now = queue(); now.name == m_queue)
                    longest = std::max(longest, now.depth);
        return static_cast<double>(longest);
    }

    [[nodiscard]] std::pair<double, double> workers() const
    {
        double busy = 0;
        double capacity = 0;
        for (const auto& instance : m_watched)
            for (const auto& read : instance->registry().pools())
                if (const resilience::PoolSnapshot pool = read(); pool.name == "workers") {
                    busy += static_cast<double>(pool.inUse);
                    capacity += static_cast<double>(pool.capacity);
                }
        return {busy, capacity};
    }

    const Fleet::Instances m_all;
    const Fleet::Instances m_watched;
    const std::string m_queue;
    const Timetable m_table;
    Course m_course;
    double m_peakQueue = 0;
    double m_capacity = 0;
    double m_calmBusy = 0;
    double m_calmLooks = 0;
};

/// labels: of the pages that count; empty: all
Judgement judgementOf(const std::vector<std::string>& labels, const RunConfig& config)
{
    Judgement out{.pages = {}, .goodWithinS = config.goodWithinMs / 1'000};
    if (!labels.empty())
        for (const Page& page : shopPages())
            out.pages.push_back(std::ranges::count(labels, page.label) > 0);
    return out;
}

void fillCourse(Course& course, std::span<const Outcome> outcomes, const Timetable& table, const Judgement& judgement)
{
    for (std::size_t i = 0; i < stepsOf(table); ++i) {
        const double from = static_cast<double>(i) * table.stepS;
        course.goodput.push_back(goodput(outcomes, from, from + table.stepS, judgement));
        course.p99Ms.push_back(quantileMs(outcomes, from, from + table.stepS, 0.99, judgement));
    }
}

/// The service-time constant: the mean time of an order at rest, the longest way through the shop.
void addConstants(RunResult& result, std::span<const Outcome> outcomes, const RunConfig& config,
                  const Judgement& judgement)
{
    const Timetable& table = config.table;
    const double constantS = meanTook(outcomes, table.calmFromS, table.faultFromS, judgementOf({"orders"}, config));
    const auto since = [&](double constants) {
        const double from = table.faultUntilS + constants * constantS;
        return 100 * goodput(outcomes, from, table.lengthS, judgement);
    };
    const auto at = [&](double constants) {
        const double from = table.faultUntilS + constants * constantS;
        return 100 * goodput(outcomes, from, from + 1, judgement);
    };
    result.more.push_back({"service-time constant", constantS * 1'000, "ms"});
    result.more.push_back({"goodput in the second from 2 constants after the fault", at(2), "%"});
    result.more.push_back({"goodput in the second from 5 constants after the fault", at(5), "%"});
    result.more.push_back({"goodput from 5 constants after the fault to the end", since(5), "%"});
}

void addAttempts(RunResult& result, const std::vector<Outcome>& outcomes)
{
    double attempts = 0;
    for (const Outcome& one : outcomes)
        attempts += one.attempts;
    result.more.push_back({"requests an arrival", attempts / std::max(1.0, static_cast<double>(outcomes.size())), ""});
}

void addFinding(RunResult& result, const RunConfig& config, const Watcher& watcher)
{
    if (config.view == View::None)
        return;
    const auto found = watcher.found();
    const std::string what = found ? "noticed by its " + found->what + ", after the fault began" : "noticed";
    result.more.push_back({what, found ? found->atS - config.table.faultFromS : nothing, "s"});
}

}  // namespace

const std::vector<Page>& shopPages()
{
    static const std::vector<Page> pages{{"home", "/", 0.25},
                                         {"products", "/product", 0.30},
                                         {"search", "/search", 0.20},
                                         {"orders", "/checkout", 0.25, true}};
    return pages;
}

Result<RunResult> runShop(const RunConfig& config, std::uint64_t seed, const Clock& clock)
{
    HF_TRY(const std::unique_ptr<Fleet> fleet, Fleet::start({.portBase = 0,
                                                             .token = {},
                                                             .seed = seed,
                                                             .load = {.perSecond = 0, .swing = 0},
                                                             .practices = config.practices},
                                                            clock));
    if (!config.fault.empty())  // says now what is misspelt
        HF_CHECK(fleet->force(config.faultService, config.fault, FlagMode::Auto).in("experiment"));

    const Timetable& table = config.table;
    Looker looker(*fleet, config);
    const auto payLater = [&fleet] { (void)fleet->force("checkout", "pay-later", FlagMode::ForcedOn); };
    const Watcher watcher(config.view, fleet->addresses(), table.faultFromS, payLater, clock);
    bool broken = false;
    LoopConfig loop;
    loop.ports = fleet->addresses().all().at("gateway");
    loop.pages = shopPages();
    loop.perSecond = [&](double t) {
        return config.perSecond * (t >= table.faultFromS && t < table.faultUntilS ? config.spike : 1);
    };
    loop.seconds = table.lengthS;
    loop.timeoutMs = config.patienceMs;
    loop.persistence = config.shoppers;
    loop.sendDeadline = config.practices.timeouts;
    loop.tick = [&](double t) {
        const bool wrong = t >= table.faultFromS && t < table.faultUntilS;
        if (wrong != broken && !config.fault.empty())
            (void)fleet->force(config.faultService, config.fault, wrong ? FlagMode::ForcedOn : FlagMode::Auto);
        broken = wrong;
        looker.look(t);
    };
    const std::vector<Outcome> outcomes = runOpenLoop(loop, seed + 1'000, clock);

    const Judgement judgement = judgementOf(config.judged, config);
    RunResult result{
        .label = config.label, .practice = config.practice, .figures = measure(outcomes, table, judgement)};
    result.disturbed = result.figures.goodputBefore < 0.9;
    looker.describe(result);
    fillCourse(result.course, outcomes, table, judgement);
    if (config.shoppers.attempts > 1)
        addAttempts(result, outcomes);
    if (!config.also.empty())
        result.more.push_back(
            {"goodput of " + config.also + " while it lasts",
             100 * goodput(outcomes, table.faultFromS, table.faultUntilS, judgementOf({config.also}, config)), "%"});
    if (config.inConstants)
        addConstants(result, outcomes, config, judgement);
    addFinding(result, config, watcher);
    return result;
}

}  // namespace holdfast::fleet
