#include "widgets/training/experiment_results.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

namespace holdfast::widgets {

namespace {

double numberOf(const QJsonValue& value)
{
    return value.toDouble(std::numeric_limits<double>::quiet_NaN());
}

std::vector<double> numbers(const QJsonArray& array)
{
    std::vector<double> out;
    for (const QJsonValue& one : array)
        out.push_back(numberOf(one));
    return out;
}

ExperimentRun runOf(const QJsonObject& json, const QString& pane)
{
    const QJsonObject figures = json[QLatin1String("figures")].toObject();
    const QJsonObject course = json[QLatin1String("course")].toObject();
    const QJsonValue recovery = figures[QLatin1String("recoveryMs")];
    ExperimentRun run{.label = json[QLatin1String("label")].toString(),
                      .practice = json[QLatin1String("practice")].toString() == QLatin1String("on"),
                      .disturbed = json[QLatin1String("disturbed")].toBool(),
                      .goodputBefore = numberOf(figures[QLatin1String("goodputBefore")]),
                      .goodputDuring = numberOf(figures[QLatin1String("goodputDuring")]),
                      .goodputAfter = numberOf(figures[QLatin1String("goodputAfter")]),
                      .errors = numberOf(figures[QLatin1String("errors")]),
                      .p99Ms = numberOf(figures[QLatin1String("p99Ms")]),
                      .peakQueue = numberOf(figures[QLatin1String("peakQueue")]),
                      .recoveryMs = recovery.isDouble() ? std::optional(recovery.toDouble()) : std::nullopt,
                      .more = {},
                      .goodput = numbers(course[QLatin1String("goodput")].toArray()),
                      .pane = numbers(course[pane].toArray())};
    for (const QJsonValue& extra : json[QLatin1String("more")].toArray())
        run.more.push_back({extra[QLatin1String("name")].toString(), numberOf(extra[QLatin1String("value")]),
                            extra[QLatin1String("unit")].toString()});
    return run;
}

ExperimentRecord recordOf(const QJsonObject& json)
{
    const auto text = [&json](const char* key) { return json[QLatin1String(key)].toString(); };
    const auto number = [&json](const char* key) { return json[QLatin1String(key)].toDouble(); };
    ExperimentRecord record{.name = text("name"),
                            .practice = text("practice"),
                            .question = text("question"),
                            .setup = text("setup"),
                            .judged = text("judged"),
                            .paneTitle = text("paneTitle"),
                            .finding = text("finding"),
                            .services = {},
                            .goodWithinMs = number("goodWithinMs"),
                            .lengthS = number("lengthS"),
                            .stepS = number("stepS"),
                            .faultFromS = number("faultFromS"),
                            .faultUntilS = number("faultUntilS"),
                            .runs = {}};
    for (const QJsonValue& service : json[QLatin1String("services")].toArray())
        record.services << service.toString();
    for (const QJsonValue& run : json[QLatin1String("runs")].toArray())
        record.runs.push_back(runOf(run.toObject(), text("pane")));
    return record;
}

bool isUsable(const ExperimentRecord& record)
{
    return !record.name.isEmpty() && record.lengthS > 0 && record.stepS > 0 && !record.runs.empty();
}

}  // namespace

const ExperimentRecord* ExperimentBook::find(const QString& name) const
{
    const auto found = std::ranges::find(experiments, name, &ExperimentRecord::name);
    return found == experiments.end() ? nullptr : &*found;
}

Result<ExperimentBook> parseExperimentBook(const QByteArray& json)
{
    const QJsonObject whole = QJsonDocument::fromJson(json).object();
    if (whole[QLatin1String("kind")].toString() != QLatin1String("holdfast-experiments"))
        return Error{"not the results of an experiment; expected the results.json of `holdfast demo --experiment`",
                     ErrorKind::BadInput};
    if (whole[QLatin1String("schema")].toInt() != 1)
        return Error{"results of another version of Holdfast; expected \"schema\": 1", ErrorKind::BadInput};
    ExperimentBook book{.date = whole[QLatin1String("date")].toString(),
                        .seed = whole[QLatin1String("seed")].toInteger(),
                        .experiments = {}};
    for (const QJsonValue& one : whole[QLatin1String("experiments")].toArray()) {
        ExperimentRecord record = recordOf(one.toObject());
        if (!isUsable(record))
            return Error{"an experiment without name, length or runs", ErrorKind::BadInput};
        book.experiments.push_back(std::move(record));
    }
    return book;
}

Result<ExperimentBook> readExperimentBook(const QString& file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return Error{"Cannot read " + file.toStdString() + ": " + in.errorString().toStdString(), ErrorKind::NotFound};
    auto book = parseExperimentBook(in.readAll());
    if (!book)
        return Error{file.toStdString() + ": " + book.error().message, ErrorKind::BadInput};
    return book;
}

}  // namespace holdfast::widgets
