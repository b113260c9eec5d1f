#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace holdfast::widgets {

/// A question to begin with.
struct ExampleQuery {
    QString title;  ///< "Requests per second"
    QString expression;
};

inline constexpr std::size_t mostExamples = 6;

/// Up to six questions made of metrics that are there: first what every service is judged by, then the histograms,
/// counters and gauges that were found.
[[nodiscard]] std::vector<ExampleQuery> exampleQueries(const QStringList& metrics);

}  // namespace holdfast::widgets
