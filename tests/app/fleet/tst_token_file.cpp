#include "app/fleet/token_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace holdfast::fleet;

class TestTokenFile : public QObject {
    Q_OBJECT
private slots:
    void makesATokenWhereThereIsNoneAndReadsItTheNextTime()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath("token").toStdString();
        const auto made = readOrMakeToken(path);
        QVERIFY(made.ok());
        QCOMPARE(made->size(), 64U);
        QCOMPARE(readOrMakeToken(path).value(), *made);
    }

    void refusesATokenThatIsTooShort()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("token"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("short\n");
        file.close();
        QVERIFY(!readOrMakeToken(file.fileName().toStdString()).ok());
    }

    void saysWhereItCannotWrite()
    {
        const auto result = readOrMakeToken("/nonexistent/token");
        QVERIFY(!result.ok());
        QVERIFY(result.error().message.find("/nonexistent/token") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestTokenFile)
#include "tst_token_file.moc"
