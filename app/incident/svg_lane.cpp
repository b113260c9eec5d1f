#include "app/incident/svg_lane.h"

#include "app/base/number_text.h"
#include "app/base/readable_number.h"
#include "app/base/time_text.h"
#include "app/incident/report_text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace holdfast::incident {

namespace {

constexpr double kWidth = 960;
constexpr double kLeft = 200;
constexpr double kRight = 948;
constexpr double kTop = 8;
constexpr double kPlot = 76;
constexpr double kHeight = kTop + kPlot + 22;
constexpr std::array<const char*, 4> kColours{"#0b5cad", "#b45309", "#4d7c0f", "#7e22ce"};

/// One decimal is a tenth of a pixel.
std::string number(double value)
{
    return numberText(std::round(value * 10) / 10);
}

double xOf(std::int64_t t, TimeRange span)
{
    const double share =
        static_cast<double>(t - span.start) / static_cast<double>(std::max<std::int64_t>(span.end - span.start, 1));
    return kLeft + std::clamp(share, 0.0, 1.0) * (kRight - kLeft);
}

/// 1, 2 or 5 times a power of ten, not below `value`.
double niceAbove(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        if (step * power >= value * 0.999999)
            return step * power;
    }
    return 10 * power;
}

double topOf(const LaneData& data)
{
    double most = 0;
    for (const auto& series : data.series) {
        for (const Sample& sample : series.samples)
            most = std::max(most, sample.v);
    }
    return most > 0 ? niceAbove(most) : 1;
}

std::int64_t tickStep(TimeRange span)
{
    constexpr std::array<std::int64_t, 12> kSteps{60'000,    120'000,   300'000,    600'000,    900'000,    1'800'000,
                                                  3'600'000, 7'200'000, 14'400'000, 21'600'000, 43'200'000, 86'400'000};
    for (const std::int64_t step : kSteps) {
        if ((span.end - span.start) / step <= 8)
            return step;
    }
    return (span.end - span.start) / 8 / 86'400'000 * 86'400'000 + 86'400'000;
}

std::string textAt(double x, double y, const char* anchor, const char* colour, std::string_view text, int size = 11)
{
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" font-size=\"" + std::to_string(size)
           + "\" text-anchor=\"" + anchor + "\" fill=\"" + colour + "\">" + htmlText(text) + "</text>";
}

std::string timeAxis(TimeRange span, double bottom, bool labels)
{
    std::string out;
    const std::int64_t step = tickStep(span);
    for (std::int64_t t = (span.start + step - 1) / step * step; t <= span.end; t += step) {
        const double x = xOf(t, span);
        out += "<path d=\"M" + number(x) + " " + number(kTop) + "V" + number(bottom) + "\" stroke=\"#eaeef2\"/>";
        if (labels)
            out += textAt(x, bottom + 14, "middle", "#57606a", rfc3339(t).substr(11, 5) + "Z");
    }
    return out;
}

std::string pathOf(const LaneSeries& series, std::int64_t stepMs, TimeRange span, double top)
{
    std::string out;
    std::int64_t last = INT64_MIN / 2;
    for (const Sample& sample : series.samples) {
        const double share = std::clamp(sample.v / top, 0.0, 1.0);
        out += (sample.t - last > 2 * stepMs ? "M" : "L") + number(xOf(sample.t, span)) + " "
               + number(kTop + kPlot * (1 - share));
        if (sample.t - last > 2 * stepMs)
            out += "h0.1";  // a lone sample is a dot
        last = sample.t;
    }
    return out;
}

std::string opening(double height, const std::string& title, const std::string& description)
{
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(kWidth) + " " + number(height)
           + "\" role=\"img\" font-family=\"system-ui,'DejaVu Sans',sans-serif\"><title>" + htmlText(title)
           + "</title><desc>" + htmlText(description) + "</desc>";
}

/// What a person who cannot see the lane is told.
std::string describe(const LaneData& data)
{
    if (data.series.empty())
        return "No samples in this span.";
    std::string out;
    for (const auto& series : data.series) {
        const auto [low, high] = std::ranges::minmax_element(series.samples, {}, &Sample::v);
        out += (out.empty() ? "" : " ") + (series.name.empty() ? std::string() : series.name + ": ") + "from "
               + laneValue(data.lane.unit, series.samples.front().v) + ", lowest " + laneValue(data.lane.unit, low->v)
               + ", highest " + laneValue(data.lane.unit, high->v) + " at " + rfc3339(high->t).substr(11, 8)
               + "Z, at the end " + laneValue(data.lane.unit, series.samples.back().v) + ".";
    }
    return out;
}

const char* markColour(const std::string& kind)
{
    if (kind == "alert_on" || kind == "target")
        return "#b3261e";
    if (kind == "deploy" || kind == "restart")
        return "#7e22ce";
    if (kind == "action" || kind == "flag" || kind == "override_end")
        return "#0b5cad";
    return "#57606a";
}

}  // namespace

