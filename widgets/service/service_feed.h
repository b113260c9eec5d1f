#pragma once

#include "widgets/charts/heat_data.h"
#include "widgets/client/api_client.h"
#include "widgets/client/feed.h"
#include "widgets/client/incident.h"
#include "widgets/client/service_page.h"
#include "widgets/view.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace holdfast::widgets {

/// Everything the service page draws, kept up to date for the window's time range.
///
/// One `query_range` an expression. While live only the tail is asked, and laid over what is there on the worker; a new
/// span or step asks for the whole. Nothing is asked twice at once, and at most once a second. Thread: gui.
class ServiceFeed : public QObject {
    Q_OBJECT

public:
    ServiceFeed(const ViewContext& context, QObject* parent);
    ~ServiceFeed() override;

    void setService(const QString& service);
    void setActive(bool active);
    /// How many pixels the plots are wide: the step follows from it.
    void setPlotWidth(int px);
    void refresh();

    [[nodiscard]] std::shared_ptr<const ServicePage> page() const { return m_page.latest(); }
    [[nodiscard]] const std::optional<Error>& pageError() const { return m_page.error(); }
    /// Null before the first answer.
    [[nodiscard]] std::shared_ptr<const Matrix> matrix(const QString& expr) const;
    [[nodiscard]] std::shared_ptr<const HeatData> heat(const QString& expr) const;
    /// Why an expression has no answer, or empty.
    [[nodiscard]] QString problem(const QString& expr) const;
    [[nodiscard]] std::shared_ptr<const EventList> events() const { return m_events; }

signals:
    void pageChanged();
    /// New numbers; coalesced.
    void dataChanged();

private:
    struct Query;
    struct HeatAnswer;
    [[nodiscard]] Feed<ServicePage>::Ask question() const;
    void onPage();
    void onCommit();
    void askAll();
    void askLine(const QString& expr, Grid grid);
    void askHeat(const QString& expr, Grid grid);
    void askEvents();
    [[nodiscard]] Grid gridFor(std::int64_t columns, std::int64_t leastStepMs) const;
    [[nodiscard]] std::int64_t scrapeIntervalMs() const;

    const ViewContext m_context;
    QString m_service;
    Feed<ServicePage> m_page;
    std::map<QString, std::unique_ptr<Query>> m_queries;
    std::shared_ptr<const EventList> m_events;
    RequestSlot m_eventSlot;
    int m_plotWidth = 1000;
    bool m_active = false;
    QElapsedTimer m_sinceAsk;
    QTimer m_askSoon;
    QTimer m_tellSoon;
    QTimer m_eventTimer;
};

}  // namespace holdfast::widgets
