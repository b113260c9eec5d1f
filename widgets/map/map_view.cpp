#include "widgets/map/map_view.h"

#include "widgets/client/feed.h"
#include "widgets/map/map_canvas.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace holdfast::widgets {

MapView::MapView(const ViewContext& context, QWidget* parent) : View(parent), m_context(context)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(new RoleLabel(context.theme, TextRole::Headline, tr("Map"), this));
    m_seen = new RoleLabel(context.theme, TextRole::Secondary, QString(), this);
    row->addWidget(m_seen);
    row->addStretch(1);
    m_onlyAbnormal = new FlatButton(context.theme, tr("Only abnormal paths"), this);
    m_onlyAbnormal->setKeyHint(QStringLiteral("O"));
    m_onlyAbnormal->setCheckable(true);
    row->addWidget(m_onlyAbnormal);
    auto* arrange = new FlatButton(context.theme, tr("Lay out anew"), this);
    row->addWidget(arrange);
    layout->addLayout(row);
    m_empty =
        new RoleLabel(context.theme, TextRole::Secondary,
                      tr("No calls between services are known yet. They come from breaker and client metrics, or from "
                         "“depends_on” under “holdfast: services:” in the configuration file."),
                      this);
    m_empty->setWordWrap(true);
    layout->addWidget(m_empty);
    m_canvas = new MapCanvas(context.theme, this);
    layout->addWidget(m_canvas, 1);

    connect(m_onlyAbnormal, &FlatButton::toggled, this, [this](bool on) {
        m_onlyAbnormal->setLook(on ? ButtonLook::Inverse : ButtonLook::Outlined);
        m_canvas->setOnlyAbnormal(on);
    });
    connect(arrange, &FlatButton::clicked, m_canvas, &MapCanvas::arrange);
    connect(m_canvas, &MapCanvas::selected, &m_context.navigator, &Navigator::selectService);
    connect(m_canvas, &MapCanvas::opened, this, [this](const QString& service) {
        m_context.navigator.go({QStringLiteral("service"), service, {}});
    });
    connect(&m_context.navigator, &Navigator::serviceChanged, this,
            [this] { m_canvas->setSelected(m_context.navigator.service()); });
    connect(&m_context.fleet, &FeedBase::changed, this, &MapView::showFleet);
    connect(&m_context.controls, &FeedBase::changed, this, &MapView::showFleet);
    connect(&m_context.theme, &Theme::changed, m_canvas, qOverload<>(&QWidget::update));
    m_empty->hide();
}

void MapView::activate()
{
    m_context.fleet.setActive(true);
    m_context.controls.setActive(true);
    m_canvas->setSelected(m_context.navigator.service());
    showFleet();
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
}

bool MapView::painted() const
{
    return m_context.fleet.latest() != nullptr;
}

void MapView::showFleet()
{
    const auto fleet = m_context.fleet.latest();
    if (!isVisible() || !fleet)
        return;
    const auto controls = m_context.controls.latest();
    m_canvas->setFleet(*fleet, controls.get());
    m_empty->setVisible(fleet->edges.empty());
    m_seen->setText(tr("%1 services, %2 calls · as of %3")
                        .arg(static_cast<qint64>(fleet->services.size()))
                        .arg(static_cast<qint64>(fleet->edges.size()))
                        .arg(timeText(fleet->atMs, fleet->atMs)));
}

}  // namespace holdfast::widgets
