#include "widgets/client/attach_probe.h"
#include "widgets/main_window/end_signals.h"
#include "widgets/main_window/first_paint.h"
#include "widgets/main_window/language.h"
#include "widgets/main_window/main_window.h"
#include "widgets/main_window/place_link.h"
#include "widgets/main_window/screenshot.h"
#include "widgets/main_window/single_instance.h"
#include "widgets/main_window/window_options.h"
#include "widgets/training/chart_command.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QIcon>
#include <QProcess>
#include <QTextStream>

#include <algorithm>
#include <memory>

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

/// For measuring (tests/bench/window): with HOLDFAST_TIMING set, a line when the first live values are on the screen.
void tellFirstPaint(MainWindow& window, const QElapsedTimer& sinceStart)
{
    if (qEnvironmentVariableIsEmpty("HOLDFAST_TIMING"))
        return;
    auto* first = new FirstPaint(window, sinceStart, &window);
    QObject::connect(first, &FirstPaint::reached, &window, [](qint64 ms) {
        say(QStringLiteral("first live values painted %1 ms after the start").arg(ms), false);
    });
}

/// What a second start asks the window that is open to show; empty: only to come to the front.
QString askedPlace(const WindowOptions& options)
{
    if (options.view.isEmpty())
        return {};
    return linkText({.view = options.view, .service = options.service, .item = {}}, std::nullopt);
}

/// Another window of the same engine, in the language that was chosen since; this program ends.
bool startAgain(SingleInstance& instance)
{
    instance.close();
    QStringList arguments = QApplication::arguments().mid(1);
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--language")); at >= 0)
        arguments.remove(at, std::min<qsizetype>(2, arguments.size() - at));
    arguments.removeIf([](const QString& argument) { return argument.startsWith(QLatin1String("--language=")); });
    return QProcess::startDetached(QApplication::applicationFilePath(), arguments);
}

}  // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("holdfast"));
    QApplication::setApplicationName(QStringLiteral("holdfast"));
    if (const auto code = runChartCommand(QApplication::arguments().mid(1)))
        return *code;
    auto options = parseWindowOptions(QApplication::arguments().mid(1));
    if (!options)
        return say(QStringLiteral("holdfast-window: %1").arg(QString::fromStdString(options.error().message)), true);
    if (options->help)
        return say(windowUsage(), false);
    useLanguage(app, options->language);
    QGuiApplication::setDesktopFileName(QStringLiteral("org.holdfast.Holdfast"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/holdfast.svg")));
    SingleInstance instance(options->source);
    const bool forPeople = options->screenshot.isEmpty();
    if (forPeople && instance.handOver(askedPlace(*options)))
        return say(QStringLiteral("the window of this engine is open already"), false);
    std::unique_ptr<MainWindow> window;
    const EndSignals end;
    QObject::connect(&end, &EndSignals::asked, &app, [&window] {
        if (window)
            window->close();  // which keeps what is to be kept
        QApplication::exit(0);
    });
    const auto openWindow = [&](bool attachIsEngine) {
        options->source.attachIsEngine = attachIsEngine;
        window = std::make_unique<MainWindow>(*options);
        if (forPeople) {
            instance.listen();
            QObject::connect(&instance, &SingleInstance::asked, window.get(), &MainWindow::raiseTo);
        }
        tellFirstPaint(*window, sinceStart);
        window->start();
        window->show();
        if (!forPeople)
            takeScreenshot(*window, *options);
    };
    // What answers at a foreign address decides which pages there are.
    if (options->source.attach.isEmpty())
        openWindow(false);
    else
        new AttachProbe(options->source.attach, openWindow, &app);
    const int code = QApplication::exec();
    if (code != MainWindow::startAgain)
        return code;
    window.reset();
    return startAgain(instance) ? 0 : 1;
}
