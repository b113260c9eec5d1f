#pragma once

#include "app/base/log.h"
#include "app/base/manual_clock.h"
#include "app/model/sample.h"
#include "app/store/store.h"
#include "tests/support/tsan_options.h"

#include <QTemporaryDir>
#include <QtTest>

#include <bit>
#include <memory>
#include <string>
#include <vector>

namespace holdfast::store {

inline constexpr std::int64_t kNow = 1'700'000'000'000;

/// A store in its own directory on a clock that stands. One thread at a time.
class StoreFixture {
public:
    StoreFixture() { options.path = (directory.path() + "/h.db").toStdString(); }

    Result<void> open()
    {
        store.reset();
        auto opened = Store::open(options, clock, log);
        if (!opened.ok())
            return std::move(opened).error();
        store = std::move(opened).value();
        return {};
    }
    void mustOpen()
    {
        const auto opened = open();
        if (!opened.ok())
            qFatal("%s", opened.error().message.c_str());
    }

    SeriesId id(const LabelSet& labels) const { return store->series(labels).value(); }

    /// Appends durably; the report.
    AppendReport put(const LabelSet& labels, const std::vector<Sample>& samples, const std::string& origin = "test")
    {
        Batch batch{.origin = origin, .samples = {}, .metadata = {}, .exemplars = {}};
        const SeriesId series = id(labels);
        for (const Sample& sample : samples)
            batch.samples.push_back({series, sample.t, sample.v});
        auto report = store->appendDurably(std::move(batch));
        if (!report.ok())
            qFatal("%s", report.error().message.c_str());
        return *report;
    }

    SeriesSet select(const std::vector<LabelMatcher>& matchers, TimeRange range = {0, kAnyAge}) const
    {
        auto found = store->select(matchers, range, {}, {});
        if (!found.ok())
            qFatal("%s", found.error().message.c_str());
        return std::move(found).value();
    }

    /// "name{…} v@t v@t" for every series; the notation the tests expect in.
    QStringList texts(const std::vector<LabelMatcher>& matchers, TimeRange range = {0, kAnyAge}) const
    {
        QStringList out;
        for (const SeriesView& series : select(matchers, range).series) {
            QString line = QString::fromStdString(series.labels->text());
            for (std::size_t i = 0; i < series.times.size(); ++i) {
                line += isStaleMarker(series.values[i])
                            ? QStringLiteral(" stale@%1").arg(series.times[i])
                            : QStringLiteral(" %1@%2").arg(series.values[i]).arg(series.times[i]);
            }
            out << line;
        }
        return out;
    }

    QTemporaryDir directory;
    ManualClock clock{kNow};
    Log log{stderr, LogLevel::Error, clock};
    StoreOptions options = fast();
    std::unique_ptr<Store> store;

private:
    static StoreOptions fast()
    {
        StoreOptions out;
        out.commitEvery = std::chrono::milliseconds(5);
        return out;
    }
};

inline LabelSet named(const std::string& name)
{
    return LabelSet{{"__name__", name}};
}
inline LabelMatcher is(const std::string& name, const std::string& value)
{
    return {MatchType::Equal, name, value};
}

}  // namespace holdfast::store
