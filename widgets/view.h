#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace holdfast::widgets {

class ActionRunner;
class ApiClient;
class EngineLink;
class Navigator;
class Preferences;
class Replay;
class StallWatch;
class Theme;
class TimeCursor;
struct ControlList;
struct Fleet;
struct IncidentList;
template <typename T>
class Feed;

/// What every view may use; lives as long as the window. Thread: gui.
struct ViewContext {
    ApiClient& api;
    EngineLink& link;
    TimeCursor& time;
    Theme& theme;
    Navigator& navigator;
    Feed<Fleet>& fleet;
    Feed<ControlList>& controls;    ///< every control of every service
    Feed<IncidentList>& incidents;  ///< open and recent ones
    ActionRunner& actions;
    Replay& replay;
    Preferences* preferences = nullptr;  ///< null where there is no window around the view
    StallWatch* stalls = nullptr;        ///< of this process; null where nobody counts
};

/// One page of the window. Single keys come from the main window through the slots; each view answers those that mean
/// something to it. A view that is not shown should ask the engine nothing. Thread: gui.
class View : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Shown or hidden; asks the engine only between activate() and deactivate().
    virtual void activate() {}
    virtual void deactivate() {}
    /// The place changed while this view is the one shown (another service, another item).
    virtual void placeChanged() {}

    virtual void focusFilter() {}       ///< "/"
    virtual void moveSelection(int) {}  ///< J +1, K −1
    virtual void openSelection() {}     ///< Enter
    virtual void toggleAbnormal() {}    ///< O
    virtual void sortNow() {}           ///< S
    virtual void refreshNow() {}        ///< F5
    /// A key that only this view knows (A, N, …). True when it was used.
    virtual bool pressKey(int) { return false; }
    /// Esc: clears a filter, a pin, a selection. True when there was something to leave.
    virtual bool escape() { return false; }
    /// Live data have been painted; `--screenshot` waits for it.
    [[nodiscard]] virtual bool painted() const { return true; }
};

/// One entry of the navigation rail.
struct ViewEntry {
    QString id;                ///< "fleet"; what --view takes
    QString title;             ///< shown in the rail
    QString icon;              ///< resources/icons/<icon>.svg
    int digit = 0;             ///< its key, 1…8; 0 without
    bool needsEngine = false;  ///< a foreign Prometheus cannot feed it
    std::function<View*(const ViewContext&, QWidget*)> make;
    bool listed = true;  ///< in the rail and the palette
};

/// The views that are built, in the order of the rail. A new view adds its line in views.cpp.
[[nodiscard]] std::vector<ViewEntry> builtViews();
/// The same places for a window attached to a foreign Prometheus: alerts instead of incidents, and where a page needs an
/// engine, why.
[[nodiscard]] std::vector<ViewEntry> attachedViews();

}  // namespace holdfast::widgets
