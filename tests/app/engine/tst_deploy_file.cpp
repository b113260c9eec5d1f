#include "app/base/manual_clock.h"
#include "app/engine/deploy_file.h"
#include "app/store/store.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace holdfast;
using namespace holdfast::engine;

namespace {

constexpr std::int64_t kNow = 4'000'000'000'000;  // later than any file of this test

}  // namespace

class DeployFileTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void readsEveryFormOfALine()
    {
        const auto tags =
            parseTagFile("# what runs\ncheckout 4.18.3 2026-01-02T03:04:05Z\npayments/v2\nstock@v7 # new\n"
                         "\ncheckout 4.18.4\nv1.0-3-gabc\n");
        QCOMPARE(tags.size(), std::size_t(4));
        QCOMPARE(tags.at("checkout").tag, std::string("4.18.4"));
        QCOMPARE(tags.at("payments").tag, std::string("v2"));
        QCOMPARE(tags.at("stock").tag, std::string("v7"));
        QCOMPARE(tags.at("").tag, std::string("v1.0-3-gabc"));
    }
    void aChangedTagIsADeployAndTheFirstFileIsNone()
    {
        auto store = openStore();
        DeployFile file(*store, m_log);
        write("checkout 4.18.2\n", 1);
        QVERIFY(file.look(path(), kNow).empty());
        write("checkout 4.18.3 2026-01-02T03:04:05Z\npayments v2\n", 2);
        const auto deploys = file.look(path(), kNow);
        QCOMPARE(deploys.size(), std::size_t(2));
        QCOMPARE(deploys[0].kind, std::string("deploy"));
        QCOMPARE(deploys[0].service, std::string("checkout"));
        QCOMPARE(deploys[0].text, std::string("checkout 4.18.2 → 4.18.3"));
        QCOMPARE(deploys[0].atMs, std::int64_t(1'767'323'045'000));
        QVERIFY(file.look(path(), kNow).empty());
    }
    void aDeployWhileNoEngineRanIsToldAfterwards()
    {
        write("checkout 1\n", 1);
        {
            auto store = openStore();
            DeployFile file(*store, m_log);
            QVERIFY(file.look(path(), kNow).empty());
        }
        write("checkout 2\n", 2);
        auto store = openStore();
        DeployFile file(*store, m_log);
        QCOMPARE(file.look(path(), kNow).size(), std::size_t(1));
    }

private:
    [[nodiscard]] std::string path() const { return m_dir->filePath("tags").toStdString(); }
    void write(const QByteArray& text, int second)
    {
        QFile file(m_dir->filePath("tags"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
        file.flush();
        QVERIFY(file.setFileTime(QDateTime::fromSecsSinceEpoch(1'700'000'000 + second), QFile::FileModificationTime));
    }
    std::unique_ptr<store::Store> openStore()
    {
        store::StoreOptions options;
        options.path = m_dir->filePath("h.db").toStdString();
        auto opened = store::Store::open(options, m_clock, m_log);
        return opened.ok() ? std::move(*opened) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    ManualClock m_clock{1'700'000'000'000};
    Log m_log{stderr, LogLevel::Error, m_clock};
};

QTEST_GUILESS_MAIN(DeployFileTest)
#include "tst_deploy_file.moc"
