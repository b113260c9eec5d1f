// Who may include whom, as data. A new entry is a design decision: the commit that adds it says why.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

struct Row {
    QString folder;
    QStringList mayInclude;        // folders of ours
    QStringList onlyTheseHeaders;  // of a folder named here, nothing but these
    bool qt = false;
};

const QStringList everythingOfApp{"app/base",   "app/resilience", "app/model",   "app/config",  "app/store",
                                  "app/promql", "app/rules",      "app/signals", "app/control", "app/incident",
                                  "app/notify", "app/api",        "app/engine",  "app/commands"};
const QStringList everyCollector{"collectors/exposition", "collectors/scrape", "collectors/discovery"};

const QList<Row> table{
    {"app/base", {}, {}, false},
    {"app/resilience", {"app/base"}, {}, false},
    {"app/model", {"app/base"}, {}, false},
    {"app/config", {"app/base", "app/model"}, {}, false},
    {"app/store", {"app/base", "app/model"}, {}, false},
    {"app/promql", {"app/base", "app/model", "app/store"}, {"app/store/querier.h"}, false},
    // Rules and signals write what they compute through the store's one write door, so they know that door.
    {"app/rules",
     {"app/base", "app/model", "app/config", "app/promql", "app/store"},
     {"app/store/appender.h", "app/store/querier.h"},
     false},
    {"app/signals",
     {"app/base", "app/model", "app/config", "app/promql", "app/store", "app/resilience"},
     {"app/store/appender.h", "app/store/querier.h"},
     false},
    {"app/control", {"app/base", "app/resilience", "app/model", "app/config", "app/store"}, {}, false},
    // Telling people is a caller of foreign services: it needs the practices, its receivers and a record of what was
    // told. It knows nothing of incidents, so that anything can be told.
    {"app/notify",
     {"app/base", "app/resilience", "app/model", "app/config", "app/store"},
     {"app/store/journal.h"},
     false},
    {"app/incident",
     {"app/base", "app/model", "app/store", "app/promql", "app/rules", "app/signals", "app/control"},
     {},
     false},
    {"collectors/exposition", {"app/base", "app/model"}, {}, false},
    {"collectors/discovery", {"app/base", "app/resilience", "app/model", "app/config"}, {}, false},
    {"collectors/scrape",
     {"app/base", "app/resilience", "app/model", "app/config", "app/store", "collectors/exposition",
      "collectors/discovery"},
     {"app/store/appender.h"},
     false},
    {"app/api", everythingOfApp + everyCollector, {}, false},
    {"app/engine", everythingOfApp + everyCollector, {}, false},
    {"app/commands", everythingOfApp + everyCollector, {}, false},
    {"app/fleet", {"app/base", "app/resilience"}, {}, false},
    {"widgets", {"app/base", "app/model", "app/promql/syntax"}, {}, true},
};

const Row* rowOf(const QString& path)
{
    for (const Row& row : table) {
        if (path.startsWith(row.folder + "/"))
            return &row;
    }
    return nullptr;
}

QStringList sourcesBelow(const QString& folder)
{
    QStringList files;
    QDirIterator it(QDir(HOLDFAST_SOURCE_DIR).filePath(folder), {"*.h", "*.cpp"}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        files << QDir(HOLDFAST_SOURCE_DIR).relativeFilePath(it.next());
    files.sort();
    return files;
}

struct Include {
    QString name;
    bool quoted;
};

QList<Include> includesOf(const QString& path)
{
    QFile file(QDir(HOLDFAST_SOURCE_DIR).filePath(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression pattern(R"(^\s*#\s*include\s*(["<])([^">]+)[">])",
                                            QRegularExpression::MultilineOption);
    QList<Include> found;
    auto it = pattern.globalMatch(QString::fromUtf8(file.readAll()));
    while (it.hasNext()) {
        const auto match = it.next();
        found << Include{match.captured(2), match.captured(1) == "\""};
    }
    return found;
}

bool allowed(const Row& row, const QString& header)
{
    if (header.startsWith(row.folder + "/"))
        return true;
    for (const QString& folder : row.mayInclude) {
        if (!header.startsWith(folder + "/"))
            continue;
        bool limited = false;
        for (const QString& one : row.onlyTheseHeaders) {
            if (one == header)
                return true;
            limited = limited || one.startsWith(folder + "/");
        }
        return !limited;
    }
    return false;
}

}  // namespace

