#include "widgets/main_window/main_window.h"

#include "widgets/client/prometheus_fleet.h"
#include "widgets/controls/act_here.h"
#include "widgets/export/picture_export.h"
#include "widgets/first_run/first_run_view.h"
#include "widgets/main_window/go_to_palette.h"
#include "widgets/main_window/incident_strip.h"
#include "widgets/main_window/link_bar.h"
#include "widgets/main_window/nav_rail.h"
#include "widgets/main_window/offline_bar.h"
#include "widgets/main_window/shortcut_sheet.h"
#include "widgets/main_window/status_cells.h"
#include "widgets/main_window/time_bar.h"
#include "widgets/notifications/notice_bar.h"
#include "widgets/notifications/notifier.h"
#include "widgets/replay/replay_bar.h"
#include "widgets/replay/replay_frame.h"
#include "widgets/time/range_text.h"
#include "widgets/time/zone.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStackedWidget>
#include <QTextEdit>
#include <QUrlQuery>
#include <QVBoxLayout>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int wideFrom = 1500;  // below it the rail shows icons and the panel starts hidden
constexpr int fleetIntervalMs = 2000;
constexpr int controlIntervalMs = 3000;
constexpr int incidentIntervalMs = 5000;
constexpr int clockMs = 1000;
constexpr int timePrefixMs = 1000;
constexpr int sparkPoints = 60;
constexpr std::int64_t minuteMs = 60'000;

/// The sparks span what the window shows, within what 60 points can say.
Feed<Fleet>::Ask fleetQuestion(bool attached, std::int64_t spanMs)
{
    const std::int64_t sparkS = std::clamp<std::int64_t>(spanMs / 1'000, 300, 86'400);
    QUrlQuery query;
    if (attached) {
        query.addQueryItem(QStringLiteral("query"), QString::fromUtf8(QUrl::toPercentEncoding(prometheusFleetQuery())));
        return {QStringLiteral("/api/v1/query"), query};
    }
    query.addQueryItem(QStringLiteral("range_s"), QString::number(sparkS));
    query.addQueryItem(QStringLiteral("points"), QString::number(sparkPoints));
    return {QStringLiteral("/holdfast/v1/fleet"), query};
}

Feed<IncidentList>::Ask incidentQuestion()
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("state"), QStringLiteral("all"));
    query.addQueryItem(QStringLiteral("limit"), QStringLiteral("50"));
    return {QStringLiteral("/holdfast/v1/incidents"), query};
}

bool takesText(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget)
           || qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget);
}

}  // namespace

MainWindow::MainWindow(const WindowOptions& options)
    : m_options(options),
      m_theme(options.theme.value_or(ThemeKind::Dark)),
      m_link(m_api, options.source),
      m_fleet(
          m_api, m_link, options.source.attach.isEmpty() ? decodeFleet : decodePrometheusFleet,
          [this] { return fleetQuestion(m_link.attached(), m_time.spanMs()); }, {}, fleetIntervalMs, nullptr),
      m_controls(
          m_api, m_link, decodeControls,
          [] {
              return Feed<ControlList>::Ask{QStringLiteral("/holdfast/v1/controls"), {}};
          },
          {QStringLiteral("control"), QStringLiteral("lease"), QStringLiteral("action")}, controlIntervalMs, nullptr),
      m_incidents(m_api, m_link, decodeIncidents, incidentQuestion, {QStringLiteral("incident")}, incidentIntervalMs,
                  nullptr),
      m_actions(m_api, m_link),
      m_replay(m_api, m_link, m_time),
      m_context{.api = m_api,
                .link = m_link,
                .time = m_time,
                .theme = m_theme,
                .navigator = m_navigator,
                .fleet = m_fleet,
                .controls = m_controls,
                .incidents = m_incidents,
                .actions = m_actions,
                .replay = m_replay}
{
    for (ViewEntry& entry : builtViews()) {
        if (!entry.needsEngine || !m_link.attached())
            m_pages.push_back({std::move(entry), nullptr});
    }
    restore();
    build();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow()
{
    qApp->removeEventFilter(this);
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
    m_strip = new IncidentStrip(m_context, has(QStringLiteral("incidents")), has(QStringLiteral("controls")), centre);
    std::vector<ViewEntry> entries;
    for (const Page& page : m_pages)
        entries.push_back(page.entry);
    m_rail = new NavRail(m_context, entries, centre);
    m_stack = new QStackedWidget(centre);
    m_actHere = new ActHere(m_context, centre);
    auto* cells = new StatusCells(m_context, has(QStringLiteral("targets")), has(QStringLiteral("controls")), centre);

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
    layout->addWidget(m_strip);
    layout->addWidget(new OfflineBar(m_context, centre));
    layout->addLayout(middle, 1);
    layout->addWidget(cells);
    setCentralWidget(centre);
    new ReplayFrame(m_theme, m_replay, centre);
    m_notifier = new Notifier(m_context, noticeBar, this);
    connect(&m_replay, &Replay::readAgain, this, &MainWindow::readAgain);

    if (m_options.view.isEmpty() && m_options.screenshot.isEmpty())
        new FirstRunGate(m_context, this);
    connect(m_timeBar, &TimeBar::goToRequested, this, &MainWindow::openPalette);
    connect(m_timeBar, &TimeBar::themeRequested, this, &MainWindow::switchTheme);
    connect(m_timeBar, &TimeBar::panelRequested, this, &MainWindow::togglePanel);
    connect(&m_navigator, &Navigator::placeChanged, this, &MainWindow::showPlace);
    connect(&m_fleet, &FeedBase::changed, this, &MainWindow::onServices);
    connect(&m_link, &EngineLink::committed, &m_time, &TimeCursor::setNow);
    connect(&m_link, &EngineLink::statusChanged, this, &MainWindow::fitRangeToHistory);
    m_clock.setInterval(clockMs);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (m_link.connected())
            m_time.setNow(m_link.engineNowMs());
    });
}

