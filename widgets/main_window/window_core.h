#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/control.h"
#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/client/incident.h"
#include "widgets/client/stall_watch.h"
#include "widgets/controls/action_runner.h"
#include "widgets/main_window/window_options.h"
#include "widgets/replay/replay.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/system_look.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QObject>
#include <QString>
#include <QTimer>

namespace holdfast::widgets {

/// What all windows of a process share: one engine, one time axis with its crosshair, one look, one count of hitches.
/// Outlives every window. Thread: gui.
class WindowCore : public QObject {
    Q_OBJECT

public:
    explicit WindowCore(const WindowOptions& windowOptions);
    ~WindowCore() override;

    /// Connects to the engine and begins to ask; once.
    void start();

    const WindowOptions options;
    Preferences preferences;
    SystemLook systemLook;
    Theme theme;
    ApiClient api;
    EngineLink link;
    TimeCursor time;
    Feed<Fleet> fleet;
    Feed<ControlList> controls;
    Feed<IncidentList> incidents;
    ActionRunner actions;
    Replay replay;
    StallWatch stalls;

private:
    void usePreferences();
    void obeyOverload();
    void tellStalls();

    bool m_started = false;
    const ThemeChoice m_themeKept;  ///< at the start; the command line goes before it until a person changes it
    const QString m_name;           ///< of this process's windows, for the engine's count
    std::int64_t m_stallsTold = -1;
    RequestSlot m_stallSlot;
    QTimer m_clock;
};

}  // namespace holdfast::widgets
