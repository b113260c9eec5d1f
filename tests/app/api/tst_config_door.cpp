#include "app/base/clock.h"

#include "app/api/config_door.h"
#include "app/base/manual_clock.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace holdfast;
using namespace holdfast::api;

namespace {

constexpr const char* before = "# kept by hand\nglobal:\n  scrape_interval: 5s  # why five\n";
constexpr const char* after = "# kept by hand\nglobal:\n  scrape_interval: 7s  # why seven\n";

struct Desk {
    Desk()
        : door(ConfigParts{.file = [this] { return path(); },
                           .editConfig = [this](const ConfigParts::Change& change) { return edit(change); },
                           .clock = clock,
                           .log = log})
    {
        put(before);
        door.addRoutes(router);
    }
    [[nodiscard]] std::string path() const { return dir.filePath(QStringLiteral("holdfast.yml")).toStdString(); }
    void put(const char* text) const
    {
        QFile file(QString::fromStdString(path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    /// What the engine does, without its reload.
    Result<std::string> edit(const ConfigParts::Change& change) const
    {
        HF_TRY(const std::string text, change(onDisk().toStdString()));
        put(text.c_str());
        return path();
    }
    [[nodiscard]] QByteArray onDisk() const
    {
        QFile file(QString::fromStdString(path()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    HttpResponse ask(const char* method, const char* where, const QJsonObject& body) const
    {
        HttpRequest request;
        request.method = method;
        request.path = where;
        request.body = QJsonDocument(body).toJson().toStdString();
        const auto match = router.find(method, where, holdfast::api::Door::Private);
        return match.route->handler(
            Call{.request = request, .form = Form(request), .path = match.path, .cancelled = {}});
    }
    [[nodiscard]] QString revision() const
    {
        const auto answer = ask("GET", "/holdfast/v1/config", {});
        return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body))[QStringLiteral("revision")].toString();
    }
    [[nodiscard]] HttpResponse write(const QString& text, const QString& revision) const
    {
        return ask("PUT", "/holdfast/v1/config",
                   {{"text", text}, {"revision", revision}, {"actor", QStringLiteral("ana")}});
    }

    QTemporaryDir dir;
    ManualClock clock{1'000'000};
    Log log{stderr, LogLevel::Error, clock};
    ConfigDoor door;
    Router router;
};

}  // namespace

class TestConfigDoor : public QObject {
    Q_OBJECT

private slots:
    void writesTheTextWithItsCommentsAndKeepsTheOneBefore()
    {
        Desk door;
        const auto answer = door.write(QString::fromUtf8(after), door.revision());
        QCOMPARE(answer.status, 200);
        QCOMPARE(door.onDisk(), QByteArray(after));
        const auto kept = QDir(door.dir.path()).entryList({QStringLiteral("*.bak")});
        QCOMPARE(kept, QStringList(QStringLiteral("holdfast.yml.19700101T001640Z.bak")));
    }

    void refusesWhenSomebodyElseChangedTheFile()
    {
        Desk door;
        const QString revision = door.revision();
        door.put("global: {scrape_interval: 9s}\n");
        const auto answer = door.write(QString::fromUtf8(after), revision);
        QCOMPARE(answer.status, 409);
        QCOMPARE(door.onDisk(), QByteArray("global: {scrape_interval: 9s}\n"));
    }

    void saysFileAndLineOfWhatIsWrongAndTouchesNothing()
    {
        Desk door;
        const auto answer = door.write(QStringLiteral("global:\n  scrape_intervall: 5s\n"), door.revision());
        QCOMPARE(answer.status, 400);
        QVERIFY2(answer.body.find("holdfast.yml:2:") != std::string::npos, answer.body.c_str());
        QCOMPARE(door.onDisk(), QByteArray(before));
    }
};

QTEST_GUILESS_MAIN(TestConfigDoor)
#include "tst_config_door.moc"
