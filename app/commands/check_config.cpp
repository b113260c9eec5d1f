#include "app/commands/check_config.h"

#include "app/config/load_config.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace holdfast::commands {

namespace {

std::string counted(std::size_t count, const char* what)
{
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

int checkConfig(const std::string& file)
{
    std::printf("Checking %s\n", file.c_str());
    const Result<config::Config> config = config::loadConfig(file);
    if (!config) {
        std::fprintf(stderr, "  FAILED: %s\n", config.error().message.c_str());
        return 1;
    }
    for (const config::ConfigWarning& warning : config->warnings)
        std::printf("  warning: %s:%d:%d: %s\n", warning.file.c_str(), warning.line, warning.column,
                    warning.message.c_str());
    const config::HoldfastConfig& ours = config->holdfast;
    std::printf("  SUCCESS: %s is a valid configuration: %s, %s, %s, %s\n", file.c_str(),
                counted(config->scrapeConfigs.size(), "job").c_str(), counted(ours.services.size(), "service").c_str(),
                counted(ours.controls.size(), "control group").c_str(),
                counted(ours.notify.receivers.size(), "receiver").c_str());
    return 0;
}

}  // namespace

void addCheckConfigCommand(CLI::App& check, CommandResult& result)
{
    CLI::App* command = check.add_subcommand("config", "Check a configuration file (a prometheus.yml or holdfast.yml)");
    auto file = std::make_shared<std::string>();
    command->add_option("FILE", *file, "The file to check")->required();
    command->callback([file, &result] { result.exitCode = checkConfig(*file); });
}

}  // namespace holdfast::commands
