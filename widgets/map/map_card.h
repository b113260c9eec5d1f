#pragma once

#include "widgets/map/fleet_graph.h"

#include <QPointF>
#include <QRectF>

class QPainter;

namespace holdfast::widgets {

class Theme;

/// The card beside the pointer: an edge with its calls, errors and the past of its breaker, or a service with its
/// golden signals, each with its last half hour. Painters only; no state.
void drawNodeCard(QPainter& painter, const GraphNode& node, QPointF at, const QRectF& within, const Theme& theme);
/// history  how the breaker stood, oldest first, 0 closed … 5 disabled; empty when it is not known (yet)
void drawCallCard(QPainter& painter, const GraphCall& call, const GraphNode& callee, const std::vector<double>& history,
                  QPointF at, const QRectF& within, const Theme& theme);

/// Where an edge is known from, in words.
[[nodiscard]] QString sourceText(const GraphCall& call);
/// `words` around the value; nothing where there is no such metric.
[[nodiscard]] QString signalText(const QString& words, const SignalValue& signal, QString (*format)(double));

}  // namespace holdfast::widgets
