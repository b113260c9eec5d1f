#include "app/base/mutex.h"
#include "app/fleet/edge.h"
#include "app/fleet/services/services.h"
#include "app/fleet/services/work.h"

namespace holdfast::fleet {

namespace {

/// Knows what lies on which shelf.
class Inventory final : public Service {
public:
    explicit Inventory(Parts& parts) : m_parts(parts) {}

    std::vector<Route> routes() override
    {
        return {{"GET", "/stock", [this](const Visit&) { return after(7, R"({"left":12})"); }},
                {"PUT", "/reserve", [this](const Visit&) { return after(12, R"({"reserved":true})"); }}};
    }

private:
    HttpAnswer after(double ms, const char* body)
    {
        work(m_parts, ms);
        return json(200, body);
    }

    Parts& m_parts;
};

/// Describes goods, with what inventory says of them; from its cache while it may.
class Catalog final : public Service {
public:
    explicit Catalog(Parts& parts)
        : m_parts(parts),
          m_inventory({.callee = "inventory", .timeoutMs = 400}, parts),
          m_staleCache(parts, "serve-stale-cache",
                       "Prices and stock on product pages may be up to some minutes old; pages load faster", 0.9, 0.5)
    {
    }

    std::vector<Route> routes() override
    {
        return {{"GET", "/list", [this](const Visit&) { return list(); }},
                {"GET", "/item", [this](const Visit& visit) { return item(visit); }}};
    }

    void tick(double pressure) override { m_staleCache.setPressure(pressure); }

private:
    HttpAnswer list()
    {
        work(m_parts, m_staleCache.on() ? 2 : 9);
        return json(200, R"(["kettle","lamp","rope"])");
    }

    HttpAnswer item(const Visit& visit)
    {
        if (m_staleCache.on())
            if (auto cached = fromCache())
                return std::move(*cached);
        work(m_parts, 6);
        const auto stock = m_inventory.call({.path = "/stock"}, Repeat::Safe, visit.deadline);
        if (!stock) {
            // A page with an old number is better than none.
            auto cached = m_parts.practices.degradation ? fromCache() : std::nullopt;
            return cached ? std::move(*cached) : dependencyFailed("inventory", stock.error());
        }
        const MutexLock lock(m_mutex);
        m_cached = R"({"name":"kettle","stock":)" + stock->body + "}";
        m_cachedMs = m_parts.clock.monotonicMs();
        return json(200, m_cached);
    }

    std::optional<HttpAnswer> fromCache() HF_EXCLUDES(m_mutex)
    {
        work(m_parts, 1);
        const MutexLock lock(m_mutex);
        if (m_cached.empty())
            return std::nullopt;
        HttpAnswer answer = json(200, m_cached);
        answer.headers = {{"Age", std::to_string((m_parts.clock.monotonicMs() - m_cachedMs) / 1000)}};
        return answer;
    }

    Parts& m_parts;
    Edge m_inventory;
    Degradation m_staleCache;
    Mutex m_mutex;
    std::string m_cached HF_GUARDED_BY(m_mutex);
    std::int64_t m_cachedMs HF_GUARDED_BY(m_mutex) = 0;
};

/// Finds goods and sorts them by what shoppers like, unless told to be quick.
class Search final : public Service {
public:
    explicit Search(Parts& parts)
        : m_parts(parts),
          m_catalog({.callee = "catalog", .timeoutMs = 500}, parts),
          m_cheapRanking(parts, "cheap-ranking", "Search results are sorted by name only; they come sooner", 0.8, 0.4)
    {
    }

    std::vector<Route> routes() override
    {
        return {{"GET", "/search", [this](const Visit& visit) { return search(visit); }}};
    }

    void tick(double pressure) override { m_cheapRanking.setPressure(pressure); }

private:
    HttpAnswer search(const Visit& visit)
    {
        work(m_parts, 10);
        if (!m_cheapRanking.on())
            work(m_parts, 45, 0.4);
        const auto found = m_catalog.call({.path = "/list"}, Repeat::Safe, visit.deadline);
        return found ? json(200, found->body) : dependencyFailed("catalog", found.error());
    }

    Parts& m_parts;
    Edge m_catalog;
    Degradation m_cheapRanking;
};

/// "Others also bought": nice to have, and the first to be slow.
class Recommendations final : public Service {
public:
    explicit Recommendations(Parts& parts) : m_parts(parts) {}

    std::vector<Route> routes() override
    {
        return {{"GET", "/for", [this](const Visit&) {
                     work(m_parts, 35, 0.45);
                     return json(200, R"(["lamp","rope"])");
                 }}};
    }

private:
    Parts& m_parts;
};

}  // namespace

std::unique_ptr<Service> makeInventory(Parts& parts)
{
    return std::make_unique<Inventory>(parts);
}

std::unique_ptr<Service> makeCatalog(Parts& parts)
{
    return std::make_unique<Catalog>(parts);
}

std::unique_ptr<Service> makeSearch(Parts& parts)
{
    return std::make_unique<Search>(parts);
}

std::unique_ptr<Service> makeRecommendations(Parts& parts)
{
    return std::make_unique<Recommendations>(parts);
}

}  // namespace holdfast::fleet
