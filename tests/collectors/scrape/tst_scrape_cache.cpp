#include "collectors/scrape/sample_labels.h"
#include "collectors/scrape/scrape_cache.h"

#include <QTest>

#include <map>

using namespace holdfast;
using namespace holdfast::scrape;

namespace {

/// A cache with a store that is only a table of names.
class Cache {
public:
    /// "name value" of each sample in the order of the batch; "name stale" for markers.
    QString scrape(std::string_view body, std::int64_t at)
    {
        Batch batch;
        const auto resolve = [this](const LabelSet& labels) -> Result<std::optional<SeriesId>> {
            ++lookups;
            if (labels.metricName() == "drop")
                return std::optional<SeriesId>();
            const auto [it, fresh] = m_ids.try_emplace(labels.text(), m_names.size());
            if (fresh)
                m_names.push_back(labels.text());
            return std::optional<SeriesId>(it->second);
        };
        const auto got = m_cache.ingest(body, exposition::Format::Text, at, {true, 100, 500}, resolve, batch);
        if (!got) {
            batch = Batch();
            m_cache.markGone(at, batch);
            return "! " + text(batch);
        }
        counts = *got;
        metadata = batch.metadata;
        return text(batch);
    }
    ScrapeCache& cache() { return m_cache; }

    IngestCounts counts;
    std::vector<MetricMetadata> metadata;
    int lookups = 0;

private:
    QString text(const Batch& batch) const
    {
        QStringList out;
        for (const BatchSample& sample : batch.samples)
            out << QString::fromStdString(m_names[sample.series]) + " "
                       + (isStaleMarker(sample.v) ? QString("stale") : QString::number(sample.v));
        return out.join(", ");
    }

    ScrapeCache m_cache;
    std::map<std::string, SeriesId> m_ids;
    std::vector<std::string> m_names;
};

}  // namespace

class TestScrapeCache : public QObject {
    Q_OBJECT

private slots:
    void asksForEachSeriesOnce()
    {
        Cache c;
        QCOMPARE(c.scrape("# TYPE a gauge\na 1\nb{x=\"1\"} 2\n", 1), QString("a 1, b{x=\"1\"} 2"));
        QCOMPARE(c.counts.seriesAdded, 2ULL);
        QCOMPARE(c.scrape("# TYPE a gauge\na 3\nb{x=\"1\"} 4\n", 2), QString("a 3, b{x=\"1\"} 4"));
        QCOMPARE(c.counts.seriesAdded, 0ULL);
        QCOMPARE(c.counts.linesCached, 2ULL);
        QCOMPARE(c.lookups, 2);
    }

    void marksWhatIsGoneAsStaleOnce()
    {
        Cache c;
        c.scrape("a 1\nb 1\nc 1\n", 1);
        QCOMPARE(c.scrape("a 2\nc 2\n", 2), QString("a 2, c 2, b stale"));
        QCOMPARE(c.scrape("a 3\nc 3\n", 3), QString("a 3, c 3"));
        QCOMPARE(c.scrape("a 4\n", 4), QString("a 4, c stale"));
        QCOMPARE(c.scrape("", 5), QString("a stale"));
    }

    void followsAnyOrder()
    {
        Cache c;
        c.scrape("a 1\nb 1\nc 1\nd 1\n", 1);
        QCOMPARE(c.scrape("d 2\nnew 2\na 2\nc 2\nb 2\n", 2), QString("d 2, new 2, a 2, c 2, b 2"));
        QCOMPARE(c.lookups, 5);
        QCOMPARE(c.scrape("d 3\nnew 3\na 3\nc 3\nb 3\n", 3), QString("d 3, new 3, a 3, c 3, b 3"));
        QCOMPARE(c.counts.linesCached, 5ULL);
    }

    void doesNotCallASeriesGoneThatIsOnlyWrittenDifferently()
    {
        Cache c;
        c.scrape("a{x=\"1\",y=\"2\"} 1\n", 1);
        QCOMPARE(c.scrape("a{y=\"2\",x=\"1\"} 2\n", 2), QString("a{x=\"1\", y=\"2\"} 2"));
    }

    void leavesSeriesWithTheirOwnTimeWithoutMarkers()
    {
        Cache c;
        c.scrape("a 1 1000\nb 1\n", 1);
        QCOMPARE(c.scrape("", 2), QString("b stale"));
    }

    void keepsNothingOfABodyThatBreaksAndMarksAllStale()
    {
        Cache c;
        c.scrape("a 1\nb 1\n", 1);
        QCOMPARE(c.scrape("a 2\nnew 2\n}\n", 2), QString("! a stale, b stale"));
        QCOMPARE(c.scrape("a 3\nb 3\n", 3), QString("a 3, b 3"));
        QCOMPARE(c.counts.seriesAdded, 2ULL);
    }

    void readsBothOfALineThatStandsTwice()
    {
        Cache c;
        c.scrape("a 1\na 2\nb 1\n", 1);
        QCOMPARE(c.scrape("a 3\nb 3\na 4\n", 2), QString("a 3, b 3, a 4"));
        QCOMPARE(c.scrape("a 5\nb 5\n", 3), QString("a 5, b 5"));
    }

    void countsButDoesNotStoreWhatRelabelingDrops()
    {
        Cache c;
        QCOMPARE(c.scrape("a 1\ndrop 1\n", 1), QString("a 1"));
        QCOMPARE(c.counts.samples, 2ULL);
        QCOMPARE(c.counts.kept, 1ULL);
        QCOMPARE(c.scrape("a 2\ndrop 2\n", 2), QString("a 2"));
        QCOMPARE(c.lookups, 2);
    }

    void resolvesAgainAfterNewRulesWithoutLosingWhatIsGone()
    {
        Cache c;
        c.scrape("a 1\nb 1\n", 1);
        c.cache().forgetTexts();
        QCOMPARE(c.scrape("a 2\nc 2\n", 2), QString("a 2, c 2, b stale"));
        QCOMPARE(c.lookups, 4);
        QCOMPARE(c.counts.seriesAdded, 1ULL);
    }

    void tellsMetadataOnlyWhenItIsNew()
    {
        Cache c;
        c.scrape("# HELP a one\n# TYPE a gauge\na 1\n", 1);
        QCOMPARE(c.metadata.size(), std::size_t(1));
        QCOMPARE(c.metadata[0].help, std::string("one"));
        c.scrape("# HELP a one\n# TYPE a gauge\na 2\n", 2);
        QVERIFY(c.metadata.empty());
        c.scrape("# HELP a one\n# TYPE a counter\na 3\n", 3);
        QCOMPARE(c.metadata.size(), std::size_t(1));
        QCOMPARE(c.metadata[0].type, MetricType::Counter);
    }

    void givesConflictingLabelsAPrefix()
    {
        const LabelSet exposed{{"__name__", "a"}, {"job", "x"}, {"exported_job", "y"}};
        const LabelSet target{{"job", "shop"}};
        QCOMPARE(joinLabels(exposed, target, false).text(),
                 std::string("a{exported_exported_job=\"x\", exported_job=\"y\", job=\"shop\"}"));
        QCOMPARE(joinLabels(exposed, target, true).text(), std::string("a{exported_job=\"y\", job=\"x\"}"));
    }
};

QTEST_GUILESS_MAIN(TestScrapeCache)
#include "tst_scrape_cache.moc"
