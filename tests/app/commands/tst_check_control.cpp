#include "app/commands/check_control.h"
#include "tests/app/commands/run_command.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace holdfast::commands {

class TestCheckControl : public QObject {
    Q_OBJECT

private:
    Ran check(const QByteArray& text, const char* name, std::vector<std::string> more = {})
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("write");
        file.close();
        std::vector<std::string> words{"control", file.fileName().toStdString()};
        words.insert(words.end(), more.begin(), more.end());
        return run(addCheckControlCommand, words);
    }
    QTemporaryDir m_directory;

private slots:
    void showsEveryRequestOfAGroupWithoutItsTokens()
    {
        const Ran ran = check("holdfast:\n"
                              "  controls:\n"
                              "    - name: flags\n"
                              "      adapter: consul-kv\n"
                              "      endpoints: ['10.0.0.1:8500']\n"
                              "      act_token: hunter2-long\n"
                              "      settings: {prefix: flags/}\n",
                              "h.yml");
        QVERIFY2(ran.code == 0, ran.err + ran.out);
        QVERIFY(ran.out.contains("list: GET http://10.0.0.1:8500/v1/kv/flags/?recurse=true"));
        QVERIFY2(ran.out.contains("PUT http://10.0.0.1:8500/v1/kv/NAME?cas=<revision>  X-Consul-Token: ***  on"),
                 ran.out);
        QVERIFY(!ran.out.contains("hunter2"));
    }
    void namesThePlaceOfAMistakeInAPreset()
    {
        const Ran ran = check("preset: mine\nkind: flag\nlist:\n  - {get: /x, each: '/*', nmae: $key}\n", "mine.yml");
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.out.contains("mine.yml:4:28: unknown key \"nmae\" in list[0]; did you mean \"name\"?")
                     || ran.out.contains("mine.yml:4:5: list[0]: a list needs name"),
                 ran.out);
    }
    void findsAGroupThatCannotWork()
    {
        const Ran ran = check("holdfast:\n  controls:\n    - {name: a, adapter: unleash, endpoints: ['u:1']}\n"
                              "    - {name: b, adapter: nobody, endpoints: ['u:1']}\n"
                              "    - {name: c, adapter: etcd, endpoints: ['u:1'], act_token: x}\n",
                              "bad.yml");
        QCOMPARE(ran.code, 1);
        QVERIFY(ran.out.contains("no token to act with"));
        QVERIFY(ran.out.contains("no control adapter is called \"nobody\""));
        QVERIFY(ran.out.contains("needs the setting \"prefix\""));
    }
    void findsAPresetBesideTheConfiguration()
    {
        QVERIFY(
            QFile::copy(HOLDFAST_SOURCE_DIR "/resources/presets/own-service.yml", m_directory.filePath("shop.yml")));
        const Ran ran =
            check("holdfast:\n  controls:\n    - {name: a, adapter: shop.yml, endpoints: ['s:80'], act_token: x}\n",
                  "own.yml");
        QVERIFY2(ran.code == 0, ran.err + ran.out);
        QVERIFY2(ran.out.contains("POST http://s:80/breakers/NAME/open  Authorization: Bearer ***"), ran.out);
    }
    void answersInJsonForABuiltInPreset()
    {
        const Ran ran = run(addCheckControlCommand, {"control", "envoy-admin", "--json"});
        QCOMPARE(ran.code, 0);
        const QJsonObject group = QJsonDocument::fromJson(ran.out)["groups"].toArray().first().toObject();
        QCOMPARE(group["preset"]["proven"].toString(), QStringLiteral("stand-in"));
        QVERIFY(group["requests"].toArray().size() >= 5);
    }
};

}  // namespace holdfast::commands

QTEST_GUILESS_MAIN(holdfast::commands::TestCheckControl)
#include "tst_check_control.moc"
