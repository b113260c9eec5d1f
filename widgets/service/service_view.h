#pragma once

#include "widgets/charts/chart_context.h"
#include "widgets/charts/lane_data.h"
#include "widgets/charts/time_pane.h"
#include "widgets/client/api_client.h"
#include "widgets/client/incident.h"
#include "widgets/table/kept_order.h"
#include "widgets/time/time_cursor.h"
#include "widgets/view.h"

#include <QMap>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

class QMenu;
class QScrollArea;
class QStackedLayout;
class QVBoxLayout;

namespace holdfast::widgets {

class BelowHint;
class EventRow;
class HeatPane;
class KpiBar;
class LaneBar;
class LinePane;
class ServiceFeed;
class StateLanes;
class StatePage;
struct LaneSpec;
struct StateRow;

/// What the lanes are compared with.
enum class Comparison { None, SpanBefore, Yesterday, LastWeek, Pin };

/// View 2: one service on one time axis – latency, errors, requests, headroom, queue, retries, breakers, flags and what
/// happened – under one crosshair. Lanes keep their order; each can be collapsed, shown alone (V), split, read as a
/// table (Alt+T) and saved. Thread: gui.
class ServiceView : public View {
    Q_OBJECT

public:
    ServiceView(const ViewContext& context, QWidget* parent);
    ~ServiceView() override;

    void activate() override;
    void deactivate() override;
    void placeChanged() override;
    void moveSelection(int rows) override;
    void refreshNow() override;
    bool pressKey(int key) override;
    bool escape() override;
    [[nodiscard]] bool painted() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Lane {
        QString id;
        LinePane* lines = nullptr;
        HeatPane* heat = nullptr;

        [[nodiscard]] TimePane* pane() const;
    };
    void takePage();
    void takeData();
    void showState();
    void rebuildLanes();
    void connectLane(TimePane* pane, const QString& id);
    void arrangeLanes();
    [[nodiscard]] QWidget* scrolledLanes();
    void showLane(const Lane& lane, const LaneSpec& spec);
    [[nodiscard]] LaneData laneData(const LaneSpec& spec, QString& problem) const;
    [[nodiscard]] LaneData splitData(const LaneSpec& spec, const QString& label, QString& note) const;
    void addForecast(LaneData& drawn) const;
    [[nodiscard]] QString noteOf(const LaneSpec& spec) const;
    void showStates();
    /// In force and abnormal first, as it was when the page was entered; what comes later keeps its place.
    void orderStates(std::vector<StateRow>& rows);
    void tellBelow();
    void showMarks();
    void freezeWhenLost();
    void tellPlotWidth();
    void makeRoomForForecast();

    [[nodiscard]] const LaneSpec* specOf(const QString& id) const;
    [[nodiscard]] const Lane* laneOf(const QString& id) const;
    /// The lane that has the keyboard, or the first.
    [[nodiscard]] const Lane* focusedLane() const;
    void toggleCollapsed(const QString& id);
    void toggleFull(const QString& id);
    void openLaneMenu(const QString& id, const QPoint& globalPos);
    void addSplits(QMenu& menu, const QString& id);
    void split(const QString& id, const QString& label);
    void openInstanceMenu(QWidget* anchor);
    void showInstance(const QString& instance);
    void openTable(const QString& id);
    void openCompareMenu(QWidget* anchor);
    void compare(Comparison with);
    void openEventCard(const std::vector<Event>& events, const QPoint& globalPos);
    void showEffect(const Event& event);
    void endEffect();
    void useBaseline(std::optional<TimeSpan> span);
    void addNote();
    void postNote(const QString& text, std::int64_t atMs);
    void stepToEvent(int direction);
    void focusNextLane(int direction);

    const ViewContext m_context;
    const ChartContext m_charts;
    ServiceFeed* m_feed;
    KpiBar* m_kpis;
    QWidget* m_page;
    QVBoxLayout* m_lanesLayout;
    QScrollArea* m_stateScroll;
    StateLanes* m_states;
    BelowHint* m_below;  ///< over the rows of breakers and flags
    KeptOrder m_stateOrder;
    QStringList m_stateRows;  // controls, from above
    EventRow* m_events;
    LaneBar* m_bar;
    StatePage* m_state;
    QStackedLayout* m_stack;
    QString m_service;
    QString m_shape;  // of the lanes that are built: ids and kinds
    std::vector<Lane> m_lanes;
    QSet<QString> m_collapsed;
    QString m_full;                   // the lane shown alone, or empty
    QMap<QString, QString> m_splits;  // lane → label
    Comparison m_comparison = Comparison::None;
    QString m_comparedWith;
    std::optional<TimeSpan> m_baseline;
    std::optional<Event> m_effectOf;
    RequestSlot m_noteSlot;
    RequestSlot m_effectSlot;
    QTimer m_loadingTimer;
};

}  // namespace holdfast::widgets
