#include "app/base/manual_clock.h"
#include "app/notify/courier.h"
#include "app/notify/delivery_book.h"
#include "app/notify/notify_service.h"
#include "app/store/store.h"

#include <QTemporaryDir>
#include <QtTest>

#include <deque>

using namespace holdfast;
using namespace holdfast::notify;
using Outcome = Attempt::Outcome;

namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

/// A receiver that answers as told, then with yes.
class Scripted final : public Transport {
public:
    explicit Scripted(std::deque<Outcome> script) : m_script(std::move(script)) {}
    Attempt send(const Delivery& delivery, std::int64_t, const std::stop_token&) override
    {
        sent.push_back(delivery);
        const Outcome outcome = m_script.empty() ? Outcome::Taken : m_script.front();
        if (!m_script.empty())
            m_script.pop_front();
        return {.outcome = outcome, .retryAfterMs = {}, .error = outcome == Outcome::Taken ? "" : "scripted"};
    }
    std::string kind() const override { return "scripted"; }
    std::vector<Delivery> sent;

private:
    std::deque<Outcome> m_script;
};

Situation incident(int number, int severity = 1, bool over = false)
{
    Situation out;
    out.subject = "incident/" + std::to_string(number);
    out.kind = "incident";
    out.incident = number;
    out.severity = severity;
    out.over = over;
    out.title = "payments-db failing";
    out.startedMs = kStart;
    return out;
}

config::ReceiverConfig receiver(const std::string& name)
{
    config::ReceiverConfig out;
    out.name = name;
    out.kind = config::CommandReceiver{.argv = {"/bin/true"}};
    return out;
}

}  // namespace

class NotifyServiceTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        openStore();
    }
    void cleanup() { m_store.reset(); }

    void aDeadReceiverIsAskedLessAndLessAndThenGivenUp()
    {
        auto script = std::make_unique<Scripted>(std::deque<Outcome>(1'000, Outcome::NotTaken));
        Scripted& transport = *script;
        Courier courier(receiver("dead"), std::move(script), *m_store, m_clock, m_log, {});
        (void)courier.offer(delivery(1));
        for (int second = 0; second < 3'700; ++second) {
            (void)courier.step({});
            m_clock.advanceMs(1'000);
        }
        QCOMPARE(stateOf(1), DeliveryState::Failed);
        QVERIFY2(transport.sent.size() < 130, qPrintable(QString::number(transport.sent.size())));
        QVERIFY(transport.sent.size() > 10);
        QCOMPARE(courier.status().failed, std::uint64_t(1));
        QCOMPARE(courier.status().lastError, std::string("scripted"));
    }
    void anAnswerThatDidNotComeIsAskedForOnceMoreAndMarked()
    {
        auto script = std::make_unique<Scripted>(std::deque{Outcome::Ambiguous, Outcome::Ambiguous});
        Scripted& transport = *script;
        Courier courier(receiver("lossy"), std::move(script), *m_store, m_clock, m_log, {});
        (void)courier.offer(delivery(1));
        for (int second = 0; second < 200; ++second) {
            (void)courier.step({});
            m_clock.advanceMs(1'000);
        }
        QCOMPARE(transport.sent.size(), std::size_t(2));
        QVERIFY(!transport.sent[0].repeated);
        QVERIFY(transport.sent[1].repeated);
        QCOMPARE(stateOf(1), DeliveryState::Unsure);
    }
    void aRefusalIsNotAskedAgain()
    {
        auto script = std::make_unique<Scripted>(std::deque{Outcome::Refused});
        Scripted& transport = *script;
        Courier courier(receiver("strict"), std::move(script), *m_store, m_clock, m_log, {});
        (void)courier.offer(delivery(1));
        (void)courier.step({});
        m_clock.advanceMs(100'000);
        (void)courier.step({});
        QCOMPARE(transport.sent.size(), std::size_t(1));
        QCOMPARE(stateOf(1), DeliveryState::Failed);
    }
    void aNewerChangeTakesThePlaceOfOneThatWaits()
    {
        auto config = receiver("slow");
        config.groupWaitMs = 30'000;
        auto script = std::make_unique<Scripted>(std::deque<Outcome>{});
        Scripted& transport = *script;
        Courier courier(config, std::move(script), *m_store, m_clock, m_log, {});
        (void)courier.offer(delivery(1, incident(7, 2)));
        m_clock.advanceMs(20'000);
        Delivery worse = delivery(2, incident(7, 1));
        worse.notice.change = Change::Worse;
        const auto offered = courier.offer(worse);
        QCOMPARE(offered.superseded.size(), std::size_t(1));
        m_clock.advanceMs(10'000);
        (void)courier.step({});
        QCOMPARE(transport.sent.size(), std::size_t(1));
        QCOMPARE(transport.sent[0].notice.change, Change::Opened);  // it has not heard of it yet
        QCOMPARE(transport.sent[0].notice.now.severity, 1);
    }
    void aFullQueueDropsAndSaysSo()
    {
        auto config = receiver("full");
        config.queueSize = 3;
        Courier courier(config, std::make_unique<Scripted>(std::deque<Outcome>{}), *m_store, m_clock, m_log, {});
        for (int i = 1; i <= 3; ++i)
            QCOMPARE(courier.offer(delivery(i, incident(i))).delivery.state, DeliveryState::Waiting);
        const auto fourth = courier.offer(delivery(4, incident(4)));
        QCOMPARE(fourth.delivery.state, DeliveryState::Dropped);
        QCOMPARE(courier.status().dropped, std::uint64_t(1));
    }
    void whatWaitedIsSentAfterARestartAndWhatWasBeingSentOnceMoreMarked()
    {
        Delivery waiting = delivery(1, incident(1));
        Delivery sending = delivery(2, incident(2));
        sending.state = DeliveryState::Sending;
        sending.attempts = 1;
        Delivery twice = delivery(3, incident(3));
        twice.state = DeliveryState::Sending;
        twice.repeated = true;
        for (const Delivery& one : {waiting, sending, twice})
            QVERIFY(m_store->write({saveDelivery(one)}).ok());
        openStore();
        const auto service = open({receiver("r")});
        QCOMPARE(stateOf(1), DeliveryState::Waiting);
        QCOMPARE(stateOf(2), DeliveryState::Waiting);
        QCOMPARE(stateOf(3), DeliveryState::Unsure);
        QCOMPARE(service->receivers()[1].waiting, std::size_t(2));
        const auto rows = newestDeliveries(*m_store, 10);
        QVERIFY(rows.ok());
        for (const Delivery& row : *rows)
            QCOMPARE(row.repeated, row.id != 1);
    }
    void aRestartTellsNothingAgain()
    {
        {
            const auto service = open({receiver("r")});
            service->update(kStart, {incident(1)});
            QCOMPARE(service->receivers()[1].waiting, std::size_t(1));
        }
        openStore();
        const auto service = open({receiver("r")});
        service->update(kStart + 5'000, {incident(1)});
        QCOMPARE(service->receivers()[1].waiting, std::size_t(1));
        const auto rows = newestDeliveries(*m_store, 10);
        QCOMPARE(rows->size(), std::size_t(2));  // the receiver's and the desktop's
    }
    void aRevertThatFailedBeforeTheRestartIsStillToBeEnded()
    {
        Situation failed;
        failed.subject = "lease/3/revert_failed";
        failed.kind = "revert_failed";
        failed.severity = 1;
        failed.startedMs = kStart;
        {
            const auto service = open({});
            QVERIFY(service->leftOpen().empty());
            service->update(kStart, {failed, incident(1)});
        }
        openStore();
        {
            const auto service = open({});
            QCOMPARE(service->leftOpen().size(), std::size_t(1));
            QCOMPARE(service->leftOpen()[0].subject, failed.subject);
            failed.over = true;
            service->update(kStart + 5'000, {failed});
        }
        openStore();
        QVERIFY(open({})->leftOpen().empty());
    }
    void aReplayWritesNothingAndSendsNothing()
    {
        Delivery sending = delivery(1);
        sending.state = DeliveryState::Sending;
        QVERIFY(m_store->write({saveDelivery(sending)}).ok());
        const auto replay = NotifyService::open(*m_store, m_clock, m_log, {}, NotifyService::Purpose::Replay);
        QVERIFY(replay.ok());
        QCOMPARE(stateOf(1), DeliveryState::Sending);
        QCOMPARE((*replay)->deliveries(10)->size(), std::size_t(1));
    }
    void severityAndResolvedAreChosenByTheReceiver()
    {
        auto pages = receiver("pages");
        pages.leastSeverity = 2;
        auto silentAtEnd = receiver("opened only");
        silentAtEnd.sendResolved = false;
        const auto service = open({pages, silentAtEnd});
        service->update(kStart, {incident(1, 3)});
        QCOMPARE(service->receivers()[1].waiting, std::size_t(0));
        service->update(kStart + 1'000, {incident(1, 2)});
        QCOMPARE(service->receivers()[1].waiting, std::size_t(1));
        service->update(kStart + 2'000, {incident(1, 2, true)});
        const auto rows = newestDeliveries(*m_store, 20);
        int ends = 0;
        for (const Delivery& row : *rows)
            ends += row.receiver == "opened only" && row.notice.change == Change::Resolved ? 1 : 0;
        QCOMPARE(ends, 0);
    }
    void aCascadeThatGrowsIsToldOnceAndToWhoWaitsForTheWorst()
    {
        auto worst = receiver("sev1 only");
        worst.leastSeverity = 1;
        const auto service = open({receiver("r"), worst});
        service->update(kStart, {incident(1, 2)});
        service->update(kStart + 60'000, {incident(1, 1)});
        const auto told = [&](const char* name) {
            int n = 0;
            for (const Delivery& row : *newestDeliveries(*m_store, 50))
                n += row.receiver == name && row.state != DeliveryState::Superseded ? 1 : 0;
            return n;
        };
        QCOMPARE(told("r"), 1);
        QCOMPARE(told("sev1 only"), 1);
        QCOMPARE(told("desktop"), 1);
    }
    void nobodyWhoHasItIsReminded()
    {
        auto config = receiver("r");
        config.repeatMs = 3'600'000;
        const auto service = open({config});
        service->update(kStart, {incident(1)});
        const auto reminders = [&] {
            int n = 0;
            for (const Delivery& row : *newestDeliveries(*m_store, 50))
                n += row.notice.change == Change::Reminder ? 1 : 0;
            return n;
        };
        Situation acked = incident(1);
        acked.quiet = true;
        service->update(kStart + 4'000'000, {acked});
        QCOMPARE(reminders(), 0);
        service->update(kStart + 4'000'000, {incident(1)});
        QCOMPARE(reminders(), 1);
        service->update(kStart + 4'001'000, {incident(1)});
        QCOMPARE(reminders(), 1);
    }
    void aTestOfAnUnknownReceiverNamesTheOnesThereAre()
    {
        const auto service = open({receiver("chat")});
        const auto sent = service->test("mail", "ana");
        QVERIFY(!sent.ok());
        QCOMPARE(sent.error().kind, ErrorKind::NotFound);
        QVERIFY(sent.error().message.find("chat") != std::string::npos);
    }

private:
    void openStore()
    {
        m_store.reset();
        store::StoreOptions options;
        options.path = m_dir->filePath("h.db").toStdString();
        auto opened = store::Store::open(options, m_clock, m_log);
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
        m_store = std::move(*opened);
    }
    std::unique_ptr<NotifyService> open(std::vector<config::ReceiverConfig> receivers)
    {
        auto service = NotifyService::open(*m_store, m_clock, m_log, {});
        if (!service.ok())
            return nullptr;
        config::NotifyConfig config;
        config.receivers = std::move(receivers);
        (*service)->configure(config, {});
        return std::move(*service);
    }
    Delivery delivery(std::int64_t id, Situation now = incident(1))
    {
        Delivery out;
        out.id = id;
        out.receiver = "r";
        out.notice.now = std::move(now);
        out.notice.atMs = kStart;
        out.createdMs = kStart;
        out.updatedMs = kStart;
        return out;
    }
    DeliveryState stateOf(std::int64_t id)
    {
        const auto rows = newestDeliveries(*m_store, 50);
        for (const Delivery& row : *rows)
            if (row.id == id)
                return row.state;
        return DeliveryState::Dropped;
    }

    ManualClock m_clock{kStart};
    Log m_log{stderr, LogLevel::Error, m_clock};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<store::Store> m_store;
};

QTEST_GUILESS_MAIN(NotifyServiceTest)
#include "tst_notify_service.moc"
