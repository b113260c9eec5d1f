#include "widgets/training/experiment_painter.h"

#include "widgets/theme/tokens.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace holdfast::widgets {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("Experiment", text);
}

/// The top of an axis for values up to `most`, such that a half of it is a plain number too.
double niceTop(double most)
{
    if (!(most > 0))
        return 1;
    const double power = std::pow(10, std::floor(std::log10(most)));
    for (const double step : {1.0, 2.0, 4.0, 6.0, 8.0})
        if (most <= step * power)
            return step * power;
    return 10 * power;
}

QPen penOf(const ExperimentRecord& record, std::size_t run, const Tokens& tokens)
{
    const bool last = run + 1 == record.runs.size();
    if (!record.runs[run].practice && run == 0)
        return QPen(tokens.critical, 2, Qt::DashLine, Qt::FlatCap, Qt::RoundJoin);
    if (!record.runs[run].practice)
        return QPen(tokens.warning, 2, Qt::DotLine, Qt::FlatCap, Qt::RoundJoin);
    return QPen(last || record.runs.size() < 3 || run == 1 ? tokens.lineMain : tokens.lineThird, 2.4, Qt::SolidLine,
                Qt::FlatCap, Qt::RoundJoin);
}

/// One plot: frame, grid, axes, shaded fault, lines.
class Pane {
public:
    Pane(QPainter& painter, const QRectF& plot, const ExperimentRecord& record, const Tokens& tokens, const QFont& base)
        : m_painter(painter), m_plot(plot), m_record(record), m_tokens(tokens), m_base(base)
    {
    }

    void frame(const QString& title, double top, const QString& half, const QString& full)
    {
        m_top = top;
        m_painter.fillRect(m_plot, m_tokens.plot);
        const QRectF fault(QPointF(xOf(m_record.faultFromS), m_plot.top()),
                           QPointF(xOf(m_record.faultUntilS), m_plot.bottom()));
        m_painter.fillRect(fault, m_tokens.warningTint);
        m_painter.setPen(QPen(m_tokens.grid, 1));
        for (const double share : {0.5, 1.0})
            m_painter.drawLine(QPointF(m_plot.left(), yOf(share * top)), QPointF(m_plot.right(), yOf(share * top)));
        for (double second = 0; second <= m_record.lengthS; second += 2)
            m_painter.drawLine(QPointF(xOf(second), m_plot.top()), QPointF(xOf(second), m_plot.bottom()));
        m_painter.setPen(QPen(m_tokens.border, 1));
        m_painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
        m_painter.setFont(m_base);
        m_painter.setPen(m_tokens.textSecondary);
        label(QStringLiteral("0"), yOf(0));
        label(half, yOf(top / 2));
        label(full, yOf(top));
        QFont strong(m_base);
        strong.setWeight(QFont::DemiBold);
        m_painter.setFont(strong);
        m_painter.setPen(m_tokens.text);
        m_painter.drawText(QPointF(m_plot.left(), m_plot.top() - 7), title);
    }

    void seconds()
    {
        m_painter.setFont(m_base);
        m_painter.setPen(m_tokens.textSecondary);
        for (double second = 0; second <= m_record.lengthS; second += 2)
            m_painter.drawText(QRectF(xOf(second) - 40, m_plot.bottom() + QFontMetricsF(m_base).height() / 2, 80,
                                      QFontMetricsF(m_base).height() + 2),
                               Qt::AlignCenter,
                               QString::number(second) + (second == 0 ? QStringLiteral(" s") : QString()));
    }

    void line(const std::vector<double>& values, const QPen& pen)
    {
        QPainterPath path;
        bool drawing = false;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!std::isfinite(values[i])) {
                drawing = false;
                continue;
            }
            // A value tells of its whole step; its middle is the fairest point.
            const QPointF at(xOf((static_cast<double>(i) + 0.5) * m_record.stepS), yOf(values[i]));
            drawing ? path.lineTo(at) : path.moveTo(at);
            drawing = true;
        }
        m_painter.save();
        m_painter.setClipRect(m_plot.adjusted(0, -2, 0, 2));
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(path);
        m_painter.restore();
    }

private:
    [[nodiscard]] double xOf(double second) const { return m_plot.left() + m_plot.width() * second / m_record.lengthS; }
    [[nodiscard]] double yOf(double value) const
    {
        return m_plot.bottom() - m_plot.height() * std::clamp(value / m_top, 0.0, 1.0);
    }
    void label(const QString& text, double y)
    {
        m_painter.drawText(QRectF(m_plot.left() - 126, y - 20, 120, 40), Qt::AlignRight | Qt::AlignVCenter, text);
    }

    QPainter& m_painter;
    const QRectF m_plot;
    const ExperimentRecord& m_record;
    const Tokens& m_tokens;
    const QFont m_base;
    double m_top = 1;
};

