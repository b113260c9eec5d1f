#include "widgets/map/map_view.h"

#include "widgets/client/control.h"
#include "widgets/client/feed.h"
#include "widgets/client/fleet.h"
#include "widgets/client/prometheus_controls.h"
#include "widgets/client/prometheus_fleet.h"
#include "widgets/client/prometheus_page.h"
#include "widgets/map/map_canvas.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/time_cursor.h"

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
    m_empty =
        new RoleLabel(context.theme, TextRole::Secondary,
                      tr("No calls between services are known yet. They come from breaker and client metrics, or from "
                         "“depends_on” under “holdfast: services:” in the configuration file."),
                      this);
    m_empty->setWordWrap(true);
    layout->addWidget(m_empty);
    layout->addWidget(m_canvas, 1);

    connect(m_canvas, &MapCanvas::selected, &m_context.navigator, &Navigator::selectService);
    connect(m_canvas, &MapCanvas::opened, this, [this](const QString& service) {
        m_context.navigator.go({QStringLiteral("service"), service, {}});
    });
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
    connect(button(tr("Fit"), "mapFit"), &FlatButton::clicked, m_canvas, &MapCanvas::fit);
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
    if (!m_context.navigator.service().isEmpty())
        m_context.navigator.go({QStringLiteral("service"), m_context.navigator.service(), {}});
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
    if (m_canvas->hops() == 0)
        return false;
    useHops(0);
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
    if (!isVisible() || !fleet)
        return;
    if (!m_placesUsed)
        usePlaces();
    const auto status = m_context.link.status();
    m_canvas->setSettled(m_placesKept || !status || m_context.link.engineNowMs() - status->startedMs > youngMs);
    // Of a moment gone by the switches of now say nothing.
    const auto controls = past ? m_pastControls : m_context.controls.latest();
    m_canvas->setFleet(*fleet, controls.get());
    m_empty->setVisible(fleet->edges.empty());
    QString seen = tr("%1 services, %2 calls · as of %3")
                       .arg(static_cast<qint64>(fleet->services.size()))
                       .arg(static_cast<qint64>(fleet->edges.size()))
                       .arg(timeText(fleet->atMs, past ? m_context.time.nowMs() : fleet->atMs));
    if (past)
        seen += m_context.time.mode() == TimeMode::Paused ? tr(" · PAUSED") : tr(" · HELD");
    if (!m_context.link.connected())
        seen += tr(" · the engine is not reachable, this is the last picture");
    m_seen->setText(seen);
    showBlast();
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
