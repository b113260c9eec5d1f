// Most systems know no "auto" and keep no hold: what was there is put back, by us, also after a restart of ours. The
// system here is a folder of files that two programs read and write, as an administrator would make one.
#include "app/base/manual_clock.h"
#include "app/control/control_core.h"
#include "app/store/store.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace holdfast;
using namespace holdfast::control;

class TestSystemsWithoutAuto : public QObject {
    Q_OBJECT

    ManualClock m_clock{1'700'000'000'000};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::FILE* m_null = std::fopen("/dev/null", "w");
    Log m_log{m_null, LogLevel::Error, m_clock};
    std::unique_ptr<store::Store> m_store;
    std::map<std::string, std::string> m_settings;

    [[nodiscard]] std::string program(const char* name, const QByteArray& text) const
    {
        QFile file(m_dir->filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no program");
        file.write("#!/bin/sh\n" + text);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName().toStdString();
    }
    void write(const char* name, const QByteArray& text) const
    {
        QFile file(m_dir->filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    [[nodiscard]] QByteArray read(const char* name) const
    {
        QFile file(m_dir->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }
    std::unique_ptr<ControlCore> core()
    {
        config::ControlGroupConfig group;
        group.name = "scripts";
        group.adapter = "command";
        group.endpoints = {"web-1"};
        group.settings = m_settings;
        group.actToken.text = "secret";
        group.armed = true;
        group.coolDownMs = 0;
        auto config = std::make_shared<config::Config>();
        config->holdfast.controls.push_back(group);
        ControlOptions options;
        options.requestTimeoutMs = 10'000;
        options.verifyForMs = 0;
        auto made = std::make_unique<ControlCore>(*m_store, m_clock, m_log, ControlDoors{}, options, config);
        if (const auto started = made->start(); !started.ok())
            qFatal("%s", started.error().message.c_str());
        made->pollOnce();
        return made;
    }
    static void run(ControlCore& control)
    {
        control.tick();
        for (const std::int64_t id : control.takePending())
            control.carryOut(id);
    }
    static ActionRequest set(const std::string& control, const std::string& to, std::int64_t holdS = 60)
    {
        ActionRequest request;
        request.control = control;
        request.to = to;
        request.holdS = holdS;
        request.reason = "shed load";
        request.actor = "ana";
        return request;
    }
    Action done(ControlCore& control, const ActionRequest& request)
    {
        const auto begun = control.act(request);
        if (!begun.ok())
            qFatal("%s", begun.error().message.c_str());
        run(control);
        return *control.action(begun->id);
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        store::StoreOptions options;
        options.path = m_dir->filePath("test.db").toStdString();
        m_store = store::Store::open(options, m_clock, m_log).value();
        const QByteArray folder = m_dir->path().toUtf8();
        const std::string reads = program("read", "cat \"" + folder + "/state-$1\"\n");
        const std::string applies = program("apply", "printf '%s\\n' \"$2\" > \"" + folder + "/state-$1\"\n");
        m_settings = {{"read", "[\"" + reads + "\", \"{name}\"]"},
                      {"apply", "[\"" + applies + "\", \"{name}\", \"{mode}\"]"},
                      {"controls", "rate"},
                      {"format", "text"},
                      {"kind", "value"},
                      {"service", "web"}};
        write("state-rate", "50\n");
    }
    void cleanup() { m_store.reset(); }

    void putsBackTheValueThatWasThere()
    {
        const auto control = core();
        const ControlPoint before = control->points().at("web/value/rate");
        QCOMPARE(before.word, std::string("50"));
        QVERIFY(!before.nativeTtl);
        QCOMPARE(done(*control, set("web/value/rate", "10")).state, std::string("verified"));
        QCOMPARE(read("state-rate"), QByteArray("10"));
        QCOMPARE(control->leases()[0].keeper, std::string("engine"));
        m_clock.advanceMs(59'900);
        run(*control);
        QCOMPARE(read("state-rate"), QByteArray("10"));
        m_clock.advanceMs(200);
        run(*control);
        QCOMPARE(read("state-rate"), QByteArray("50"));
        QVERIFY(control->leases().empty());
        QCOMPARE(control->actions(1, "")->front().state, std::string("reverted"));
    }
    void leavesAloneWhatSomebodyElseSetMeanwhile()
    {
        const auto control = core();
        (void)done(*control, set("web/value/rate", "10"));
        write("state-rate", "7\n");
        m_clock.advanceMs(61'000);
        run(*control);
        QCOMPARE(read("state-rate"), QByteArray("7"));
        QVERIFY(control->leases().empty());
    }
    void putsBackWhatIsOverdueAfterARestart()
    {
        {
            const auto control = core();
            (void)done(*control, set("web/value/rate", "10"));
        }
        m_clock.advanceMs(3'600'000);
        const auto control = core();
        QCOMPARE(control->holds().overdue, 1);
        run(*control);
        QCOMPARE(read("state-rate"), QByteArray("50"));
    }
    void wantsAnEndForEveryValue()
    {
        const auto control = core();
        QCOMPARE(control->act(set("web/value/rate", "10", 0)).error().kind, ErrorKind::BadInput);
        QCOMPARE(read("state-rate"), QByteArray("50"));
    }
    void extendsWithoutAskingTheSystem()
    {
        const auto control = core();
        (void)done(*control, set("web/value/rate", "10"));
        QVERIFY(QFile::remove(m_dir->filePath("apply")));  // could not be asked
        const std::int64_t until = control->leases()[0].untilMs;
        QVERIFY(control->extend(control->leases()[0].id, "ana", 60).ok());
        run(*control);
        QCOMPARE(control->leases()[0].untilMs, until + 60'000);
    }
    void neverActsOnWhatIsNotListed()
    {
        const auto control = core();
        QCOMPARE(control->act(set("web/value/ghost", "10")).error().kind, ErrorKind::NotFound);
        QVERIFY(!QFile::exists(m_dir->filePath("state-ghost")));
    }
    void releasesAServerByItsOwnWord()
    {
        m_settings["kind"] = "server";
        m_settings["modes"] = "maint, drain, ready";
        m_settings["resting"] = "ready";
        m_settings["rejecting"] = "maint";
        write("state-rate", "ready\n");
        const auto control = core();
        (void)done(*control, set("web/server/rate", "maint"));
        QCOMPARE(control->points().at("web/server/rate").meaning, Meaning::Rejecting);
        QCOMPARE(control->act(set("web/server/rate", "off")).error().kind, ErrorKind::BadInput);
        (void)done(*control, set("web/server/rate", "ready", 0));
        QCOMPARE(read("state-rate"), QByteArray("ready"));
        QVERIFY(control->leases().empty());
        PlanRequest request;
        request.control = "web/server/rate";
        request.to = "ready";
        QVERIFY(control->plan(request)->releases);
    }
};

QTEST_GUILESS_MAIN(TestSystemsWithoutAuto)
#include "tst_systems_without_auto.moc"