/// The key, in as many rows as it needs; returns its height.
double paintKey(QPainter& painter, const QRectF& box, const ExperimentRecord& record, const Tokens& tokens)
{
    const QFontMetricsF metrics(painter.font());
    const double row = std::max(18.0, metrics.height() + 4);
    double x = box.left();
    double y = box.top();
    for (std::size_t i = 0; i < record.runs.size(); ++i) {
        const QString text = record.runs[i].label
                             + (record.runs[i].disturbed ? words(" (disturbed: this computer was busy)") : QString());
        const double width = 34 + metrics.horizontalAdvance(text) + 22;
        if (x > box.left() && x + width > box.right()) {
            x = box.left();
            y += row;
        }
        painter.setPen(penOf(record, i, tokens));
        painter.drawLine(QPointF(x, y + row / 2), QPointF(x + 26, y + row / 2));
        painter.setPen(tokens.text);
        painter.drawText(QRectF(x + 34, y, width, row), Qt::AlignLeft | Qt::AlignVCenter, text);
        x += width;
    }
    const QString text = words("while the fault lasts");
    if (x > box.left() && x + 34 + metrics.horizontalAdvance(text) > box.right()) {
        x = box.left();
        y += row;
    }
    painter.fillRect(QRectF(x, y + (row - 14) / 2, 26, 14), tokens.warningTint);
    painter.setPen(QPen(tokens.grid, 1));
    painter.drawRect(QRectF(x, y + (row - 14) / 2, 26, 14));
    painter.setPen(tokens.text);
    painter.drawText(QRectF(x + 34, y, metrics.horizontalAdvance(text) + 2, row), Qt::AlignLeft | Qt::AlignVCenter,
                     text);
    return y + row - box.top();
}

double most(const ExperimentRecord& record)
{
    double out = 0;
    for (const ExperimentRun& run : record.runs)
        for (const double value : run.pane)
            out = std::isfinite(value) ? std::max(out, value) : out;
    return out;
}

}  // namespace

void paintExperiment(QPainter& painter, const QRectF& box, const ExperimentRecord& record, const Tokens& tokens,
                     const QFont& base)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(base);
    const double keyHeight = paintKey(painter, box, record, tokens);
    const double line = QFontMetricsF(base).height();  // 13 px at the usual size of texts
    const double axisWidth = 57 + line;
    const double titleHeight = 13 + line;
    const double footHeight = 9 + line;
    const double top = box.top() + keyHeight + 4;
    const double each = (box.bottom() - top - footHeight - 2 * titleHeight) / 2;
    const double width = box.width() - axisWidth - 8;

    Pane goodput(painter, {box.left() + axisWidth, top + titleHeight, width, each}, record, tokens, base);
    goodput.frame(
        words("Goodput: %1 answered well within %2 ms").arg(record.judged).arg(std::lround(record.goodWithinMs)), 1,
        QStringLiteral("50 %"), QStringLiteral("100 %"));
    const double topValue = niceTop(most(record));
    Pane why(painter, {box.left() + axisWidth, top + 2 * titleHeight + each, width, each}, record, tokens, base);
    why.frame(record.paneTitle, topValue, QString::number(topValue / 2), QString::number(topValue));
    why.seconds();
    // The run without comes last: its dashes let the other one be seen where both are equal.
    for (std::size_t i = record.runs.size(); i-- > 0;) {
        goodput.line(record.runs[i].goodput, penOf(record, i, tokens));
        why.line(record.runs[i].pane, penOf(record, i, tokens));
    }
    painter.restore();
}

QString shareText(double share)
{
    return std::isfinite(share) ? QStringLiteral("%1 %").arg(std::lround(share * 100)) : words("–");
}

QString millisecondsText(double ms)
{
    if (!std::isfinite(ms))
        return words("–");
    return ms < 1'000 ? QStringLiteral("%1 ms").arg(std::lround(ms))
                      : QStringLiteral("%1 s").arg(ms / 1'000, 0, 'f', 1);
}

QString recoveryText(const ExperimentRun& run)
{
    return run.recoveryMs ? (*run.recoveryMs == 0 ? words("at once") : millisecondsText(*run.recoveryMs))
                          : words("not in this run");
}

}  // namespace holdfast::widgets
