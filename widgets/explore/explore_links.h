#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

#include <cstdint>
#include <optional>

namespace holdfast::widgets {

/// What an Explore page shows, as links carry it.
struct ExploreState {
    QStringList expressions;
    std::int64_t startMs = 0;
    std::int64_t endMs = 0;
    bool live = true;         ///< the range follows now
    bool instant = false;     ///< at endMs only
    std::int64_t stepMs = 0;  ///< 0: automatic
};

/// `/query?g0.expr=…` of Prometheus, a group for each expression. Source: Prometheus web UI, query page parameters.
[[nodiscard]] QString prometheusLink(const QUrl& base, const ExploreState& state);
/// `/explore?panes=…` of Grafana 10 and later. Source: Grafana, explore URL format, schemaVersion 1.
[[nodiscard]] QString grafanaLink(const QUrl& base, const ExploreState& state);
/// The request that answers the first expression: for curl, or a colleague's script.
[[nodiscard]] QString apiLink(const QUrl& base, const ExploreState& state);

/// What stands in a link that was pasted.
struct PastedLink {
    QStringList expressions;
    QString range;  ///< what parseRange() reads; empty: none
    std::optional<bool> instant;
};

/// Links of the three kinds above, of Grafana's older `left=` form, and `?query=` of the HTTP API. Nothing for text
/// that is no link, or a link without a query.
[[nodiscard]] std::optional<PastedLink> readLink(const QString& text);

}  // namespace holdfast::widgets