void MainWindow::start()
{
    m_theme.apply(m_theme.kind());
    m_link.start();
    m_clock.start();
    m_fleet.setActive(true);
    m_notifier->start();
    if (!m_link.attached()) {
        m_controls.setActive(true);
        m_incidents.setActive(true);
    }
    if (const auto at = parseRange(m_options.at, m_link.engineNowMs()); at.ok() && !m_options.at.isEmpty())
        m_time.setRange(at->startMs, at->endMs);
    if (const QDateTime at = QDateTime::fromString(m_options.at, Qt::ISODate); at.isValid())
        m_replay.enterBundleAt(at.toMSecsSinceEpoch());
    if (m_pages.empty())
        return;
    const QString wanted =
        m_options.view.isEmpty() ? QSettings().value(QStringLiteral("window/view")).toString() : m_options.view;
    const QString view = has(wanted) ? wanted : m_pages.front().entry.id;
    // The page of a service comes back to it; the fleet begins at its first row.
    const bool isPage = view == QLatin1String("service");
    const QString service = !m_options.service.isEmpty() ? m_options.service
                            : isPage ? QSettings().value(QStringLiteral("window/service")).toString()
                                     : QString();
    m_navigator.go({.view = view, .service = service, .item = {}});
}

bool MainWindow::painted() const
{
    const auto page = std::find_if(m_pages.begin(), m_pages.end(),
                                   [this](const Page& candidate) { return candidate.entry.id == m_shown; });
    return m_link.connected() && page != m_pages.end() && page->view && page->view->painted();
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
    m_notifier->setPage(page->entry.title);
}

void MainWindow::onServices()
{
    const auto fleet = m_fleet.latest();
    if (!fleet || fleet->services.empty() || m_shown == QLatin1String("fleet"))
        return;  // the fleet selects its own first row
    const bool known = std::any_of(fleet->services.begin(), fleet->services.end(), [this](const FleetService& service) {
        return service.name == m_navigator.service();
    });
    if (!known && m_navigator.service().isEmpty())
        m_navigator.go({.view = {}, .service = fleet->services.front().name, .item = {}});
}

void MainWindow::readAgain()
{
    m_fleet.refresh();
    m_controls.refresh();
    m_incidents.refresh();
    if (Page* page = current(); page && page->view)
        page->view->refreshNow();
}

void MainWindow::fitRangeToHistory()
{
    if (m_replay.on())
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

void MainWindow::openPalette()
{
    std::vector<ViewEntry> entries;
    for (const Page& page : m_pages)
        entries.push_back(page.entry);
    (new GoToPalette(m_context, entries, this))->open();
}

void MainWindow::switchTheme()
{
    m_theme.apply(m_theme.kind() == ThemeKind::Dark ? ThemeKind::Light : ThemeKind::Dark);
}

void MainWindow::togglePanel()
{
    m_panelWanted = !m_actHere->isVisible();
    m_actHere->setVisible(m_panelWanted);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Single keys mean the same wherever the focus is, unless somebody types text or a dialog is open.
    if (event->type() != QEvent::KeyPress || !isActiveWindow() || qApp->activeModalWidget()
        || qApp->activePopupWidget())
        return QMainWindow::eventFilter(watched, event);
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != this || takesText(widget))
        return QMainWindow::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() == Qt::NoModifier && pressSingleKey(key->key()))
        return true;
    if (key->text() == QLatin1String("?") && pressSingleKey(Qt::Key_Question))
        return true;
    return QMainWindow::eventFilter(watched, event);
}

