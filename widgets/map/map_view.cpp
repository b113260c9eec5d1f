#include "widgets/map/map_view.h"

#include "widgets/client/control.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/client/prometheus_controls.h"
#include "widgets/client/prometheus_fleet.h"
#include "widgets/client/prometheus_page.h"
#include "widgets/map/depends_on.h"
#include "widgets/map/map_canvas.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/state_page.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

constexpr std::int64_t youngMs = 90'000;       // guessed: by then all services were scraped and every call was counted
constexpr int momentDelayMs = 200;             // while the crosshair moves, only where it rests is asked for
constexpr std::int64_t guestSpanMs = 600'000;  // of a foreign Prometheus only the moment is wanted
constexpr std::int64_t guestPoints = 10;
constexpr std::int64_t historyMs = 1'800'000;
constexpr std::int64_t historyStepMs = 15'000;
constexpr qsizetype readableBoxes = 40;
constexpr std::array hopChoices{0, 1, 2, 3};
const auto blastPrefix = QStringLiteral("blast:");

QUrlQuery atTime(std::int64_t ms)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("at"), QString::number(ms));
    return query;
}

}  // namespace

MapView::MapView(const ViewContext& context, QWidget* parent)
    : View(parent), m_context(context), m_canvas(new MapCanvas(context.theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    auto* header = new QWidget(this);
    buildHeader(header);
    layout->addWidget(header);
    m_empty = new StatePage(context.theme, this);
    connect(m_empty, &StatePage::wayOutTaken, this, [this] {
        if (m_context.link.readOnly())
            m_context.navigator.go({QStringLiteral("fleet"), {}, {}});
        else
            m_context.navigator.go({QStringLiteral("settings"), {}, QStringLiteral("file")});
    });
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_canvas, 1);

    connect(m_canvas, &MapCanvas::selected, this, &MapView::choose);
    connect(m_canvas, &MapCanvas::opened, this, &MapView::open);
    connect(m_canvas, &MapCanvas::breakerHovered, this, &MapView::readHistory);
    connect(m_canvas, &MapCanvas::placesChanged, this, &MapView::savePlaces);
    connect(&m_context.navigator, &Navigator::serviceChanged, this,
            [this] { m_canvas->setSelected(m_context.navigator.service()); });
    connect(&m_context.fleet, &FeedBase::changed, this, &MapView::showFleet);
    connect(&m_context.controls, &FeedBase::changed, this, &MapView::showFleet);
    connect(&m_context.theme, &Theme::changed, m_canvas, &MapCanvas::redraw);
    m_momentDelay.setSingleShot(true);
    m_momentDelay.setInterval(momentDelayMs);
    connect(&m_momentDelay, &QTimer::timeout, this, &MapView::askForMoment);
    for (auto changed :
         {&TimeCursor::rangeChanged, &TimeCursor::modeChanged, &TimeCursor::crosshairChanged, &TimeCursor::pinsChanged})
        connect(&m_context.time, changed, this, [this] {
            if (isVisible() && moment() != (m_pastFleet ? m_pastFleet->atMs : 0) && !m_momentDelay.isActive())
                m_momentDelay.start();
        });
    m_empty->hide();
}

