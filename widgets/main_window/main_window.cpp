#include "widgets/main_window/main_window.h"

#include "widgets/controls/act_here.h"
#include "widgets/first_run/first_run_view.h"
#include "widgets/main_window/environments.h"
#include "widgets/main_window/go_to_palette.h"
#include "widgets/main_window/incident_strip.h"
#include "widgets/main_window/link_bar.h"
#include "widgets/main_window/nav_rail.h"
#include "widgets/main_window/note_bar.h"
#include "widgets/main_window/offline_bar.h"
#include "widgets/main_window/place_link.h"
#include "widgets/main_window/shortcut_sheet.h"
#include "widgets/main_window/status_cells.h"
#include "widgets/main_window/time_bar.h"
#include "widgets/notifications/notice_bar.h"
#include "widgets/notifications/notifier.h"
#include "widgets/replay/replay_bar.h"
#include "widgets/replay/replay_frame.h"
#include "widgets/time/range_text.h"
#include "widgets/time/zone.h"

#include <QApplication>
#include <QDateTime>
#include <QDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QProcess>
#include <QResizeEvent>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int wideFrom = 1500;  // below it the rail shows icons and the panel starts hidden
constexpr std::int64_t minuteMs = 60'000;
constexpr int keepEveryMs = 5000;  // what an unexpected end may lose

/// Whether a window on this engine runs; still true at the next start when it ended unexpectedly.
QString runningKey(const EngineSource& source)
{
    return QStringLiteral("running/%1").arg(qHash(source.engineFile + source.attach.toString(), 0), 0, 16);
}

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
    auto* noticeBar = new NoticeBar(m_theme, centre);
    m_linkBar = new LinkBar(m_context, centre);
    m_note = new NoteBar(m_theme, centre);
    m_strip = new IncidentStrip(m_context, has(QStringLiteral("incidents")), has(QStringLiteral("controls")), centre);
    m_rail = new NavRail(m_context, entries(), centre);
    m_stack = new QStackedWidget(centre);
    m_actHere = new ActHere(m_context, centre);
    m_cells = new StatusCells(m_context, has(QStringLiteral("targets")), has(QStringLiteral("controls")), centre);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_stack, 1);
    middle->addWidget(m_actHere);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_timeBar);
    layout->addWidget(replayBar);
    layout->addWidget(m_linkBar);
    layout->addWidget(noticeBar);
    layout->addWidget(m_note);
    layout->addWidget(m_strip);
    layout->addWidget(new OfflineBar(m_context, centre));
    layout->addLayout(middle, 1);
    layout->addWidget(m_cells);
    setCentralWidget(centre);
    new ReplayFrame(m_theme, m_core.replay, centre);
    if (!isSecond())
        m_notifier = new Notifier(m_context, noticeBar, this);
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
        if (const QDateTime at = QDateTime::fromString(m_core.options.at, Qt::ISODate); at.isValid())
            m_core.replay.enterBundleAt(at.toMSecsSinceEpoch());
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
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const EngineSource& here = m_core.options.source;
    const auto status = m_link.status();
    const auto switchTo = [this](const QStringList& arguments) {
        // A program of its own: nothing of one environment is left in the picture of the other.
        if (QProcess::startDetached(QApplication::applicationFilePath(), arguments))
            close();
        else
            m_note->say(tr("%1 could not be started").arg(QApplication::applicationFilePath()), QString());
    };
    if (!status) {
        menu->addAction(tr("The engine has not answered yet"))->setEnabled(false);
    } else {
        const QString name = m_link.readOnly() ? here.attach.toString() : status->environment;
        QAction* current = menu->addAction(m_link.readOnly() ? tr("%1 – read only").arg(name) : name);
        current->setCheckable(true);
        current->setChecked(true);
    }
    for (const Environment& known : knownEnvironments()) {
        if (!known.sameSource(here))
            connect(menu->addAction(known.source.attach.isEmpty()
                                        ? tr("%1 – %2").arg(known.name, known.source.engineFile)
                                        : tr("%1 – read only").arg(known.source.attach.toString())),
                    &QAction::triggered, this, [switchTo, known] { switchTo(known.arguments()); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Look at another engine or a Prometheus…")), &QAction::triggered, this, [this, switchTo] {
        auto* dialog = new QInputDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(tr("Look at another engine or a Prometheus"));
        dialog->setLabelText(
            tr("Address of a Holdfast engine on another machine, or of a Prometheus, Thanos, Mimir or "
               "VictoriaMetrics. Reading only: nothing can be switched or acknowledged there."));
        dialog->setTextValue(QStringLiteral("http://127.0.0.1:9090"));
        connect(dialog, &QInputDialog::textValueSelected, this, [switchTo](const QString& address) {
            switchTo({QStringLiteral("--attach"), address.trimmed()});
        });
        dialog->open();
    });
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
    m_panelWanted = !m_actHere->isVisible();
    m_actHere->setVisible(m_panelWanted);
}

