#include "widgets/main_window/window_options.h"

#include "widgets/main_window/language.h"

namespace holdfast::widgets {

namespace {

Result<QSize> sizeFromText(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    const QSize size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
    if (size.width() < 640 || size.height() < 400 || size.width() > 16'384 || size.height() > 16'384)
        return Error{"--size " + text.toStdString() + ": expected WIDTHxHEIGHT from 640x400 on", ErrorKind::BadInput};
    return size;
}

Result<void> take(WindowOptions& options, const QString& name, const QString& value)
{
    if (name == QLatin1String("--engine-file")) {
        options.source.engineFile = value;
    } else if (name == QLatin1String("--attach")) {
        options.source.attach = QUrl(value);
        if (options.source.attach.host().isEmpty())
            return Error{"--attach " + value.toStdString() + ": expected a URL such as http://prometheus:9090",
                         ErrorKind::BadInput};
    } else if (name == QLatin1String("--view")) {
        options.view = value;
    } else if (name == QLatin1String("--service")) {
        options.service = value;
    } else if (name == QLatin1String("--theme")) {
        if (value != QLatin1String("dark") && value != QLatin1String("light"))
            return Error{"--theme " + value.toStdString() + ": expected dark or light", ErrorKind::BadInput};
        options.theme = value == QLatin1String("dark") ? ThemeKind::Dark : ThemeKind::Light;
    } else if (name == QLatin1String("--language")) {
        if (!spokenLanguages().contains(value))
            return Error{"--language " + value.toStdString() + ": expected "
                             + spokenLanguages().join(QStringLiteral(" or ")).toStdString(),
                         ErrorKind::BadInput};
        options.language = value;
    } else if (name == QLatin1String("--size")) {
        HF_TRY(const QSize size, sizeFromText(value));
        options.size = size;
    } else if (name == QLatin1String("--at")) {
        options.at = value;
    } else if (name == QLatin1String("--screenshot")) {
        options.screenshot = value;
    } else if (name == QLatin1String("--after")) {
        bool isNumber = false;
        options.screenshotAfterS = value.toInt(&isNumber);
        if (!isNumber || *options.screenshotAfterS < 0)
            return Error{"--after " + value.toStdString() + ": expected seconds", ErrorKind::BadInput};
    } else {
        return Error{"unknown option " + name.toStdString(), ErrorKind::BadInput};
    }
    return {};
}

}  // namespace

Result<WindowOptions> parseWindowOptions(const QStringList& arguments)
{
    WindowOptions options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments[i];
        if (argument == QLatin1String("--stay")) {
            options.stay = true;
            continue;
        }
        if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
            options.help = true;
            return options;
        }
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        const QString name = equals < 0 ? argument : argument.left(equals);
        if (equals < 0 && i + 1 >= arguments.size())
            return Error{name.toStdString() + ": expected a value", ErrorKind::BadInput};
        HF_CHECK(take(options, name, equals < 0 ? arguments[++i] : argument.mid(equals + 1)));
    }
    if (options.source.engineFile.isEmpty() && options.source.attach.isEmpty())
        return Error{"expected --engine-file FILE or --attach URL; `holdfast` finds or starts an engine and runs this "
                     "program",
                     ErrorKind::BadInput};
    return options;
}

QString windowUsage()
{
    return QStringLiteral(
        "holdfast-window: the window of a Holdfast engine; usually started by `holdfast`.\n\n"
        "  --engine-file FILE   <database>.engine, written by `holdfast serve`\n"
        "  --attach URL         a remote engine or any Prometheus-compatible API instead, reading only\n"
        "  --view NAME          fleet, service, …    --service NAME\n"
        "  --theme dark|light   --size WIDTHxHEIGHT   --language en|de\n"
        "  --at TIME            hold this moment: RFC 3339, epoch seconds, 03:05-03:20, …\n"
        "  --screenshot FILE    write a PNG and exit; --after SECONDS, else when it stands still; --stay goes on\n"
        "  --experiment-charts RESULTS.json --out DIR   draw the results of `holdfast demo --experiment` and exit\n");
}

}  // namespace holdfast::widgets
