#include "widgets/explore/answer_words.h"

#include "widgets/theme/number_format.h"

#include <QCoreApplication>
#include <QStringList>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Explore", text);
}

qint64 seriesOf(const std::vector<QueryAnswerPtr>& answers)
{
    qint64 series = 0;
    for (const QueryAnswerPtr& answer : answers)
        series += static_cast<qint64>(answer->rows.size());
    return series;
}

}  // namespace

QString answerText(const std::vector<QueryAnswerPtr>& answers, const AskedFacts& asked)
{
    const QString series = QString::number(seriesOf(answers));
    const QString took = QString::number(asked.tookMs);
    if (asked.instant)
        return words("%1 series · at %2 · %3 ms · %4")
            .arg(series, timeText(asked.grid.endMs, asked.nowMs), took, asked.source);
    double points = 0;
    for (const QueryAnswerPtr& answer : answers)
        points += static_cast<double>(answer->rows.size()) * static_cast<double>(answer->matrix->points);
    return words("%1 series · step %2 · %3 points · %4 ms · %5")
        .arg(series, durationText(asked.grid.stepMs), countText(points), took, asked.source);
}

QString cutText(const std::vector<QueryAnswerPtr>& answers, const AskedFacts& asked, std::size_t mostLines)
{
    QStringList cut;
    for (const QueryAnswerPtr& answer : answers) {
        if (answer->cutSeries > 0)
            cut << words("%1: the first %2 of %3 series are here; narrow the selection to see the others.")
                       .arg(answer->letter)
                       .arg(static_cast<qint64>(answer->rows.size()))
                       .arg(static_cast<qint64>(answer->rows.size() + answer->cutSeries));
    }
    if (!asked.instant && asked.wantedStepMs > 0 && asked.grid.stepMs > asked.wantedStepMs)
        cut << words("A step of %1 would give more than 11000 points a line; %2 is shown.")
                   .arg(durationText(asked.wantedStepMs), durationText(asked.grid.stepMs));
    const qint64 series = seriesOf(answers);
    if (mostLines > 0 && series > static_cast<qint64>(mostLines))
        cut << words("The %1 largest of %2 series are drawn; the table has all.")
                   .arg(static_cast<qint64>(mostLines))
                   .arg(series);
    return cut.join(QLatin1Char(' '));
}

}  // namespace holdfast::widgets