void MainWindow::layOut()
{
    m_rail->setNarrow(width() < m_theme.px(wideFrom));
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    const int wide = m_theme.px(wideFrom);
    const bool narrow = width() < wide;
    layOut();
    if (!narrow)
        m_actHere->setVisible(m_panelWanted);
    else if (event->oldSize().width() >= wide || event->oldSize().width() < 0)
        m_actHere->setVisible(false);
}

void MainWindow::restore()
{
    QSettings settings;
    const WindowOptions& options = m_core.options;
    m_panelWanted = settings.value(QStringLiteral("window/panel"), true).toBool();
    if (isSecond()) {
        if (!restoreGeometry(settings.value(QStringLiteral("window2/geometry")).toByteArray()))
            resize(1280, 800);
        return;
    }
    const std::int64_t span = settings.value(QStringLiteral("window/span_ms"), 1'800'000).toLongLong();
    m_rangeIsDefault = !settings.contains(QStringLiteral("window/span_ms")) && options.at.isEmpty();
    m_time.setLive(span);
    if (options.size)
        resize(*options.size);
    else if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(1600, 1000);
}

void MainWindow::restoreSecond()
{
    QSettings settings;
    const bool endedBadly = settings.value(runningKey(m_core.options.source)).toBool();
    settings.setValue(runningKey(m_core.options.source), true);
    settings.sync();  // what ends unexpectedly cannot write it any more
    if (endedBadly) {
        m_note->say(tr("Restored after an unexpected end: view, range and windows are those of before. Nothing was "
                       "sent again; what the engine holds, it held."),
                    has(QStringLiteral("health")) ? tr("Holdfast's own health") : QString());
        connect(m_note, &NoteBar::wayOutTaken, this,
                [this] { m_navigator.go({.view = QStringLiteral("health"), .service = {}, .item = {}}); });
    }
    if (settings.value(QStringLiteral("window2/open")).toBool()) {
        openBeside({.view = settings.value(QStringLiteral("window2/view")).toString(),
                    .service = settings.value(QStringLiteral("window2/service")).toString(),
                    .item = {}});
        activateWindow();
    }
    auto* keep = new QTimer(this);
    connect(keep, &QTimer::timeout, this, [this] {
        if (isVisible())
            save(true);
    });
    keep->start(keepEveryMs);
}

void MainWindow::save(bool running) const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/view"), m_navigator.place().view);
    settings.setValue(QStringLiteral("window/service"), m_navigator.service());
    settings.setValue(QStringLiteral("window/span_ms"), QVariant::fromValue<qint64>(m_time.spanMs()));
    settings.setValue(QStringLiteral("window/panel"), m_panelWanted);
    settings.setValue(QStringLiteral("window2/open"), second() != nullptr);
    settings.setValue(runningKey(m_core.options.source), running);
    if (m_second)
        m_second->saveSecond();
}

void MainWindow::saveSecond() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window2/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window2/view"), m_navigator.place().view);
    settings.setValue(QStringLiteral("window2/service"), m_navigator.service());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_core.options.screenshot.isEmpty())
        isSecond() ? saveSecond() : save(false);
    if (m_second)
        m_second->hide();
    QMainWindow::closeEvent(event);
}

}  // namespace holdfast::widgets
