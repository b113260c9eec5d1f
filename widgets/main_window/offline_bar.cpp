#include "widgets/main_window/offline_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/navigator.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QHBoxLayout>
#include <QPainter>

namespace holdfast::widgets {

OfflineBar::OfflineBar(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_text(new RoleLabel(context.theme, TextRole::Strong, QString(), this)),
      m_detail(new RoleLabel(context.theme, TextRole::Small,
                             tr("That many services seldom fail at once: look at cable, Wi-Fi and VPN first."), this))
{
    setObjectName(QStringLiteral("offlineBar"));
    auto* targets = new FlatButton(context.theme, tr("Show targets"), this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(36, 7, 12, 7);
    layout->setSpacing(10);
    layout->addWidget(m_text);
    layout->addWidget(m_detail, 1);
    layout->addWidget(targets);
    m_detail->setMinimumWidth(0);
    m_detail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_detail->setToolTip(m_detail->text());
    connect(targets, &FlatButton::clicked, this,
            [this] { m_context.navigator.go({.view = QStringLiteral("targets"), .service = {}, .item = {}}); });
    connect(&context.link, &EngineLink::statusChanged, this, &OfflineBar::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &OfflineBar::refresh);
    hide();
}

void OfflineBar::refresh()
{
    const auto status = m_context.link.status();
    const bool offline = m_context.link.connected() && status && status->targets.offlineSuspected;
    setVisible(offline);
    if (!offline)
        return;
    m_text->setText(tr("You may be offline: %1 of %2 targets became unreachable at the same moment")
                        .arg(status->targets.total - status->targets.up)
                        .arg(status->targets.total));
    setAccessibleName(m_text->text());
}

void OfflineBar::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.unknownTint);
    painter.fillRect(QRect(0, 0, width(), 1), t.unknown);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.unknown);
    drawSeverity(painter, QRectF(12, (height() - 14) / 2.0, 14, 14), Severity::Unknown, t);
}

}  // namespace holdfast::widgets