void MapView::buildHeader(QWidget* parent)
{
    auto* row = new QHBoxLayout(parent);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    const auto button = [&](const QString& text, const char* name) {
        auto* made = new FlatButton(m_context.theme, text, parent);
        made->setObjectName(QLatin1String(name));
        row->addWidget(made);
        return made;
    };
    row->addWidget(new RoleLabel(m_context.theme, TextRole::Headline, tr("Map"), parent));
    m_seen = new RoleLabel(m_context.theme, TextRole::Secondary, QString(), parent);
    m_seen->setObjectName(QStringLiteral("mapSeen"));
    m_seen->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_seen, 1);
    m_endBlast = button(QString(), "endBlast");
    m_endBlast->setLook(ButtonLook::Inverse);
    m_endBlast->setKeyHint(QStringLiteral("Esc"));
    m_endBlast->hide();
    connect(m_endBlast, &FlatButton::clicked, this, &MapView::escape);
    m_hops = button(tr("Around: all"), "mapHops");
    m_hops->setDropArrow(true);
    connect(m_hops, &FlatButton::clicked, this, [this] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        const QString service = m_context.navigator.service();
        for (const int hops : hopChoices) {
            const QString text = hops == 0 ? tr("All services") : tr("± %1 hops around %2").arg(hops).arg(service);
            menu->addAction(text, this, [this, hops] { useHops(hops); })->setEnabled(hops == 0 || !service.isEmpty());
        }
        menu->popup(m_hops->mapToGlobal(QPoint(0, m_hops->height())));
    });
    m_fold = button(tr("Fold namespaces"), "mapFold");
    m_fold->setToolTip(tr("Services of one namespace are one box; double-click or Enter opens it, Esc folds again"));
    m_fold->setCheckable(true);
    m_fold->setChecked(true);
    m_fold->setLook(ButtonLook::Inverse);
    m_fold->hide();
    connect(m_fold, &FlatButton::toggled, this, &MapView::setFolded);
    m_inferred = button(QString(), "mapInferred");
    m_inferred->setToolTip(
        tr("Calls concluded from the names of breakers; written down they stay and can be relied on"));
    m_inferred->setDropArrow(true);
    m_inferred->hide();
    connect(m_inferred, &FlatButton::clicked, this, &MapView::openInferredMenu);
    m_onlyAbnormal = button(tr("Only abnormal paths"), "mapOnlyAbnormal");
    m_onlyAbnormal->setKeyHint(QStringLiteral("O"));
    m_onlyAbnormal->setCheckable(true);
    connect(m_onlyAbnormal, &FlatButton::toggled, this, [this](bool on) {
        m_onlyAbnormal->setLook(on ? ButtonLook::Inverse : ButtonLook::Outlined);
        m_canvas->setOnlyAbnormal(on);
    });
    FlatButton* smaller = button(QStringLiteral("−"), "mapZoomOut");
    smaller->setAccessibleName(tr("Zoom out"));
    connect(smaller, &FlatButton::clicked, this, [this] { m_canvas->zoomBy(0.8, QRectF(m_canvas->rect()).center()); });
    FlatButton* larger = button(QStringLiteral("+"), "mapZoomIn");
    larger->setAccessibleName(tr("Zoom in"));
    connect(larger, &FlatButton::clicked, this, [this] { m_canvas->zoomBy(1.25, QRectF(m_canvas->rect()).center()); });
    FlatButton* fit = button(tr("Fit"), "mapFit");
    fit->setKeyHint(QStringLiteral("F"));
    connect(fit, &FlatButton::clicked, m_canvas, &MapCanvas::fit);
    FlatButton* arrange = button(tr("Lay out anew"), "mapArrange");
    arrange->setToolTip(tr("Forgets where boxes were put; they never move by themselves"));
    connect(arrange, &FlatButton::clicked, m_canvas, &MapCanvas::arrange);
}

void MapView::activate()
{
    m_context.fleet.setActive(true);
    m_context.controls.setActive(true);
    m_canvas->setSelected(m_context.navigator.service());
    placeChanged();
    askForMoment();
    showFleet();
}

void MapView::placeChanged()
{
    const QString item = m_context.navigator.place().item;
    if (item.startsWith(blastPrefix))
        m_blastControl = item.mid(blastPrefix.size());
    showBlast();
}

void MapView::moveSelection(int by)
{
    m_canvas->moveSelection(by);
}

void MapView::openSelection()
{
    if (!m_canvas->chosen().isEmpty())
        open(m_canvas->chosen());
}

void MapView::choose(const QString& service)
{
    // A folded namespace is no service: nothing else can be shown of it.
    if (isFolded(service))
        m_canvas->setSelected(service);
    else
        m_context.navigator.selectService(service);
}

void MapView::open(const QString& service)
{
    if (!isFolded(service)) {
        m_context.navigator.go({QStringLiteral("service"), service, {}});
        return;
    }
    m_open.insert(namespaceOfFolded(service));
    showFleet();
    m_canvas->fit();
}

void MapView::setFolded(bool folded)
{
    m_fold->setLook(folded ? ButtonLook::Inverse : ButtonLook::Outlined);
    m_open.clear();
    showFleet();
    m_canvas->fit();
}

bool MapView::folds() const
{
    return m_fold->isChecked() && m_shownFleet && static_cast<qsizetype>(m_shownFleet->services.size()) > readableBoxes;
}

bool MapView::pressKey(int key)
{
    if (key != Qt::Key_F)
        return false;
    m_canvas->fit();
    return true;
}

void MapView::toggleAbnormal()
{
    m_onlyAbnormal->toggle();
}

void MapView::refreshNow()
{
    m_context.fleet.refresh();
    m_context.controls.refresh();
    askForMoment();
}

bool MapView::escape()
{
    if (!m_blastControl.isEmpty()) {
        m_blastControl.clear();
        showBlast();
        return true;
    }
    if (m_canvas->hops() > 0) {
        useHops(0);
        return true;
    }
    if (m_open.isEmpty())
        return false;
    setFolded(m_fold->isChecked());
    return true;
}

bool MapView::painted() const
{
    return m_context.fleet.latest() != nullptr;
}

