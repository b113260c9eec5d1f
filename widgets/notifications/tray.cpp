#include "widgets/notifications/tray.h"

#include "widgets/client/severity.h"
#include "widgets/notifications/worst.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QIcon>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QSystemTrayIcon>

namespace holdfast::widgets {

namespace {

constexpr int messageMs = 15'000;

}  // namespace

Tray::Tray(const Theme& theme, QObject* parent) : QObject(parent), m_theme(theme)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_icon = new QSystemTrayIcon(this);
    m_menu = std::make_unique<QMenu>();
    m_state = m_menu->addAction(tr("Holdfast"));
    connect(m_state, &QAction::triggered, this, [this] { emit openRequested(m_worst); });
    m_menu->addSeparator();
    m_ack = m_menu->addAction(tr("Acknowledge"));
    connect(m_ack, &QAction::triggered, this, [this] { emit ackRequested(m_worst); });
    m_snooze = m_menu->addAction(tr("Snooze 10 min"));
    connect(m_snooze, &QAction::triggered, this, [this] { emit snoozeRequested(m_worst); });
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Quit")), &QAction::triggered, qApp, &QApplication::closeAllWindows);
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            emit openRequested(m_worst);
    });
    connect(m_icon, &QSystemTrayIcon::messageClicked, this, [this] { emit openRequested(m_told); });
    setState({}, true);
    m_icon->show();
}

Tray::~Tray() = default;

void Tray::setState(const std::vector<Incident>& open, bool blind)
{
    if (!m_icon)
        return;
    const Incident* worst = worstOf(open);
    m_worst = worst ? worst->id : 0;
    const QString words = blind   ? tr("Holdfast: not collecting")
                          : worst ? tr("INC-%1 %2").arg(worst->id).arg(worst->title)
                                  : tr("Holdfast: no open incident");
    m_state->setText(words);
    m_ack->setVisible(worst && worst->state == QLatin1String("new"));
    m_snooze->setVisible(m_ack->isVisible());
    m_icon->setToolTip(words);
    m_icon->setIcon(QIcon(picture(m_theme, open, blind, 64)));
}

void Tray::show(const Notice& notice)
{
    m_told = notice.incident;
    if (m_icon)
        m_icon->showMessage(notice.title, notice.text, m_icon->icon(), messageMs);
}

QPixmap Tray::picture(const Theme& theme, const std::vector<Incident>& open, bool blind, int px)
{
    QPixmap pixmap(px, px);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    const QRectF box = QRectF(0, 0, px, px).adjusted(3, 3, -3, -3);
    const Incident* worst = worstOf(open);
    if (blind) {
        drawSeverity(painter, box, Severity::Unknown, theme.tokens());
        return pixmap;
    }
    if (!worst) {
        theme.icon(QStringLiteral("holdfast"), theme.tokens().text).paint(&painter, box.toRect());
        return pixmap;
    }
    const bool page = worst->severity != QLatin1String("sev3");
    drawSeverity(painter, box, page ? Severity::Critical : Severity::Warning, theme.tokens());
    painter.setFont(theme.font(px * 5 / 10, QFont::Bold));
    painter.setPen(page ? theme.tokens().badgeText : theme.tokens().badgeOnWarning);
    const QRectF number = page ? box : box.adjusted(0, box.height() * 0.3, 0, 0);
    painter.drawText(number, Qt::AlignCenter, QString::number(open.size()));
    return pixmap;
}

}  // namespace holdfast::widgets
