#include "app/signals/slow_facts.h"

#include "app/signals/expression.h"
#include "app/signals/scrape_classes.h"

#include <algorithm>
#include <cmath>

namespace holdfast::signals {

namespace {

Result<std::vector<const Profile*>> activeProfiles(const SeriesReader& reader, std::span<const Profile> profiles)
{
    std::vector<std::string> wanted;
    for (const Profile& profile : profiles)
        wanted.insert(wanted.end(), profile.detect.begin(), profile.detect.end());
    if (wanted.empty())
        return std::vector<const Profile*>{};
    HF_TRY(const auto rows, reader.vector("count by (__name__) ({__name__=~\"" + joined(wanted, "|") + "\"})"));
    std::set<std::string, std::less<>> present;
    for (const auto& row : rows)
        present.emplace(row.labels->metricName());
    std::vector<const Profile*> active;
    for (const Profile& profile : profiles)
        if (std::ranges::any_of(profile.detect, [&](const std::string& name) { return present.contains(name); }))
            active.push_back(&profile);
    return active;
}

void readProfileFacts(const SeriesReader& reader, const Profile& profile, const ServiceNames& names, SlowFacts& facts)
{
    const Placeholders filled{.by = joined(profile.service, ", "), .match = {}, .window = "1m"};
    const auto each = [&](const std::string& expression, const auto& take) {
        if (expression.empty())
            return;
        const auto rows = reader.vector(filledIn(expression, filled));
        if (!rows.ok())
            return;  // such facts are decoration; the signals report a profile that does not work
        for (const auto& row : *rows) {
            const auto [label, raw] = serviceLabel(profile, *row.labels);
            if (!raw.empty())
                take(names.canonical(raw), *row.labels, row.sample.v);
        }
    };
    each(profile.version, [&](const std::string& service, const LabelSet& labels, double) {
        facts.version.try_emplace({service, std::string(labels.get("instance"))}, labels.get("version"));
    });
    each(profile.started, [&](const std::string& service, const LabelSet& labels, double seconds) {
        facts.startedMs.try_emplace({service, std::string(labels.get("instance"))},
                                    static_cast<std::int64_t>(std::llround(seconds * 1000)));
    });
    each(profile.instances, [&](const std::string& service, const LabelSet& labels, double) {
        facts.owners[{std::string(labels.get("job")), std::string(labels.get("instance"))}].insert(service);
    });
}

void readTrends(const SeriesReader& reader, SlowFacts& facts)
{
    if (auto matrix = reader.samples("holdfast:util[30m]"); matrix.ok())
        for (auto& series : *matrix)
            facts.utilisation[{std::string(series.labels->get("service")),
                               std::string(series.labels->get("resource"))}] = std::move(series.samples);
    if (const auto rows = reader.vector("deriv(holdfast:queue:depth[5m])"); rows.ok())
        for (const auto& row : *rows)
            facts.queueTrend[{std::string(row.labels->get("service")), std::string(row.labels->get("queue"))}] =
                row.sample.v;
    const auto burn = reader.vector("sum by (service) (sum_over_time(holdfast:errors:rate[1h]))"
                                    " / (sum by (service) (sum_over_time(holdfast:requests:rate[1h])) > 0)");
    if (burn.ok())
        for (const auto& row : *burn)
            facts.errorsLastHour[std::string(row.labels->get("service"))] = row.sample.v;
}

}  // namespace

std::pair<std::string, std::string> serviceLabel(const Profile& profile, const LabelSet& labels)
{
    for (const std::string& name : profile.service)
        if (const std::string_view value = labels.get(name); !value.empty())
            return {name, std::string(value)};
    return {};
}

Result<SlowFacts> readSlowFacts(const SeriesReader& reader, std::span<const Profile> profiles,
                                const ServiceNames& names)
{
    SlowFacts facts;
    facts.readMs = reader.t();
    HF_TRY(facts.active, activeProfiles(reader, profiles));
    for (const Profile* profile : facts.active)
        readProfileFacts(reader, *profile, names, facts);
    readTrends(reader, facts);
    return facts;
}

}  // namespace holdfast::signals