void MapView::useHops(int hops)
{
    m_hops->setText(hops == 0 ? tr("Around: all") : tr("Around %1: ± %2").arg(m_context.navigator.service()).arg(hops));
    m_hops->updateGeometry();
    m_canvas->setHops(hops);
}

std::int64_t MapView::moment() const
{
    const TimeCursor& time = m_context.time;
    if (const auto pinned = time.pinA())
        return *pinned;
    if (time.mode() == TimeMode::Live)
        return 0;
    return time.crosshairMs().value_or(time.endMs());
}

void MapView::askForMoment()
{
    const std::int64_t at = moment();
    if (at == 0) {
        m_pastFleetSlot.cancel();
        m_pastControlsSlot.cancel();
        m_pastFleet.reset();
        m_pastControls.reset();
        showFleet();
        return;
    }
    const auto take = [this](const auto& answer) {
        if (answer)
            m_pastFleet = *answer;
        else
            m_seen->setText(QString::fromStdString(answer.error().message));
        showFleet();
    };
    if (m_context.link.attached()) {
        m_context.api.ask<Fleet>(m_pastFleetSlot, QStringLiteral("/api/v1/query_range"),
                                 prometheusFleetRange(m_context.link.rateWindow(), at, guestSpanMs, guestPoints),
                                 decodePrometheusFleet, take);
        QUrlQuery breakers;
        breakers.addQueryItem(QStringLiteral("query"), prometheusBreakerQuery());
        breakers.addQueryItem(QStringLiteral("time"), QString::number(at / 1000));
        m_context.api.ask<ControlList>(m_pastControlsSlot, QStringLiteral("/api/v1/query"), breakers,
                                       decodePrometheusControls, [this](const auto& answer) {
                                           m_pastControls = answer ? *answer : nullptr;
                                           showFleet();
                                       });
        return;
    }
    m_context.api.get<Fleet>(m_pastFleetSlot, QStringLiteral("/holdfast/v1/fleet"), atTime(at), decodeFleet, take);
    m_context.api.get<ControlList>(m_pastControlsSlot, QStringLiteral("/holdfast/v1/controls"), atTime(at),
                                   decodeControls, [this](const auto& answer) {
                                       m_pastControls = answer ? *answer : nullptr;
                                       showFleet();
                                   });
}

void MapView::showFleet()
{
    const bool past = m_pastFleet != nullptr;
    const auto fleet = past ? m_pastFleet : m_context.fleet.latest();
    if (!fleet)
        sayReading();
    if (!isVisible() || !fleet)
        return;
    if (!m_placesUsed)
        usePlaces();
    const auto status = m_context.link.status();
    m_canvas->setSettled(m_placesKept || !status || m_context.link.engineNowMs() - status->startedMs > youngMs);
    // Of a moment gone by the switches of now say nothing.
    const auto controls = past ? m_pastControls : m_context.controls.latest();
    m_shownFleet = fleet;
    m_folded = folds() ? foldNamespaces(*fleet, controls.get(), m_open) : FoldedFleet{*fleet, {}};
    m_fold->setVisible(static_cast<qsizetype>(fleet->services.size()) > readableBoxes);
    m_canvas->setFleet(m_folded.fleet, controls.get());
    showWhyEmpty(fleet->edges.empty());
    const auto inferred = static_cast<qint64>(inferredCalls(*fleet).size());
    m_inferred->setVisible(inferred > 0 && !past && !m_context.link.readOnly());
    m_inferred->setText(tr("%1 inferred").arg(inferred));
    m_inferred->updateGeometry();
    QString seen = tr("%1 services, %2 calls · as of %3")
                       .arg(static_cast<qint64>(fleet->services.size()))
                       .arg(static_cast<qint64>(fleet->edges.size()))
                       .arg(timeText(fleet->atMs, past ? m_context.time.nowMs() : fleet->atMs));
    if (!m_folded.members.isEmpty())
        seen += tr(" · %1 namespaces folded").arg(m_folded.members.size());
    if (past)
        seen += m_context.time.mode() == TimeMode::Paused ? tr(" · PAUSED") : tr(" · HELD");
    if (!m_context.link.connected())
        seen += tr(" · the engine is not reachable, this is the last picture");
    m_seen->setText(seen);
    showBlast();
}

void MapView::sayReading()
{
    m_empty->show();
    m_canvas->hide();
    if (const auto& error = m_context.fleet.error())
        m_empty->say(tr("The calls cannot be read"), QString::fromStdString(error->message), {});
    else
        m_empty->say(tr("Reading who calls whom…"), tr("The map comes with the first answer of the engine."), {});
}