class Architecture : public QObject {
    Q_OBJECT

private slots:
    void everyIncludeKeepsToTheTable()
    {
        QStringList broken;
        for (const QString& path : sourcesBelow("app") + sourcesBelow("collectors") + sourcesBelow("widgets")) {
            const Row* row = rowOf(path);
            if (row == nullptr)
                continue;
            for (const Include& include : includesOf(path)) {
                const bool ours = include.name.contains(QRegularExpression("^(app|collectors|widgets|tests)/"));
                if (ours && !allowed(*row, include.name))
                    broken << path + " includes " + include.name;
                if (include.quoted && !ours && !include.name.endsWith(".moc"))
                    broken << path + " includes \"" + include.name + "\" without a path from the root";
                if (!row->qt && include.name.contains(QRegularExpression("^(Q[A-Z]|Qt)")))
                    broken << path + " includes Qt: " + include.name;
                if (row->qt && include.name.contains(QRegularExpression("^Qt(Core|Gui|Widgets|Charts|Network|Svg)$")))
                    broken << path + " includes a whole Qt module: " + include.name;
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable("\n  " + broken.join("\n  ")));
    }

    void onlyTheChartsFolderKnowsQtCharts()
    {
        QStringList broken;
        for (const QString& path : sourcesBelow("widgets")) {
            if (path.startsWith("widgets/charts/"))
                continue;
            for (const Include& include : includesOf(path)) {
                if (include.name.contains(QRegularExpression("^(Q\\w*(Chart|Axis|Series)|QtCharts/)")))
                    broken << path + " includes " + include.name;
            }
        }
        QVERIFY2(broken.isEmpty(), qPrintable(broken.join("\n  ")));
    }

    void everyFolderHasARow()
    {
        QStringList homeless;
        for (const QString& path : sourcesBelow("app") + sourcesBelow("collectors") + sourcesBelow("widgets")) {
            if (path != "app/main.cpp" && rowOf(path) == nullptr)
                homeless << path;
        }
        QVERIFY2(homeless.isEmpty(), qPrintable(homeless.join("\n  ")));
    }

    void noTwoFoldersIncludeEachOther()
    {
        QMap<QString, QSet<QString>> uses;
        for (const QString& path : sourcesBelow("app") + sourcesBelow("collectors") + sourcesBelow("widgets")) {
            const Row* from = rowOf(path);
            for (const Include& include : includesOf(path)) {
                const Row* to = rowOf(include.name);
                if (from != nullptr && to != nullptr && from != to)
                    uses[from->folder].insert(to->folder);
            }
        }
        // A cycle exists as long as no folder is left that uses only removed ones.
        while (!uses.isEmpty()) {
            QStringList leaves;
            for (auto it = uses.cbegin(); it != uses.cend(); ++it) {
                bool leaf = true;
                for (const QString& other : it.value())
                    leaf = leaf && !uses.contains(other);
                if (leaf)
                    leaves << it.key();
            }
            QVERIFY2(!leaves.isEmpty(), qPrintable("cycle among " + uses.keys().join(", ")));
            for (const QString& leaf : leaves)
                uses.remove(leaf);
        }
    }

    void theCheckNoticesAForbiddenInclude()
    {
        QVERIFY(!allowed(*rowOf("app/model/sample.h"), "app/store/store.h"));
        QVERIFY(!allowed(*rowOf("app/promql/engine.h"), "app/store/appender.h"));
        QVERIFY(allowed(*rowOf("app/promql/engine.h"), "app/store/querier.h"));
        QVERIFY(!allowed(*rowOf("widgets/main_window.h"), "app/engine/engine.h"));
    }
};

QTEST_GUILESS_MAIN(Architecture)
#include "tst_architecture.moc"
