#include "app/commands/window.h"

#include "app/commands/problem.h"
#include "app/commands/window_session.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace holdfast::commands {

namespace {

struct WindowOptions {
    WindowRequest request;
    std::string view, service, theme, language, size, at, screenshot, after;
    bool stay = false;
};

void addLookOptions(CLI::App& app, WindowOptions& options)
{
    app.add_option("--view", options.view,
                   "fleet, service, map, controls, incidents, explore, targets, settings, health, training");
    app.add_option("--service", options.service, "The service of the service page");
    app.add_option("--theme", options.theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
    app.add_option("--language", options.language, "en or de; the system's otherwise")
        ->check(CLI::IsMember({"en", "de"}));
    app.add_option("--size", options.size, "WIDTHxHEIGHT of the window");
    app.add_option("--at", options.at, "Show this moment: RFC 3339 or seconds");
}

void addEngineOptions(CLI::App& app, WindowOptions& options)
{
    app.add_option("--config", options.request.config, "Configuration for an engine that is started here");
    app.add_option("--db", options.request.database, "The database; the default one otherwise");
    app.add_option("--attach", options.request.attach, "Look at a remote engine or a Prometheus-compatible API instead, reading only");
    app.add_option("--open", options.request.open, "Replay a .holdfast bundle that a colleague made")
        ->check(CLI::ExistingFile);
    app.add_flag("--demo", options.request.demo, "Window, engine and a demo fleet, on this computer, all together");
    app.add_option("--scenario", options.request.scenario, "What goes wrong in the demo");
    app.add_option("--state-dir", options.request.stateFolder, "Folder of the demo's database");
}

void pass(std::vector<std::string>& arguments, const char* name, const std::string& value)
{
    if (!value.empty())
        arguments.insert(arguments.end(), {name, value});
}

void open(WindowOptions& options, CommandResult& result, const char* command)
{
    WindowRequest& request = options.request;
    request.keepEngine = !request.demo && options.screenshot.empty();
    pass(request.arguments, "--view", options.view);
    pass(request.arguments, "--service", options.service);
    pass(request.arguments, "--theme", options.theme);
    pass(request.arguments, "--language", options.language);
    pass(request.arguments, "--size", options.size);
    pass(request.arguments, "--at", options.at);
    pass(request.arguments, "--screenshot", options.screenshot);
    pass(request.arguments, "--after", options.after);
    if (options.stay)
        request.arguments.emplace_back("--stay");
    const auto code = runWindow(request);
    if (code.ok()) {
        result.exitCode = *code;
    } else {
        say(result, command, code.error());
        result.exitCode = 2;
    }
}

}  // namespace

void addWindowOptions(CLI::App& app, CommandResult& result)
{
    const auto options = std::make_shared<WindowOptions>();
    addEngineOptions(app, *options);
    addLookOptions(app, *options);
    app.add_option("--screenshot", options->screenshot, "Write a picture of the window to this file and end");
    app.add_option("--after", options->after, "Seconds before the picture");
    app.add_flag("--stay", options->stay, "Go on after the picture");
    app.callback([&app, options, &result] {
        if (app.get_subcommands().empty())
            open(*options, result, "window");
    });
}

void addScreenshotCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* command = app.add_subcommand("screenshot", "Write a picture of a view");
    const auto options = std::make_shared<WindowOptions>();
    addEngineOptions(*command, *options);
    addLookOptions(*command, *options);
    command->add_option("--out", options->screenshot, "The PNG file")->required();
    command->add_option("--after", options->after,
                        "Seconds before the picture; otherwise when it stands still, 20 at most");
    command->callback([options, &result] { open(*options, result, "screenshot"); });
}

}  // namespace holdfast::commands
