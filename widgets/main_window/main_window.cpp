#include "widgets/main_window/main_window.h"

#include "widgets/controls/act_here.h"
#include "widgets/first_run/first_run_view.h"
#include "widgets/main_window/disk_bar.h"
#include "widgets/main_window/environment_menu.h"
#include "widgets/main_window/environments.h"
#include "widgets/main_window/go_to_palette.h"
#include "widgets/main_window/incident_strip.h"
#include "widgets/main_window/link_bar.h"
#include "widgets/main_window/nav_rail.h"
#include "widgets/main_window/note_bar.h"
#include "widgets/main_window/offline_bar.h"
#include "widgets/main_window/place_link.h"
#include "widgets/main_window/shortcut_sheet.h"
#include "widgets/main_window/side_panel.h"
#include "widgets/main_window/status_cells.h"
#include "widgets/main_window/time_bar.h"
#include "widgets/notifications/notifier.h"
#include "widgets/replay/replay_bar.h"
#include "widgets/replay/replay_frame.h"
#include "widgets/time/range_text.h"
#include "widgets/time/zone.h"

#include <QApplication>
#include <QDateTime>
#include <QDialog>
#include <QHBoxLayout>
#include <QProcess>
#include <QResizeEvent>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int wideFrom = 1500;  // px; below it the rail shows icons, the strip a menu, and the panel is behind its tab
constexpr int leastView = 640;  // px at 100 %; with less left for the view the panel is behind its tab
constexpr std::int64_t minuteMs = 60'000;

}  // namespace

MainWindow::MainWindow(const WindowOptions& options) : MainWindow(std::make_unique<WindowCore>(options)) {}

MainWindow::MainWindow(WindowCore& core, const Place& place) : MainWindow(nullptr, &core, place) {}

MainWindow::MainWindow(std::unique_ptr<WindowCore> owned) : MainWindow(std::move(owned), nullptr, {}) {}

MainWindow::MainWindow(std::unique_ptr<WindowCore> owned, WindowCore* core, Place place)
    : m_owned(std::move(owned)),
      m_core(core ? *core : *m_owned),
      m_theme(m_core.theme),
      m_link(m_core.link),
      m_time(m_core.time),
      m_context{.api = m_core.api,
                .link = m_core.link,
                .time = m_core.time,
                .theme = m_core.theme,
                .navigator = m_navigator,
                .fleet = m_core.fleet,
                .controls = m_core.controls,
                .incidents = m_core.incidents,
                .actions = m_core.actions,
                .replay = m_core.replay,
                .preferences = &m_core.preferences,
                .stalls = &m_core.stalls},
      m_begin(std::move(place))
{
    for (ViewEntry& entry : m_link.attached() ? attachedViews() : builtViews())
        m_pages.push_back({std::move(entry), nullptr});
    restore();
    build();
    connectParts();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
    m_second.reset();
    // Dialogs use what stands in this class as the views do, and may be open.
    qDeleteAll(findChildren<QDialog*>(Qt::FindDirectChildrenOnly));
    delete m_notifier;
    delete takeCentralWidget();  // the views use what stands in this class, and go before it
}

void MainWindow::build()
{
    setWindowTitle(tr("Holdfast"));
    setMinimumSize(960, 600);
    auto* centre = new QWidget(this);
    m_timeBar = new TimeBar(m_context, centre);
    auto* replayBar = new ReplayBar(m_context, m_timeBar, centre);
    auto* linkBar = new LinkBar(m_context, centre);
    m_note = new NoteBar(m_theme, centre);
    m_strip = new IncidentStrip(m_context, isSecond() ? nullptr : &m_notices, has(QStringLiteral("incidents")),
                                has(QStringLiteral("controls")), centre);
    auto* offlineBar = new OfflineBar(m_context, centre);
    auto* diskBar = new DiskBar(m_context, centre);
    m_rail = new NavRail(m_context, entries(), centre);
    m_stack = new QStackedWidget(centre);
    m_actHere = new ActHere(m_context, centre);
    m_side = new SidePanel(m_theme, m_actHere, centre);
    m_cells = new StatusCells(m_context, has(QStringLiteral("targets")), has(QStringLiteral("controls")), centre);
    m_regions = {m_timeBar, replayBar, linkBar, m_note, m_strip,   offlineBar,
                 diskBar,   m_rail,    m_stack, m_side, m_actHere, m_cells};

    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_stack, 1);
    middle->addWidget(m_side);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget* bar : {static_cast<QWidget*>(m_timeBar), static_cast<QWidget*>(replayBar),
                         static_cast<QWidget*>(linkBar), static_cast<QWidget*>(m_note), static_cast<QWidget*>(m_strip),
                         static_cast<QWidget*>(offlineBar), static_cast<QWidget*>(diskBar)})
        layout->addWidget(bar);
    layout->addLayout(middle, 1);
    layout->addWidget(m_cells);
    setCentralWidget(centre);
    new ReplayFrame(m_theme, m_core.replay, centre);
    m_side->setShown(m_panelWanted);
    if (isSecond())
        return;
    m_notifier = new Notifier(m_context, m_notices, this);
    connect(m_notifier, &Notifier::told, m_strip, &IncidentStrip::tellLive);
}

