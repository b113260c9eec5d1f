#include "app/notify/named_url.h"

#include <QtTest>

using holdfast::notify::withServerName;

class NamedUrlTest : public QObject {
    Q_OBJECT

private slots:
    void theNameGoesIntoTheUrlAndTheConnectionToTheAddress_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("named");
        QTest::addColumn<QString>("connectTo");
        QTest::addColumn<QString>("host");
        QTest::newRow("https") << "https://10.0.0.7:8443/hook?a=b"
                               << "https://chat.example:8443/hook?a=b"
                               << "chat.example:8443:10.0.0.7:8443"
                               << "Host: 10.0.0.7:8443";
        QTest::newRow("usual port") << "https://10.0.0.7/hook"
                                    << "https://chat.example/hook"
                                    << "chat.example:443:10.0.0.7:443"
                                    << "Host: 10.0.0.7";
        QTest::newRow("IPv6") << "https://[::1]:8443/"
                              << "https://chat.example:8443/"
                              << "chat.example:8443:[::1]:8443"
                              << "Host: [::1]:8443";
        QTest::newRow("a relay") << "smtp://10.0.0.7:587/me"
                                 << "smtp://chat.example:587/me"
                                 << "chat.example:587:10.0.0.7:587"
                                 << "Host: 10.0.0.7:587";
        QTest::newRow("plain http") << "http://10.0.0.7/hook"
                                    << "http://10.0.0.7/hook"
                                    << ""
                                    << "";
        QTest::newRow("no URL") << "://"
                                << "://"
                                << ""
                                << "";
    }
    void theNameGoesIntoTheUrlAndTheConnectionToTheAddress()
    {
        QFETCH(QString, url);
        QFETCH(QString, named);
        QFETCH(QString, connectTo);
        QFETCH(QString, host);
        const auto out = withServerName(url.toStdString(), "chat.example");
        QCOMPARE(QString::fromStdString(out.url), named);
        QCOMPARE(QString::fromStdString(out.connectTo), connectTo);
        QCOMPARE(QString::fromStdString(out.hostHeader), host);
    }
    void withoutANameNothingChanges()
    {
        const auto out = withServerName("https://chat.example/hook", "");
        QCOMPARE(out.url, std::string("https://chat.example/hook"));
        QVERIFY(out.connectTo.empty());
    }
};

QTEST_GUILESS_MAIN(NamedUrlTest)
#include "tst_named_url.moc"
