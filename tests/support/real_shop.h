#pragma once

#include "tests/support/real_program.h"
#include "widgets/main_window/main_window.h"

#include <QFile>
#include <QSize>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace holdfast::test {

/// The demo's shop, an engine that reads it, and a window on that engine: all real, on free ports, in a folder of their
/// own. They end with it, the engine before the shop. Thread: gui.
class RealShop {
public:
    ~RealShop()
    {
        if (m_engine)
            m_engine->stop();
        if (m_fleet)
            m_fleet->stop();
    }

    /// scenario  a name or a file; rate: shoppers' requests, 1/s
    [[nodiscard]] bool startFleet(const QString& scenario, int rate)
    {
        m_fleet = std::make_unique<RealProgram>(
            QStringLiteral(HOLDFAST_BIN_DIR "/holdfast-fleet"),
            QStringList{"--port-base", "0", "--scenario", scenario, "--rate", QString::number(rate), "--token-file",
                        path("token"), "--write-config", path("holdfast.yml"), "--write-ports", path("ports.json")});
        return m_fleet->start(
            [this] { return QFile::exists(path("holdfast.yml")) && QFile::exists(path("ports.json")); }, patience);
    }
    /// config  a file; without one the engine reads nothing yet
    [[nodiscard]] bool startEngine(const QString& config)
    {
        QStringList arguments{"serve", "--db", path("h.db"), "--listen", "127.0.0.1:0"};
        if (!config.isEmpty())
            arguments << "--config" << config;
        m_engine = std::make_unique<RealProgram>(QStringLiteral(HOLDFAST_BIN_DIR "/holdfast"), arguments);
        return m_engine->start([this] { return QFile::exists(engineFile()); }, patience);
    }
    [[nodiscard]] bool start(const QString& scenario, int rate)
    {
        return startFleet(scenario, rate) && startEngine(path("holdfast.yml"));
    }

    /// view, service  empty: what a window begins with
    [[nodiscard]] std::unique_ptr<widgets::MainWindow> openWindow(const QString& view, QSize size,
                                                                  const QString& service = {}) const
    {
        widgets::WindowOptions options;
        options.source.engineFile = engineFile();
        options.view = view;
        options.service = service;
        options.size = size;
        auto window = std::make_unique<widgets::MainWindow>(options);
        window->start();
        window->show();
        window->activateWindow();
        return window;
    }

    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    [[nodiscard]] QString engineFile() const { return path("h.db.engine"); }
    [[nodiscard]] RealProgram& fleet() { return *m_fleet; }
    /// What the programs wrote; says why a start failed.
    [[nodiscard]] QByteArray words()
    {
        return (m_fleet ? m_fleet->output() : QByteArray()) + (m_engine ? m_engine->output() : QByteArray());
    }

private:
    static constexpr int patience = 90'000;  // a debug engine and a fleet share a busy machine

    QTemporaryDir m_folder;
    std::unique_ptr<RealProgram> m_fleet;
    std::unique_ptr<RealProgram> m_engine;
};

}  // namespace holdfast::test
