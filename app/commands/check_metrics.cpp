#include "app/commands/check_metrics.h"

#include "collectors/exposition/strict_check.h"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

namespace holdfast::commands {

namespace {

struct Arguments {
    std::string file = "-";
    std::string format = "text";
    std::string lint = "none";
};

bool readAll(const std::string& name, std::string& text)
{
    std::FILE* const file = name == "-" ? stdin : std::fopen(name.c_str(), "rbe");
    if (file == nullptr)
        return false;
    char buffer[65'536];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
        text.append(buffer, n);
    const bool fine = std::ferror(file) == 0;
    if (file != stdin)
        std::fclose(file);
    return fine;
}

int checkMetrics(const Arguments& arguments)
{
    std::string text;
    if (!readAll(arguments.file, text)) {
        std::fprintf(stderr, "holdfast check metrics: %s: %s\n", arguments.file.c_str(),
                     std::strerror(errno));  // NOLINT(concurrency-mt-unsafe)
        return 2;
    }
    const auto format = arguments.format == "openmetrics" ? exposition::Format::OpenMetrics : exposition::Format::Text;
    bool wrong = false;
    bool style = false;
    for (const exposition::Finding& finding : exposition::strictCheck(text, format)) {
        std::fprintf(stderr, "%s:%zu: %s%s\n", arguments.file.c_str(), finding.line, finding.style ? "advice: " : "",
                     finding.what.c_str());
        (finding.style ? style : wrong) = true;
    }
    if (wrong)
        return 1;
    return style && arguments.lint == "all" ? 3 : 0;
}

}  // namespace

void addCheckMetricsCommand(CLI::App& check, CommandResult& result)
{
    CLI::App* command = check.add_subcommand("metrics", "Check an exposition against the strict rules of its format");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "The file to check; standard input where it is - or missing");
    command->add_option("--format", arguments->format, "text or openmetrics")
        ->check(CLI::IsMember({"text", "openmetrics"}));
    command->add_option("--lint", arguments->lint, "all: advice on style ends with 3; none: it is only printed")
        ->check(CLI::IsMember({"all", "none"}));
    command->callback([arguments, &result] { result.exitCode = checkMetrics(*arguments); });
}

}  // namespace holdfast::commands