std::string laneValue(const std::string& unit, double value)
{
    if (unit == "ratio")
        return readableRatio(value);
    if (unit == "seconds")
        return readableSeconds(value);
    if (unit == "per_second")
        return readableNumber(value) + "/s";
    return readableNumber(value) + (unit == "multiple" ? "×" : "");
}

std::string svgLane(const LaneData& data, TimeRange span, const std::vector<LaneMark>& marks,
                    const std::vector<LaneBand>& bands)
{
    const double bottom = kTop + kPlot;
    std::string out = opening(kHeight, data.lane.title, describe(data));
    for (const auto& band : bands) {
        const double from = xOf(band.span.start, span);
        const double to = std::max(xOf(band.span.end, span), from + 1);
        out += "<rect x=\"" + number(from) + "\" y=\"" + number(kTop) + "\" width=\"" + number(to - from)
               + "\" height=\"" + number(kPlot) + "\" fill=\"" + (band.before ? "#8c959f" : "#2da44e")
               + "\" fill-opacity=\"0.12\"><title>" + htmlText(band.text) + "</title></rect>";
    }
    out += timeAxis(span, bottom, true);
    const double top = topOf(data);
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = kTop + kPlot * (1 - share);
        out += "<path d=\"M" + number(kLeft) + " " + number(y) + "H" + number(kRight) + "\" stroke=\"#d0d7de\"/>";
        out += textAt(kLeft - 6, y + 4, "end", "#57606a", laneValue(data.lane.unit, top * share));
    }
    const std::size_t blank = data.lane.title.rfind(' ');
    out += textAt(0, kTop + 12, "start", "#1b1f24",
                  blank == std::string::npos ? data.lane.title : data.lane.title.substr(0, blank), 12);
    if (blank != std::string::npos)
        out += textAt(0, kTop + 27, "start", "#57606a", data.lane.title.substr(blank + 1));
    for (std::size_t i = 0; i < data.series.size(); ++i) {
        out += "<path d=\"" + pathOf(data.series[i], data.stepMs, span, top) + "\" fill=\"none\" stroke=\""
               + kColours[i % kColours.size()]
               + "\" stroke-width=\"1.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>";
        if (!data.series[i].name.empty())
            out += textAt(0, kTop + 42 + 13 * static_cast<double>(i), "start", kColours[i % kColours.size()],
                          data.series[i].name.substr(0, 24), 10);
    }
    if (data.series.empty())
        out += textAt((kLeft + kRight) / 2, kTop + kPlot / 2, "middle", "#57606a", "no samples in this span");
    for (const auto& mark : marks) {
        const double x = xOf(mark.atMs, span);
        out += "<path d=\"M" + number(x) + " " + number(kTop) + "V" + number(bottom) + "\" stroke=\""
               + markColour(mark.kind) + "\" stroke-dasharray=\"2 2\" stroke-opacity=\"0.7\"><title>"
               + htmlText(mark.text) + "</title></path>";
    }
    return out + "</svg>\n";
}

std::string svgEvents(TimeRange span, const std::vector<LaneMark>& marks)
{
    constexpr double kRow = 13;
    constexpr std::array<std::pair<const char*, const char*>, 5> kRows{
        {{"signals", "alert_on alert_off target"},
         {"breakers", "breaker"},
         {"changes", "deploy restart flag foreign_change drift"},
         {"actions", "action readback effect override_end"},
         {"people", "note ack state"}}};
    const double bottom = kTop + kRow * kRows.size() + 4;
    std::string out = opening(bottom + 22, "Events",
                              std::to_string(marks.size()) + " events; they are listed in the timeline below.");
    out += timeAxis(span, bottom, true);
    for (std::size_t row = 0; row < kRows.size(); ++row) {
        const double y = kTop + kRow * (static_cast<double>(row) + 0.5) + 2;
        out += textAt(kLeft - 6, y + 4, "end", "#57606a", kRows[row].first);
        out += "<path d=\"M" + number(kLeft) + " " + number(y) + "H" + number(kRight) + "\" stroke=\"#eaeef2\"/>";
        const std::string kinds = std::string(" ") + kRows[row].second + " ";
        for (const auto& mark : marks) {
            if (kinds.find(" " + mark.kind + " ") == std::string::npos || mark.atMs < span.start
                || mark.atMs > span.end)
                continue;
            out += "<circle cx=\"" + number(xOf(mark.atMs, span)) + "\" cy=\"" + number(y) + "\" r=\"3.5\" fill=\""
                   + markColour(mark.kind) + "\" fill-opacity=\"0.85\"><title>"
                   + htmlText(rfc3339(mark.atMs).substr(11, 8) + "Z " + mark.text) + "</title></circle>";
        }
    }
    return out + "</svg>\n";
}

}  // namespace holdfast::incident
