#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/control.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/client/incident.h"
#include "widgets/controls/action_runner.h"
#include "widgets/main_window/window_options.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"
#include "widgets/view.h"

#include <QElapsedTimer>
#include <QMainWindow>

#include <vector>

class QStackedWidget;

namespace holdfast::widgets {

class ActHere;
class IncidentStrip;
class LinkBar;
class NavRail;
class Notifier;
class TimeBar;

/// The fixed skeleton around the views, and the owner of what they share. Thread: gui.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const WindowOptions& options);
    ~MainWindow() override;

    void start();
    /// The view in front has live data on the screen.
    [[nodiscard]] bool painted() const;
    [[nodiscard]] const ViewContext& context() const { return m_context; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Page {
        ViewEntry entry;
        View* view = nullptr;  // made when first shown
    };
    void build();
    void showPlace();
    void onServices();
    void fitRangeToHistory();
    void readAgain();
    void openPalette();
    void switchTheme();
    void togglePanel();
    void restore();
    void save() const;
    [[nodiscard]] bool has(const QString& view) const;
    [[nodiscard]] Page* current();
    [[nodiscard]] bool pressSingleKey(int key);
    /// What follows T within a second: Z, arrows, C, V, L are about the time range.
    [[nodiscard]] bool pressTimeKey(int key);

    const WindowOptions m_options;
    Theme m_theme;
    ApiClient m_api;
    EngineLink m_link;
    TimeCursor m_time;
    Navigator m_navigator;
    Feed<Fleet> m_fleet;
    Feed<ControlList> m_controls;
    Feed<IncidentList> m_incidents;
    ActionRunner m_actions;
    Replay m_replay;
    const ViewContext m_context;
    std::vector<Page> m_pages;
    QString m_shown;
    TimeBar* m_timeBar = nullptr;
    LinkBar* m_linkBar = nullptr;
    IncidentStrip* m_strip = nullptr;
    NavRail* m_rail = nullptr;
    ActHere* m_actHere = nullptr;
    QStackedWidget* m_stack = nullptr;
    Notifier* m_notifier = nullptr;
    bool m_panelWanted = true;
    bool m_rangeIsDefault = false;  // nobody has chosen one yet
    QTimer m_clock;
    QElapsedTimer m_timePrefix;  // since T was pressed
};

}  // namespace holdfast::widgets
