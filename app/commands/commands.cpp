#include "app/commands/commands.h"

#include "app/commands/audit.h"
#include "app/commands/check_config.h"
#include "app/commands/check_control.h"
#include "app/commands/check_metrics.h"
#include "app/commands/check_rules.h"
#include "app/commands/command.h"
#include "app/commands/control.h"
#include "app/commands/db.h"
#include "app/commands/demo.h"
#include "app/commands/export.h"
#include "app/commands/import.h"
#include "app/commands/incidents.h"
#include "app/commands/notify.h"
#include "app/commands/query.h"
#include "app/commands/serve.h"
#include "app/commands/test_rules.h"
#include "app/commands/window.h"
#include "app/engine/engine_options.h"

#include <CLI/CLI.hpp>

namespace holdfast::commands {

namespace {

void addCommands(CLI::App& app, CommandResult& result)
{
    addServeCommand(app, result);
    addQueryCommand(app, result);
    addImportCommand(app, result);
    addExportCommand(app, result);
    addDbCommand(app, result);
    addIncidentsCommand(app, result);
    addNotifyCommand(app, result);
    addControlCommand(app, result);
    addAuditCommand(app, result);
    addDemoCommand(app, result);
    addScreenshotCommand(app, result);

    CLI::App* check = app.add_subcommand("check", "Check a configuration, rules, an exposition or control presets");
    check->require_subcommand(1);
    addCheckConfigCommand(*check, result);
    addCheckMetricsCommand(*check, result);
    addCheckRulesCommand(*check, result);
    addCheckControlCommand(*check, result);
    CLI::App* test = app.add_subcommand("test", "Run unit tests of rules");
    test->require_subcommand(1);
    addTestRulesCommand(*test, result);
}

}  // namespace

int runCommandLine(int argc, char** argv)
{
    CLI::App app("Holdfast: a cockpit for the person on call. Without a command it opens the window.", "holdfast");
    app.set_version_flag("--version", std::string("holdfast ") + engine::kVersion);
    CommandResult result;
    addWindowOptions(app, result);
    addCommands(app, result);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return result.exitCode;
}

}  // namespace holdfast::commands
