#include "app/config/load_config.h"
#include "app/config/secret_source.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using namespace holdfast;
using namespace holdfast::config;

class TestControlGroup : public QObject {
    Q_OBJECT

    static Result<Config> parsed(const std::string& keys)
    {
        return parseConfig("holdfast:\n  controls:\n    - name: shop\n      jobs: checkout\n" + keys, "h.yml");
    }
    static std::string problem(const std::string& keys)
    {
        const auto config = parsed(keys);
        return config.ok() ? std::string("none") : config.error().message;
    }

private slots:
    void readsWhoMustApproveAndThePace()
    {
        const auto config = parsed("      approval: second\n"
                                   "      approvers: [{name: ben, token_env: BENS_TOKEN}]\n"
                                   "      cool_down: 1m\n"
                                   "      acts_per_minute: 5\n"
                                   "      act_token_keyring: service holdfast account shop\n");
        QVERIFY2(config.ok(), config.ok() ? "" : config.error().message.c_str());
        const ControlGroupConfig& group = config->holdfast.controls[0];
        QCOMPARE(group.approval, std::string("second"));
        QCOMPARE(group.approvers[0].token.env, std::string("BENS_TOKEN"));
        QCOMPARE(group.coolDownMs, std::int64_t{60'000});
        QCOMPARE(group.actsPerMinute, std::uint64_t{5});
        QCOMPARE(group.actToken.keyring, std::string("service holdfast account shop"));
    }
    void refusesWhatCannotWork()
    {
        QVERIFY(problem("      approval: twice\n").find("expected second") != std::string::npos);
        QVERIFY(problem("      approval: second\n").find("at least one approver") != std::string::npos);
        QVERIFY(problem("      approvers: [{name: ben}]\n").find("needs a token") != std::string::npos);
        QVERIFY(problem("      acts_per_minute: 0\n").find("1 to 10000") != std::string::npos);
        QVERIFY(problem("      act_token: a\n      act_token_env: B\n").find("not several") != std::string::npos);
    }
    void takesASecretFromTheEnvironment()
    {
        qputenv("HOLDFAST_TEST_TOKEN", "word");
        QCOMPARE(*secretText({.text = {}, .file = {}, .env = "HOLDFAST_TEST_TOKEN", .keyring = {}}),
                 std::string("word"));
        QCOMPARE(environmentSecret("HOLDFAST_TEST_TOKEN_NOT_SET").error().kind, ErrorKind::NotFound);
    }
    void asksTheKeyringByItsProgram()
    {
        // A secret-tool that knows one entry and shows that no shell reads the words.
        const QTemporaryDir folder;
        QFile tool(folder.filePath("secret-tool"));
        QVERIFY(tool.open(QIODevice::WriteOnly));
        tool.write(
            "#!/bin/sh\n"
            "[ \"$1 $2 $3 $4 $5\" = 'lookup service holdfast account $(shop)' ] && printf 'from the ring' && exit 0\n"
            "exit 1\n");
        tool.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::WriteOwner);
        tool.close();
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", folder.path().toLocal8Bit() + ":" + path);
        QCOMPARE(*keyringSecret("service holdfast account $(shop)"), std::string("from the ring"));
        QCOMPARE(keyringSecret("service holdfast account other").error().kind, ErrorKind::NotFound);
        QCOMPARE(keyringSecret("service").error().kind, ErrorKind::BadInput);
        qputenv("PATH", folder.filePath("nothing").toLocal8Bit());
        QCOMPARE(keyringSecret("service holdfast account third").error().kind, ErrorKind::Unavailable);
        qputenv("PATH", path);
    }
};

QTEST_GUILESS_MAIN(TestControlGroup)
#include "tst_control_group.moc"
