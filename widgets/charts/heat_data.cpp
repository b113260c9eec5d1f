#include "widgets/charts/heat_data.h"

#include "app/base/number_text.h"

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

QRgb blend(const QColor& low, const QColor& high, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return qRgb(mix(low.red(), high.red()), mix(low.green(), high.green()), mix(low.blue(), high.blue()));
}

bool overSlo(const HeatData& heat, std::size_t bucket, double slo)
{
    return bucket > 0 && heat.bounds[bucket - 1] >= slo * 0.999999;
}

void dropEmptyEnds(HeatData& heat)
{
    const std::size_t buckets = heat.bounds.size();
    std::size_t first = buckets;
    std::size_t last = 0;
    for (std::int64_t column = 0; column < heat.columns; ++column) {
        for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
            if (heat.count(column, bucket) > 0) {
                first = std::min(first, bucket);
                last = std::max(last, bucket);
            }
        }
    }
    if (first == buckets)
        return;
    first = first > 0 ? first - 1 : 0;
    last = std::min(last + 1, buckets - 1);
    HeatData kept{heat.startMs, heat.stepMs, heat.columns, {}, {}};
    kept.bounds.assign(heat.bounds.begin() + static_cast<std::ptrdiff_t>(first),
                       heat.bounds.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    for (std::int64_t column = 0; column < heat.columns; ++column) {
        for (std::size_t bucket = first; bucket <= last; ++bucket)
            kept.counts.push_back(heat.count(column, bucket));
    }
    heat = std::move(kept);
}

}  // namespace

HeatData heatFrom(const Matrix& cumulative)
{
    std::vector<std::pair<double, const GridSeries*>> byBound;
    for (const GridSeries& series : cumulative.series) {
        if (const auto bound = parseDouble(series.labels.value(QStringLiteral("le")).toStdString()))
            byBound.emplace_back(*bound, &series);
    }
    std::sort(byBound.begin(), byBound.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    HeatData heat{cumulative.startMs, cumulative.stepMs, byBound.empty() ? 0 : cumulative.points, {}, {}};
    for (const auto& [bound, series] : byBound)
        heat.bounds.push_back(bound);
    heat.counts.reserve(static_cast<std::size_t>(heat.columns) * byBound.size());
    for (std::int64_t column = 0; column < heat.columns; ++column) {
        double below = 0;
        for (const auto& [bound, series] : byBound) {
            const double value = series->values[static_cast<std::size_t>(column)];
            heat.counts.push_back(std::isnan(value) ? noSample : std::max(0.0, value - below));
            below = std::isnan(value) ? below : std::max(below, value);
        }
    }
    dropEmptyEnds(heat);
    return heat;
}

QImage heatImage(const HeatData& heat, std::optional<double> slo, const Tokens& tokens)
{
    const auto rows = static_cast<int>(heat.bounds.size());
    if (heat.columns == 0 || rows == 0)
        return {};
    double most = 1;
    for (const double count : heat.counts)
        most = std::isnan(count) ? most : std::max(most, count);
    QImage image(static_cast<int>(heat.columns), rows, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    for (int bucket = 0; bucket < rows; ++bucket) {
        const bool over = slo && overSlo(heat, static_cast<std::size_t>(bucket), *slo);
        const QColor& low = over ? tokens.heatOverLow : tokens.heatLow;
        const QColor& high = over ? tokens.heatOverHigh : tokens.heatHigh;
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(rows - 1 - bucket));
        for (int column = 0; column < image.width(); ++column) {
            const double count = heat.count(column, static_cast<std::size_t>(bucket));
            if (count > 0)
                line[column] = blend(low, high, std::max(0.12, std::sqrt(count / most)));
        }
    }
    return image;
}

std::optional<double> shareOver(const HeatData& heat, double slo, std::int64_t fromMs)
{
    double all = 0;
    double over = 0;
    for (std::int64_t column = 0; column < heat.columns; ++column) {
        if (heat.startMs + column * heat.stepMs < fromMs)
            continue;
        for (std::size_t bucket = 0; bucket < heat.bounds.size(); ++bucket) {
            const double count = heat.count(column, bucket);
            if (std::isnan(count))
                continue;
            all += count;
            over += overSlo(heat, bucket, slo) ? count : 0;
        }
    }
    if (all <= 0)
        return std::nullopt;
    return over / all;
}

}  // namespace holdfast::widgets