void MainWindow::connectParts()
{
    connect(m_timeBar, &TimeBar::goToRequested, this, &MainWindow::openPalette);
    connect(m_timeBar, &TimeBar::themeRequested, this, &MainWindow::switchTheme);
    connect(m_timeBar, &TimeBar::panelRequested, this, &MainWindow::togglePanel);
    connect(m_timeBar, &TimeBar::environmentMenuRequested, this, &MainWindow::openEnvironmentMenu);
    connect(&m_navigator, &Navigator::placeChanged, this, &MainWindow::showPlace);
    connect(&m_navigator, &Navigator::besideWanted, this, &MainWindow::openBeside);
    connect(&m_core.fleet, &FeedBase::changed, this, &MainWindow::onServices);
    connect(&m_theme, &Theme::changed, this, &MainWindow::layOut);
    if (isSecond())
        return;
    if (m_core.options.view.isEmpty() && m_core.options.screenshot.isEmpty())
        new FirstRunGate(m_context, this);
    connect(&m_core.replay, &Replay::readAgain, this, &MainWindow::readAgain);
    connect(&m_core.preferences, &Preferences::restartWanted, this, [this] {
        close();
        QApplication::exit(startAgain);
    });
    connect(&m_link, &EngineLink::statusChanged, this, &MainWindow::fitRangeToHistory);
    connect(&m_link, &EngineLink::statusChanged, this, &MainWindow::keepEnvironment);
}

void MainWindow::start()
{
    m_core.start();
    if (!isSecond()) {
        m_notifier->start();
        if (const auto at = parseRange(m_core.options.at, m_link.engineNowMs());
            at.ok() && !m_core.options.at.isEmpty())
            m_time.setRange(at->startMs, at->endMs);
        bool isSeconds = false;
        const double seconds = m_core.options.at.toDouble(&isSeconds);
        const QDateTime at = QDateTime::fromString(m_core.options.at, Qt::ISODate);
        if (isSeconds || at.isValid())
            m_core.replay.beginAt(isSeconds ? static_cast<qint64>(seconds * 1000) : at.toMSecsSinceEpoch());
    }
    if (m_pages.empty())
        return;
    const WindowOptions& options = m_core.options;
    const QString wanted = isSecond()               ? m_begin.view
                           : options.view.isEmpty() ? QSettings().value(QStringLiteral("window/view")).toString()
                                                    : options.view;
    const QString view = has(wanted) ? wanted : m_pages.front().entry.id;
    // The page of a service comes back to it; the fleet begins at its first row.
    const bool isPage = view == QLatin1String("service");
    QString service = isSecond() ? m_begin.service : options.service;
    if (service.isEmpty() && isPage)
        service = QSettings().value(QStringLiteral("window/service")).toString();
    m_navigator.go({.view = view, .service = service, .item = isSecond() ? m_begin.item : QString()});
    if (!isSecond() && options.screenshot.isEmpty())
        restoreSecond();
}

bool MainWindow::painted() const
{
    const auto page = std::find_if(m_pages.begin(), m_pages.end(),
                                   [this](const Page& candidate) { return candidate.entry.id == m_shown; });
    return m_link.connected() && page != m_pages.end() && page->view && page->view->painted();
}

std::vector<ViewEntry> MainWindow::entries() const
{
    std::vector<ViewEntry> all;
    for (const Page& page : m_pages)
        all.push_back(page.entry);
    return all;
}

bool MainWindow::has(const QString& view) const
{
    return std::any_of(m_pages.begin(), m_pages.end(), [&](const Page& page) { return page.entry.id == view; });
}

MainWindow::Page* MainWindow::current()
{
    const auto page = std::find_if(m_pages.begin(), m_pages.end(),
                                   [this](const Page& candidate) { return candidate.entry.id == m_shown; });
    return page == m_pages.end() ? nullptr : &*page;
}

