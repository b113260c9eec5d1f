#pragma once

#include "widgets/main_window/window_core.h"
#include "widgets/main_window/window_options.h"
#include "widgets/navigator.h"
#include "widgets/notifications/notice_shelf.h"
#include "widgets/view.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QMainWindow>

#include <memory>
#include <vector>

class QInputDialog;
class QStackedWidget;

namespace holdfast::widgets {

class ActHere;
class IncidentStrip;
class NavRail;
class Notifier;
class NoteBar;
class SidePanel;
class StatusCells;
class TimeBar;

/// The fixed skeleton around the views. The first window of a process may open a second one for another monitor: same
/// engine, same time and crosshair, a place of its own. Thread: gui.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// What the program ends with to be started again, as after another language was chosen.
    static constexpr int startAgain = 77;

    explicit MainWindow(const WindowOptions& options);
    /// The second window; goes before `core` does.
    MainWindow(WindowCore& core, const Place& place);
    ~MainWindow() override;

    void start();
    /// The view in front has live data on the screen.
    [[nodiscard]] bool painted() const;
    [[nodiscard]] const ViewContext& context() const { return m_context; }
    /// The window for a second monitor; null while there is none.
    [[nodiscard]] MainWindow* second() const;

public slots:
    /// To the front, and to where `link` points, if it points anywhere.
    void raiseTo(const QString& link);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Page {
        ViewEntry entry;
        View* view = nullptr;  // made when first shown
    };
    explicit MainWindow(std::unique_ptr<WindowCore> owned);
    MainWindow(std::unique_ptr<WindowCore> owned, WindowCore* core, Place place);
    void build();
    void connectParts();
    void showPlace();
    void onServices();
    void fitRangeToHistory();
    void keepEnvironment();
    void openPalette();
    void openBeside(const Place& place);
    void openEnvironmentMenu(QWidget* button);
    void openShortcuts();
    void switchTheme();
    void togglePanel();
    void layOut();

    // What is kept: main_window_kept.cpp.
    void restore();
    void restoreSecond();
    /// View, range and windows, as the next start shows them; `running` is still true at the next start after a crash.
    void save(bool running) const;
    void saveSecond() const;
    [[nodiscard]] bool isSecond() const { return !m_owned; }
    [[nodiscard]] bool has(const QString& view) const;
    [[nodiscard]] Page* current();
    [[nodiscard]] std::vector<ViewEntry> entries() const;

    // Keys: main_window_keys.cpp.
    [[nodiscard]] bool pressSingleKey(int key);
    [[nodiscard]] bool pressViewKey(int key);
    /// What follows T within a second: Z, arrows, C, V, L are about the time range.
    [[nodiscard]] bool pressTimeKey(int key);
    void pasteRange();
    /// What follows D: R reads again, K fills the screen.
    [[nodiscard]] bool pressShowKey(int key);
    void waitForSecondKey(int prefix);
    void nextRegion(int direction);
    void focusControls();
    void dropMarker();
    void noteOnIncident(std::int64_t id);
    /// Asks for a text, and posts it with `body` and who writes it.
    QInputDialog* askForText(const QString& title, const QString& label, const QString& path, QJsonObject body);
    void askToRevertNewest();
    void readAgain();

    const std::unique_ptr<WindowCore> m_owned;  ///< null for the second window
    WindowCore& m_core;
    Theme& m_theme;
    EngineLink& m_link;
    TimeCursor& m_time;
    Navigator m_navigator;
    const ViewContext m_context;
    const Place m_begin;
    std::vector<Page> m_pages;
    QString m_shown;
    QString m_environment;  // as kept in the list of environments
    TimeBar* m_timeBar = nullptr;
    NoteBar* m_note = nullptr;
    IncidentStrip* m_strip = nullptr;
    NavRail* m_rail = nullptr;
    ActHere* m_actHere = nullptr;
    SidePanel* m_side = nullptr;  ///< where Act here stands
    StatusCells* m_cells = nullptr;
    NoticeShelf m_notices;
    Notifier* m_notifier = nullptr;  ///< of the first window: a person is told once
    QStackedWidget* m_stack = nullptr;
    std::vector<QWidget*> m_regions;  ///< in the order of Tab
    bool m_panelWanted = true;
    bool m_rangeIsDefault = false;  // nobody has chosen one yet
    int m_prefix = 0;               // T or D was pressed, and the second key is to come
    QElapsedTimer m_prefixAge;
    RequestSlot m_markerSlot;
    std::unique_ptr<MainWindow> m_second;
};

}  // namespace holdfast::widgets
