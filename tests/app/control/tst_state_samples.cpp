#include "app/control/state_samples.h"
#include "app/model/sample.h"

#include <QtTest>

#include <map>
#include <string>
#include <vector>

using namespace holdfast;
using namespace holdfast::control;

namespace {

/// Keeps what was written, as "labels value".
class Kept final : public store::Appender {
public:
    Result<SeriesId> series(const LabelSet& labels) override
    {
        names.push_back(labels.text());
        return SeriesId{names.size() - 1};
    }
    Result<store::AppendReport> append(Batch batch) override
    {
        for (const auto& sample : batch.samples)
            lines.push_back(names[static_cast<std::size_t>(sample.series)]
                            + (isStaleMarker(sample.v) ? " stale" : " 1"));
        return store::AppendReport{};
    }
    Result<store::AppendReport> appendDurably(Batch batch) override { return append(std::move(batch)); }

    std::vector<std::string> names;
    std::vector<std::string> lines;
};

PointMap weightIs(const std::string& state)
{
    ControlPoint point;
    point.id = "edge/limit/weight";
    point.kind = Kind::Limit;
    point.service = "edge";
    point.name = "weight";
    InstanceObservation one;
    one.instance = "a:1";
    one.state = state;
    one.quality = Quality::Confirmed;
    point.instances = {one};
    ControlPoint breaker = point;
    breaker.id = "edge/breaker/db";
    breaker.kind = Kind::Breaker;
    return {{point.id, point}, {breaker.id, breaker}};
}

}  // namespace

class TestStateSamples : public QObject {
    Q_OBJECT

private slots:
    void keepsWhatNoMetricTells()
    {
        Kept kept;
        StateSamples samples;
        QVERIFY(samples.write(kept, weightIs("50"), 1'000).ok());
        QCOMPARE(kept.lines.size(), std::size_t{1});
        QVERIFY(kept.lines.front().find("edge/limit/weight") != std::string::npos);
        QVERIFY(kept.lines.front().find("state=\"50\"") != std::string::npos);
    }

    void endsTheOldStateWhereItChanges()
    {
        Kept kept;
        StateSamples samples;
        QVERIFY(samples.write(kept, weightIs("50"), 1'000).ok());
        QVERIFY(samples.write(kept, weightIs("80"), 2'000).ok());
        QCOMPARE(kept.lines.size(), std::size_t{3});
        QVERIFY(kept.lines[1].find("state=\"80\"") != std::string::npos);
        QVERIFY(kept.lines[2].find("state=\"50\"") != std::string::npos);
        QVERIFY(kept.lines[2].ends_with(" stale"));
    }

    void repeatsOnceAMinute()
    {
        Kept kept;
        StateSamples samples;
        for (std::int64_t t = 0; t <= 120'000; t += 5'000)
            QVERIFY(samples.write(kept, weightIs("50"), t).ok());
        QCOMPARE(kept.lines.size(), std::size_t{3});
    }
};

QTEST_GUILESS_MAIN(TestStateSamples)
#include "tst_state_samples.moc"