void MainWindow::showPlace()
{
    const QString& view = m_navigator.place().view;
    const auto page =
        std::find_if(m_pages.begin(), m_pages.end(), [&](const Page& candidate) { return candidate.entry.id == view; });
    if (page == m_pages.end())
        return;
    if (view == m_shown) {
        page->view->placeChanged();
        return;
    }
    if (Page* old = current(); old && old->view)
        old->view->deactivate();
    if (!page->view) {
        page->view = page->entry.make(m_context, m_stack);
        page->view->setAccessibleName(page->entry.title);
        m_stack->addWidget(page->view);
    }
    m_shown = view;
    m_stack->setCurrentWidget(page->view);
    m_rail->setCurrent(view);
    page->view->activate();
    page->view->placeChanged();
    page->view->setFocus();
    if (m_notifier)
        m_notifier->setPage(page->entry.title);
    else
        setWindowTitle(tr("%1 – Holdfast").arg(page->entry.title));
}

void MainWindow::onServices()
{
    const auto fleet = m_core.fleet.latest();
    if (!fleet || fleet->services.empty() || m_shown == QLatin1String("fleet"))
        return;  // the fleet selects its own first row
    const bool known = std::any_of(fleet->services.begin(), fleet->services.end(), [this](const FleetService& service) {
        return service.name == m_navigator.service();
    });
    if (!known && m_navigator.service().isEmpty())
        m_navigator.go({.view = {}, .service = fleet->services.front().name, .item = {}});
}

void MainWindow::fitRangeToHistory()
{
    if (m_core.replay.on())
        m_rangeIsDefault = false;  // it is the one of the bundle
    const auto status = m_link.status();
    if (!m_rangeIsDefault || !status || status->store.oldestMs <= 0)
        return;
    m_rangeIsDefault = false;
    // Half an hour of a store that is two minutes old is an empty picture.
    const std::int64_t age = m_link.presentMs() - status->store.oldestMs;
    if (age < 4 * minuteMs)
        m_time.setLive(5 * minuteMs);
    else if (age < 12 * minuteMs)
        m_time.setLive(15 * minuteMs);
}

void MainWindow::keepEnvironment()
{
    const auto status = m_link.status();
    const EngineSource& source = m_core.options.source;
    const QString name = m_link.readOnly() ? source.attach.host() : status ? status->environment : QString();
    if (name.isEmpty() || name == m_environment || !m_core.options.screenshot.isEmpty())
        return;
    m_environment = name;
    rememberEnvironment({name, source});
}

void MainWindow::openPalette()
{
    (new GoToPalette(m_context, entries(), this))->open();
}

MainWindow* MainWindow::second() const
{
    return m_second && m_second->isVisible() ? m_second.get() : nullptr;
}

void MainWindow::openBeside(const Place& place)
{
    if (isSecond()) {
        m_navigator.go(place);  // there is one second window, and this is it
        return;
    }
    if (!m_second) {
        m_second = std::unique_ptr<MainWindow>(new MainWindow(m_core, place));
        m_second->start();
    } else {
        m_second->m_navigator.go(place);
    }
    m_second->show();
    m_second->raise();
    m_second->activateWindow();
}

void MainWindow::raiseTo(const QString& link)
{
    if (const auto target = parsePlaceLink(link, m_link.engineNowMs()); target && has(target->place.view)) {
        m_navigator.go(target->place);
        if (target->range)
            target->range->live ? m_time.setLive(target->range->spanMs())
                                : m_time.setRange(target->range->startMs, target->range->endMs);
    }
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::openEnvironmentMenu(QWidget* button)
{
    // A program of its own: nothing of one environment is left in the picture of the other.
    const auto go = [this](const QStringList& arguments) {
        if (QProcess::startDetached(QApplication::applicationFilePath(), arguments))
            close();
        else
            m_note->say(tr("%1 could not be started").arg(QApplication::applicationFilePath()), QString());
    };
    auto* menu = new EnvironmentMenu(m_link, m_core.options.source, go, this);
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void MainWindow::openShortcuts()
{
    (new ShortcutSheet(m_theme, this))->open();
}

void MainWindow::switchTheme()
{
    const bool light = m_theme.kind() == ThemeKind::Dark;
    m_core.preferences.setTheme(light ? ThemeChoice::Light : ThemeChoice::Dark);
    m_theme.apply(light ? ThemeKind::Light : ThemeKind::Dark);
}

void MainWindow::togglePanel()
{
    m_side->setShown(!m_side->shown());
    if (m_side->docked())
        m_panelWanted = m_side->shown();
}

void MainWindow::layOut()
{
    const bool narrow = width() < wideFrom;
    m_rail->setNarrow(narrow);
    m_strip->setNarrow(narrow);
    const int forView = width() - m_rail->width() - m_actHere->minimumWidth();
    const bool docked = !narrow && forView >= m_theme.px(leastView);
    if (docked == m_side->docked())
        return;
    m_side->setDocked(docked);
    m_side->setShown(docked && m_panelWanted);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    layOut();
}

}  // namespace holdfast::widgets
