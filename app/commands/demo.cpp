#include "app/commands/demo.h"

#include "app/base/argument_list.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace holdfast::commands {

namespace {

/// Only comes back when the program cannot be started.
int becomeFleet(std::vector<std::string> arguments)
{
    std::error_code error;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::string fleet = (self.parent_path() / "holdfast-fleet").string();
    arguments.insert(arguments.begin(), fleet);
    execv(fleet.c_str(), argumentList(arguments).data());
    std::fprintf(stderr, "holdfast demo: cannot start %s: %s\n", fleet.c_str(), std::strerror(errno));
    return 2;
}

}  // namespace

void addDemoCommand(CLI::App& app, CommandResult& result)
{
    CLI::App* demo =
        app.add_subcommand("demo", "Run the demo shop alone: nine services that call each other over HTTP");
    demo->add_option("--port-base", "First of the ports on 127.0.0.1; 0: any free ones")->type_name("N");
    demo->add_option("--scenario", "What goes wrong: a name (--list-scenarios) or a YAML file")->type_name("NAME");
    demo->add_option("--convention", "How metrics are named: prometheus, micrometer, opentelemetry, envoy, opossum, "
                                     "haproxy, mixed")
        ->type_name("C");
    demo->add_option("--rate", "Shoppers' requests per second")->type_name("R");
    demo->add_option("--seed", "Seed of all chance")->type_name("N");
    demo->add_option("--token-file", "Token for changes; made where there is none")->type_name("F");
    demo->add_option("--write-config", "Write a holdfast.yml for this fleet")->type_name("F");
    demo->add_option("--write-ports", "Write the ports of every service, as JSON")->type_name("F");
    demo->add_option("--parent-pid", "End when this process is gone")->type_name("PID");
    demo->add_option("--experiment", "Run an experiment, or all, instead of the shop, and end")->type_name("NAME");
    demo->add_option("--out", "Write the experiments' results.json, report.md and pictures into this directory")
        ->type_name("DIR");
    demo->add_option("--report", "Write the experiments' results as Markdown")->type_name("F");
    demo->add_flag("--list-scenarios")->description("Name the scenarios and end");
    demo->callback([demo, &result] {
        std::vector<std::string> arguments;
        for (const CLI::Option* option : demo->get_options()) {
            if (option->count() == 0 || option->get_name() == "--help")
                continue;
            arguments.push_back(option->get_name());
            if (option->get_expected_max() > 0)
                arguments.push_back(option->as<std::string>());
        }
        result.exitCode = becomeFleet(std::move(arguments));
    });
}

}  // namespace holdfast::commands
