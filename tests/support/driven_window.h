#pragma once

#include "tests/support/fake_engine.h"
#include "widgets/main_window/main_window.h"

#include <QSize>
#include <QString>
#include <QWidget>

#include <memory>

namespace holdfast::test {

/// How a driven window begins.
struct DrivenStart {
    QString view = QStringLiteral("fleet");
    QString service = QStringLiteral("checkout");
    QSize size = QSize(1600, 900);
    bool alive = true;  ///< false: no engine answers
};

/// A window on a fake engine, driven as a person would. Tests derive what they need to press and read. Thread: gui.
struct DrivenWindow {
    explicit DrivenWindow(const DrivenStart& start = {})
    {
        if (!start.alive)
            engine.die();
        widgets::WindowOptions options;
        options.source.engineFile = engine.engineFile();
        options.view = start.view;
        options.service = start.service;
        options.size = start.size;
        window = std::make_unique<widgets::MainWindow>(options);
        window->start();
        window->show();
        window->activateWindow();
    }

    [[nodiscard]] QWidget* part(const char* name) const { return window->findChild<QWidget*>(QLatin1String(name)); }
    [[nodiscard]] const widgets::ViewContext& context() const { return window->context(); }

    FakeEngine engine;
    std::unique_ptr<widgets::MainWindow> window;
};

}  // namespace holdfast::test
