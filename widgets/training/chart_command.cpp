#include "widgets/training/chart_command.h"

#include "widgets/theme/theme.h"
#include "widgets/training/experiment_painter.h"
#include "widgets/training/experiment_results.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <QTextStream>

namespace holdfast::widgets {

namespace {

constexpr QSize pictureSize(860, 470);
constexpr double density = 1.25;  // sharp enough beside text, and still some 50 kB

QString valueOf(const QStringList& arguments, const QString& name)
{
    const qsizetype at = arguments.indexOf(name);
    return at < 0 || at + 1 >= arguments.size() ? QString() : arguments[at + 1];
}

QImage picture(const ExperimentRecord& record, const Theme& theme)
{
    QImage image(pictureSize * density, QImage::Format_RGB32);
    image.setDevicePixelRatio(density);
    image.fill(theme.tokens().surface);
    QPainter painter(&image);
    const QRectF whole(QPointF(0, 0), QSizeF(pictureSize));
    painter.setPen(theme.tokens().text);
    painter.setFont(theme.font(16, QFont::DemiBold));
    painter.drawText(whole.adjusted(18, 14, -18, 0), Qt::AlignLeft | Qt::AlignTop, record.question);
    paintExperiment(painter, whole.adjusted(18, 46, -14, -10), record, theme.tokens(), theme.font(12));
    return image;
}

Result<int> draw(const QString& results, const QString& directory, ThemeKind kind)
{
    HF_TRY(const ExperimentBook book, readExperimentBook(results));
    Theme theme(kind);
    if (!QDir().mkpath(directory))
        return Error{"Cannot make " + directory.toStdString()};
    for (const ExperimentRecord& record : book.experiments) {
        const QString file = QDir(directory).filePath(record.name + QStringLiteral(".png"));
        if (!picture(record, theme).save(file, "PNG", 0))  // 0: smallest, not worst
            return Error{"Cannot write " + file.toStdString()};
        QTextStream(stdout) << "wrote " << file << Qt::endl;
    }
    return 0;
}

}  // namespace

std::optional<int> runChartCommand(const QStringList& arguments)
{
    const QString results = valueOf(arguments, QStringLiteral("--experiment-charts"));
    if (!arguments.contains(QStringLiteral("--experiment-charts")))
        return std::nullopt;
    const QString directory = valueOf(arguments, QStringLiteral("--out"));
    const QString theme = valueOf(arguments, QStringLiteral("--theme"));
    if (results.isEmpty() || directory.isEmpty()) {
        QTextStream(stderr) << "holdfast-window: expected --experiment-charts RESULTS.json --out DIRECTORY" << Qt::endl;
        return 2;
    }
    const auto done = draw(results, directory, theme == QLatin1String("dark") ? ThemeKind::Dark : ThemeKind::Light);
    if (!done)
        QTextStream(stderr) << "holdfast-window: " << QString::fromStdString(done.error().message) << Qt::endl;
    return done ? 0 : 2;
}

}  // namespace holdfast::widgets
