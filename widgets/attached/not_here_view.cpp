#include "widgets/attached/not_here_view.h"

#include "widgets/client/engine_link.h"
#include "widgets/navigator.h"
#include "widgets/theme/state_page.h"

#include <QVBoxLayout>

namespace holdfast::widgets {

NotHereView::NotHereView(const ViewContext& context, const QString& view, QWidget* parent)
    : View(parent), m_context(context), m_page(new StatePage(context.theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(m_page, 1);
    const QString host = context.link.publicUrl().authority();
    if (view == QLatin1String("controls")) {
        m_page->say(tr("Nothing can be switched here"),
                    tr("This window is attached to the Prometheus at %1 – reading only. How breakers stand is on the "
                       "map and on each service's page. To switch them, run an engine that knows their control "
                       "endpoints: holdfast serve --config prometheus.yml")
                        .arg(host),
                    tr("Show the map"));
        connect(m_page, &StatePage::wayOutTaken, this, [this] {
            m_context.navigator.go({QStringLiteral("map"), {}, {}});
        });
        return;
    }
    m_page->say(tr("No engine runs here"),
                tr("This window is attached to the Prometheus at %1 – reading only. Health is that of a Holdfast "
                   "engine: its store, its rules, its queues. What the Prometheus reads, and how that goes, is on the "
                   "targets page.")
                    .arg(host),
                tr("Show the targets"));
    connect(m_page, &StatePage::wayOutTaken, this, [this] {
        m_context.navigator.go({QStringLiteral("targets"), {}, {}});
    });
}

}  // namespace holdfast::widgets