bool MainWindow::pressTimeKey(int key)
{
    switch (key) {
    case Qt::Key_Z: m_time.zoomOut(); return true;
    case Qt::Key_Left: m_time.shift(-1); return true;
    case Qt::Key_Right: m_time.shift(1); return true;
    case Qt::Key_L: m_time.resumeLive(); return true;
    case Qt::Key_C:
        QGuiApplication::clipboard()->setText(
            rangeAsJson({m_time.mode() == TimeMode::Live, m_time.startMs(), m_time.endMs()}));
        return true;
    case Qt::Key_V:
        if (const auto range =
                parseRange(QGuiApplication::clipboard()->text(), m_time.nowMs(), shownOffsetMs(m_time.nowMs())))
            range->live ? m_time.setLive(range->spanMs()) : m_time.setRange(range->startMs, range->endMs);
        return true;
    default: return false;
    }
}

bool MainWindow::pressSingleKey(int key)
{
    Page* page = current();
    if (m_timePrefix.isValid()) {
        const bool soon = m_timePrefix.elapsed() < timePrefixMs;
        m_timePrefix.invalidate();
        if (soon && pressTimeKey(key))
            return true;
    }
    if (key == Qt::Key_T) {
        m_timePrefix.start();
        return true;
    }
    if (key >= Qt::Key_1 && key <= Qt::Key_9) {
        for (const Page& candidate : m_pages) {
            if (candidate.entry.digit == key - Qt::Key_0) {
                m_navigator.go({.view = candidate.entry.id, .service = {}, .item = {}});
                return true;
            }
        }
        return false;
    }
    const bool onStrip = m_strip->hasFocus();
    if (page && !onStrip && page->view->pressKey(key))
        return true;
    switch (key) {
    case Qt::Key_P: m_time.togglePause(); return true;
    case Qt::Key_I: m_strip->cycle(1); return true;
    case Qt::Key_Question:
    case Qt::Key_F1: (new ShortcutSheet(m_theme, this))->open(); return true;
    case Qt::Key_F4: togglePanel(); return true;
    case Qt::Key_F11: setWindowState(windowState() ^ Qt::WindowFullScreen); return true;
    case Qt::Key_Backspace: m_navigator.back(); return true;
    default: break;
    }
    if (!page || onStrip)
        return false;
    switch (key) {
    case Qt::Key_Slash: page->view->focusFilter(); return true;
    case Qt::Key_J: page->view->moveSelection(1); return true;
    case Qt::Key_K: page->view->moveSelection(-1); return true;
    case Qt::Key_O: page->view->toggleAbnormal(); return true;
    case Qt::Key_S: page->view->sortNow(); return true;
    case Qt::Key_F5:
        m_link.probe();
        readAgain();
        return true;
    case Qt::Key_Escape: return page->view->escape();
    default: break;
    }
    return false;
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    if (control && event->key() == Qt::Key_K)
        openPalette();
    else if (control && event->key() == Qt::Key_P && event->modifiers().testFlag(Qt::ShiftModifier))
        openPalette();
    else if (control && event->key() == Qt::Key_S && event->modifiers().testFlag(Qt::ShiftModifier))
        current() ? askAndSavePicture(*current()->view, m_shown) : void();
    else if (control && event->key() == Qt::Key_H && event->modifiers().testFlag(Qt::ShiftModifier)
             && has(QStringLiteral("incidents")))
        m_navigator.go({.view = QStringLiteral("incidents"), .service = {}, .item = QStringLiteral("handover")});
    else if (control && event->key() == Qt::Key_Z)
        m_time.back();
    else if (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_Left)
        m_navigator.back();
    else if (event->modifiers() == Qt::NoModifier && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        current() ? current()->view->openSelection() : void();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    const bool narrow = width() < wideFrom;
    m_rail->setNarrow(narrow);
    if (!narrow)
        m_actHere->setVisible(m_panelWanted);
    else if (event->oldSize().width() >= wideFrom || event->oldSize().width() < 0)
        m_actHere->setVisible(false);
}

void MainWindow::restore()
{
    const QSettings settings;
    if (!m_options.theme && settings.value(QStringLiteral("window/theme")).toString() == QLatin1String("light"))
        m_theme.apply(ThemeKind::Light);
    m_panelWanted = settings.value(QStringLiteral("window/panel"), true).toBool();
    const std::int64_t span = settings.value(QStringLiteral("window/span_ms"), 1'800'000).toLongLong();
    m_rangeIsDefault = !settings.contains(QStringLiteral("window/span_ms")) && m_options.at.isEmpty();
    m_time.setLive(span);
    if (m_options.size)
        resize(*m_options.size);
    else if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(1600, 1000);
}

void MainWindow::save() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/theme"),
                      m_theme.kind() == ThemeKind::Light ? QStringLiteral("light") : QStringLiteral("dark"));
    settings.setValue(QStringLiteral("window/view"), m_navigator.place().view);
    settings.setValue(QStringLiteral("window/service"), m_navigator.service());
    settings.setValue(QStringLiteral("window/span_ms"), QVariant::fromValue<qint64>(m_time.spanMs()));
    settings.setValue(QStringLiteral("window/panel"), m_panelWanted);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_options.screenshot.isEmpty())
        save();
    QMainWindow::closeEvent(event);
}

}  // namespace holdfast::widgets