void MapView::showWhyEmpty(bool empty)
{
    m_empty->setVisible(empty);
    m_canvas->setVisible(!empty);
    if (!empty)
        return;
    const bool guest = m_context.link.readOnly();
    m_empty->say(tr("No calls between services are known yet"),
                 guest
                     ? tr("They come from breaker metrics, from client metrics that name whom they call, and from a "
                          "mesh. None of these is here.")
                     : tr("They come from breaker metrics, from client metrics that name whom they call, and from a "
                          "mesh. Where none of these is there, write “depends_on” under “holdfast: services:” into the "
                          "configuration."),
                 guest ? tr("Show the fleet") : tr("Open the configuration"));
}

void MapView::openInferredMenu()
{
    if (!m_shownFleet)
        return;
    const std::vector<FleetEdge> calls = inferredCalls(*m_shownFleet);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const FleetEdge& call : calls)
        menu->addAction(
            tr("%1 → %2   from breaker %3").arg(call.caller, call.callee, call.breaker.section(QLatin1Char('/'), 2)),
            this, [this, caller = call.caller] { choose(caller); });
    menu->addSeparator();
    menu->addAction(tr("Copy all as depends_on"), this,
                    [text = dependsOnText(calls)] { QApplication::clipboard()->setText(text); });
    menu->addAction(tr("Open the configuration"), this, [this] {
        m_context.navigator.go({QStringLiteral("settings"), {}, QStringLiteral("file")});
    });
    menu->popup(m_inferred->mapToGlobal(QPoint(0, m_inferred->height())));
}

void MapView::showBlast()
{
    const auto fleet = m_context.fleet.latest();
    const auto controls = m_context.controls.latest();
    std::optional<BlastRadius> radius;
    if (fleet && controls && !m_blastControl.isEmpty()) {
        const auto control = std::ranges::find(controls->controls, m_blastControl, &Control::id);
        if (control != controls->controls.end())
            radius = blastRadius(*fleet, control->service, control->callee);
    }
    if (radius && radius->empty())
        radius.reset();
    m_endBlast->setVisible(radius.has_value());
    if (radius)
        m_endBlast->setText(tr("Blast radius: %1 → %2").arg(radius->caller, radius->callee));
    m_endBlast->updateGeometry();
    m_canvas->setBlast(radius);
}

void MapView::readHistory(const QString& caller, const QString& control)
{
    const QString path =
        QStringLiteral("/holdfast/v1/services/") + QString::fromLatin1(QUrl::toPercentEncoding(caller));
    const auto read = [this, control](const Result<std::shared_ptr<const ServicePage>>& answer) {
        if (!answer)
            return;
        const auto& breakers = (*answer)->breakers;
        const auto lane = std::ranges::find(breakers, control, &BreakerLaneSpec::control);
        if (lane == breakers.end() || lane->stateExpr.isEmpty())
            return;
        const std::int64_t now = m_context.link.engineNowMs();
        m_context.api.queryRange(m_historySlot, lane->stateExpr, Grid{now - historyMs, now, historyStepMs},
                                 [this, control](const auto& matrix) {
                                     if (matrix && !(*matrix)->series.empty())
                                         m_canvas->setHistory(control, (*matrix)->series.front().values);
                                 });
    };
    if (!m_context.link.attached()) {
        m_context.api.get<ServicePage>(m_historySlot, path, {}, decodeServicePage, read);
        return;
    }
    const QString window = m_context.link.rateWindow();
    m_context.api.ask<ServicePage>(
        m_historySlot, QStringLiteral("/api/v1/query_range"),
        prometheusFleetRange(window, m_context.link.engineNowMs(), guestSpanMs, guestPoints),
        [caller, window](const QByteArray& body) { return decodePrometheusPage(body, caller, window); }, read);
}

QString MapView::placesKey() const
{
    const auto status = m_context.link.status();
    const QString environment = status ? status->environment : QString();
    return QStringLiteral("map/places/") + (environment.isEmpty() ? QStringLiteral("default") : environment);
}

void MapView::usePlaces()
{
    m_placesUsed = true;
    QMap<QString, QPointF> places;
    const QVariantMap kept = QSettings().value(placesKey()).toMap();
    for (auto place = kept.begin(); place != kept.end(); ++place)
        places.insert(place.key(), place.value().toPointF());
    m_placesKept = !places.isEmpty();
    m_canvas->setPlaces(places);
}

void MapView::savePlaces()
{
    QVariantMap kept;
    const auto& places = m_canvas->graph().places();
    for (auto place = places.begin(); place != places.end(); ++place)
        kept.insert(place.key(), place.value());
    QSettings().setValue(placesKey(), kept);
}

}  // namespace holdfast::widgets
