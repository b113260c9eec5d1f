#include "widgets/main_window/language.h"
#include "widgets/main_window/main_window.h"
#include "widgets/main_window/screenshot.h"
#include "widgets/main_window/window_options.h"
#include "widgets/training/chart_command.h"

#include <QApplication>
#include <QTextStream>

#include <csignal>

using namespace holdfast::widgets;

namespace {

int say(const QString& text, bool problem)
{
    QTextStream(problem ? stderr : stdout) << text << Qt::endl;
    return problem ? 2 : 0;
}

/// Takes the picture; then the program ends, unless it was told to stay.
void takeScreenshot(MainWindow& window, const WindowOptions& options)
{
    auto* screenshot = new Screenshot(window, options.screenshot, options.screenshotAfterS, &window);
    QObject::connect(screenshot, &Screenshot::done, &window, [&options](bool live, const QString& problem) {
        say(problem.isEmpty() ? QStringLiteral("wrote %1").arg(options.screenshot) : problem, !problem.isEmpty());
        if (!live)
            say(QStringLiteral("the picture shows no live data: none came in time"), true);
        if (!options.stay)
            QApplication::exit(problem.isEmpty() && live ? 0 : 1);
    });
}

}  // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    std::signal(SIGINT, SIG_DFL);
    QApplication app(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("holdfast"));
    QApplication::setApplicationName(QStringLiteral("holdfast"));
    if (const auto code = runChartCommand(QApplication::arguments().mid(1)))
        return *code;
    const auto options = parseWindowOptions(QApplication::arguments().mid(1));
    if (!options)
        return say(QStringLiteral("holdfast-window: %1").arg(QString::fromStdString(options.error().message)), true);
    if (options->help)
        return say(windowUsage(), false);
    useLanguage(app, options->language);
    MainWindow window(*options);
    window.start();
    window.show();
    if (!options->screenshot.isEmpty())
        takeScreenshot(window, *options);
    return QApplication::exec();
}
