#include "collectors/discovery/file_discovery.h"
#include "collectors/discovery/md5.h"
#include "collectors/discovery/relabel.h"
#include "collectors/discovery/target.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace holdfast;
using namespace holdfast::discovery;
using config::RelabelAction;
using config::RelabelConfig;

namespace {

RelabelConfig step(RelabelAction action, std::vector<std::string> sources, const char* regex, const char* target = "",
                   const char* replacement = "$1")
{
    RelabelConfig config;
    config.action = action;
    config.sourceLabels = std::move(sources);
    config.regex = regex;
    config.targetLabel = target;
    config.replacement = replacement;
    return config;
}

QString relabeled(const LabelSet& labels, const RelabelConfig& config)
{
    const std::optional<LabelSet> out = Relabeling({&config, 1}).apply(labels);
    return out ? QString::fromStdString(out->text()) : "dropped";
}

void write(const QString& path, const char* text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

}  // namespace

class TestRelabel : public QObject {
    Q_OBJECT

private slots:
    void hasTheDigestsOfRfc1321()
    {
        const auto hex = [](std::string_view text) {
            const auto digest = md5(text);
            return QByteArray(reinterpret_cast<const char*>(digest.data()), 16).toHex();
        };
        QCOMPARE(hex(""), QByteArray("d41d8cd98f00b204e9800998ecf8427e"));
        QCOMPARE(hex("message digest"), QByteArray("f96b697d7cb7938d525a2f31aaf161d0"));
        QCOMPARE(hex("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
                 QByteArray("57edf4a22be3c955ac49da2e2107b67a"));
    }

    void doesEveryAction()
    {
        const LabelSet in{{"a", "foo"}, {"b", "bar"}, {"c", "baz"}};
        using A = RelabelAction;
        QCOMPARE(relabeled(in, step(A::Replace, {"a"}, "f(.*)", "d", "ch${1}-ch${1}")),
                 QString("{a=\"foo\", b=\"bar\", c=\"baz\", d=\"choo-choo\"}"));
        QCOMPARE(relabeled(in, step(A::Replace, {"a"}, "(.*)", "b", "")), QString("{a=\"foo\", c=\"baz\"}"));
        QCOMPARE(relabeled(in, step(A::Drop, {"a", "b"}, "foo;bar")), QString("dropped"));
        QCOMPARE(relabeled(in, step(A::Keep, {"a"}, "fo")), QString("dropped"));
        QCOMPARE(relabeled(in, step(A::KeepEqual, {"a"}, "(.*)", "b")), QString("dropped"));
        QCOMPARE(relabeled(in, step(A::LabelMap, {}, "(b|c)", "", "x_$1")),
                 QString("{a=\"foo\", b=\"bar\", c=\"baz\", x_b=\"bar\", x_c=\"baz\"}"));
        QCOMPARE(relabeled(in, step(A::LabelDrop, {}, "b.*")), QString("{a=\"foo\", c=\"baz\"}"));
        QCOMPARE(relabeled(in, step(A::LabelKeep, {}, "b.*")), QString("{b=\"bar\"}"));
        QCOMPARE(relabeled(in, step(A::Uppercase, {"a"}, "(.*)", "a")), QString("{a=\"FOO\", b=\"bar\", c=\"baz\"}"));
        RelabelConfig hash = step(A::HashMod, {"c"}, "(.*)", "d");
        hash.modulus = 1000;
        QCOMPARE(relabeled(in, hash), QString("{a=\"foo\", b=\"bar\", c=\"baz\", d=\"976\"}"));
    }

    void makesTargetsOfGroups()
    {
        config::ScrapeConfig job;
        job.jobName = "shop";
        job.params["module"] = {"a b"};
        job.relabelConfigs.push_back(step(RelabelAction::Drop, {"__address__"}, "x:1"));
        const std::vector<config::TargetGroup> groups{
            {"static/0", {"h:80", "x:1", "h:80"}, LabelSet{{"zone", "n"}, {"__meta_y", "1"}}}};
        const TargetSet set = targetsOf(job, groups);
        QCOMPARE(set.active.size(), std::size_t(1));
        QCOMPARE(set.dropped.size(), std::size_t(1));
        QCOMPARE(set.active[0].url, std::string("http://h:80/metrics?module=a%20b"));
        QCOMPARE(set.active[0].labels.text(), std::string("{instance=\"h:80\", job=\"shop\", zone=\"n\"}"));
    }

    void readsFilesAgainAndKeepsTheOldTargetsOfABrokenOne()
    {
        QTemporaryDir dir;
        FileDiscovery files({{dir.filePath("*.json").toStdString(), dir.filePath("*.yml").toStdString()}, 1000});
        QVERIFY(!files.refresh());
        write(dir.filePath("a.json"), R"([{"targets": ["h:1"], "labels": {"z": "1"}}])");
        write(dir.filePath("b.yml"), "- targets: [h:2, 'h:3']\n");
        QVERIFY(files.refresh());
        QVERIFY(!files.refresh());
        QCOMPARE(files.groups().size(), std::size_t(2));
        write(dir.filePath("a.json"), R"([{"targets": ["h:1")");
        files.refresh();
        QCOMPARE(files.groups().size(), std::size_t(2));
        QCOMPARE(files.errors().size(), std::size_t(1));
        QVERIFY(QFile::remove(dir.filePath("a.json")));
        QVERIFY(files.refresh());
        QCOMPARE(files.groups().size(), std::size_t(1));
        QVERIFY(files.errors().empty());
    }
};

QTEST_GUILESS_MAIN(TestRelabel)
#include "tst_relabel.moc"
