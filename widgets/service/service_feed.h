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
    /// Only this instance's lanes; empty: of all. A new service begins with all.
    void setInstance(const QString& instance);
    [[nodiscard]] const QString& instance() const { return m_instance; }
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

    /// Asks every main line a second time, so much earlier; nothing: not at all. Rounded to the grid: pastShiftMs().
    void setCompareShift(std::optional<std::int64_t> shiftMs);
    /// How much older the matrices of past() are than where they are drawn; 0 without a comparison.
    [[nodiscard]] std::int64_t pastShiftMs() const;
    [[nodiscard]] std::shared_ptr<const Matrix> past(const QString& expr) const;
    /// Further expressions to keep up to date: lanes that are split.
    void setExtra(const QStringList& exprs);
    /// The labels of the service's request metrics; empty until they are known.
    [[nodiscard]] const QStringList& labels() const { return m_labels; }
    /// A question is without an answer for longer than one waits without noticing.
    [[nodiscard]] bool loading() const;

signals:
    void pageChanged();
    /// New numbers; coalesced.
    void dataChanged();

private:
    struct Query;
    struct LaneAnswer;
    enum class Shape { Lines, Heat };
    [[nodiscard]] Feed<ServicePage>::Ask question() const;
    /// at=MS of what is held; nothing while live.
    [[nodiscard]] QUrlQuery moment() const;
    void choosePageDecoder();
    void onPage();
    void onCommit();
    void askAll();
    void ask(const QString& key, const QString& expr, Grid grid, Shape shape);
    void askLabels();
    void askEvents();
    [[nodiscard]] Grid gridFor(std::int64_t columns, std::int64_t leastStepMs) const;
    [[nodiscard]] std::int64_t scrapeIntervalMs() const;

    const ViewContext m_context;
    QString m_service;
    QString m_instance;
    Feed<ServicePage> m_page;
    std::map<QString, std::unique_ptr<Query>> m_queries;
    std::shared_ptr<const EventList> m_events;
    RequestSlot m_eventSlot;
    int m_plotWidth = 1000;
    bool m_active = false;
    QElapsedTimer m_sinceAsk;
    QTimer m_askSoon;
    QTimer m_pageSoon;
    QTimer m_tellSoon;
    QTimer m_eventTimer;
    std::optional<std::int64_t> m_compareShift;
    QStringList m_extra;
    QStringList m_labels;
    RequestSlot m_labelSlot;
};

}  // namespace holdfast::widgets
