#include "widgets/main_window/incident_strip.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/controls/action_runner.h"
#include "widgets/navigator.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"
#include "widgets/view.h"

#include <QHBoxLayout>
#include <QJsonObject>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int stripHeight = 32;
constexpr qint64 ackForS = 1800;

Severity severityOf(const Incident& incident)
{
    return incident.severity == QLatin1String("sev3") ? Severity::Warning : Severity::Critical;
}

}  // namespace

IncidentStrip::IncidentStrip(const ViewContext& context, bool hasIncidentView, bool hasControlView, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_hasIncidentView(hasIncidentView),
      m_hasControlView(hasControlView),
      m_ack(new FlatButton(context.theme, tr("Ack"), this)),
      m_openButton(new FlatButton(context.theme, tr("Open"), this)),
      m_inForce(new FlatButton(context.theme, QString(), this, ButtonLook::Quiet))
{
    setFixedHeight(context.theme.px(stripHeight));
    connect(&context.theme, &Theme::changed, this, [this] { setFixedHeight(m_context.theme.px(stripHeight)); });
    setFocusPolicy(Qt::TabFocus);
    setObjectName(QStringLiteral("incidentStrip"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(6);
    layout->addStretch(1);
    layout->addWidget(m_ack);
    layout->addWidget(m_openButton);
    layout->addWidget(m_inForce);
    connect(m_ack, &FlatButton::clicked, this, &IncidentStrip::acknowledge);
    connect(m_openButton, &FlatButton::clicked, this, &IncidentStrip::open);
    connect(m_inForce, &FlatButton::clicked, this,
            [this] { m_context.navigator.go({.view = QStringLiteral("controls"), .service = {}, .item = {}}); });
    connect(&context.incidents, &FeedBase::changed, this, &IncidentStrip::refresh);
    connect(&context.link, &EngineLink::statusChanged, this, &IncidentStrip::refresh);
    connect(&context.link, &EngineLink::stateChanged, this, &IncidentStrip::refresh);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(&m_tick, &QTimer::timeout, this, &IncidentStrip::refresh);
    m_tick.start(1000);
    refresh();
}

const Incident* IncidentStrip::current() const
{
    return m_shown < m_open.size() ? &m_open[m_shown] : nullptr;
}

void IncidentStrip::refresh()
{
    const std::int64_t shownId = current() ? current()->id : 0;
    m_open.clear();
    if (const auto list = m_context.incidents.latest())
        std::copy_if(list->incidents.begin(), list->incidents.end(), std::back_inserter(m_open),
                     [](const Incident& incident) { return incident.open(); });
    std::stable_sort(m_open.begin(), m_open.end(), [](const Incident& a, const Incident& b) {
        return std::pair(a.ackedMs.has_value(), a.severity) < std::pair(b.ackedMs.has_value(), b.severity);
    });
    const auto same = std::find_if(m_open.begin(), m_open.end(), [&](const Incident& i) { return i.id == shownId; });
    m_shown = same == m_open.end() ? 0 : static_cast<std::size_t>(same - m_open.begin());

    const Incident* incident = current();
    const bool connected = m_context.link.connected();
    m_ack->setVisible(incident && !incident->ackedMs && !m_context.replay.on() && !m_context.link.readOnly());
    m_ack->setEnabled(connected);
    m_openButton->setVisible(incident && m_hasIncidentView);
    const auto status = m_context.link.status();
    const bool anyHold = status && status->holds.count > 0 && !m_context.replay.on();
    m_inForce->setVisible(anyHold && m_hasControlView);
    if (anyHold) {
        QString text = tr("In force %1").arg(status->holds.count);
        if (status->holds.nextEndMs)
            text += QStringLiteral(" · ") + countdownText(*status->holds.nextEndMs - m_context.link.engineNowMs());
        m_inForce->setText(text);
        m_inForce->updateGeometry();
    }
    setAccessibleName(sentence());
    update();
}

QString IncidentStrip::sentence() const
{
    const EngineLink& link = m_context.link;
    if (!m_problem.isEmpty())
        return m_problem;
    if (link.attached())
        return tr("Attached to Prometheus at %1 – reading only; what it watches itself is under Alerts.")
            .arg(m_context.api.endpoint().authority());
    const std::int64_t now = link.engineNowMs();
    const Incident* incident = current();
    if (!incident) {
        if (!m_context.incidents.latest())
            return link.connected() ? tr("Reading incidents…") : tr("Incidents are not known without the engine");
        if (m_context.replay.on())
            return tr("No open incident was known at %1").arg(timeText(now, now));
        const auto status = link.status();
        if (status && status->incidents.lastClosedMs)
            return tr("No open incident · last closed %1 ago").arg(ageText(now - *status->incidents.lastClosedMs));
        if (status && status->rules.rules > 0)
            return tr("No open incident · %1 watched, last evaluated %2 ago")
                .arg(status->rules.rules == 1 ? tr("1 rule") : tr("%1 rules").arg(status->rules.rules))
                .arg(ageText(now - status->rules.lastEvaluationMs));
        return tr("No open incident");
    }
    QString text = QStringLiteral("INC-%1  %2").arg(incident->id).arg(incident->title);
    text += tr("  ·  %1  ·  %2")
                .arg(incident->signalCount == 1 ? tr("1 signal") : tr("%1 signals").arg(incident->signalCount),
                     ageText(now - incident->openedMs));
    if (!incident->origin.isEmpty())
        text += tr("  ·  origin %1?").arg(incident->origin);
    if (!incident->owner.isEmpty())
        text += QStringLiteral("  ·  ") + incident->owner;
    if (m_open.size() > 1)
        text += tr("  ·  %1 of %2").arg(m_shown + 1).arg(m_open.size());
    return text;
}

void IncidentStrip::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    const Incident* incident = current();
    const Severity severity = incident ? severityOf(*incident) : Severity::Normal;
    painter.fillRect(rect(), incident ? m_context.theme.tint(severity) : t.surface);
    int x = 12;
    if (incident) {
        const QRectF shape(x, (height() - 14) / 2.0, 14, 14);
        if (incident->state == QLatin1String("mitigated"))
            drawHeld(painter, shape, t);
        else
            drawSeverity(painter, shape, severity, t);
        x += 24;
        if (!incident->ackedMs)
            painter.fillRect(QRect(0, 0, 4, height()), m_context.theme.colour(severity));
    }
    int right = width() - 12;
    for (const QWidget* part : {m_ack, m_openButton, m_inForce}) {
        if (part->isVisible())
            right = std::min(right, part->x() - 10);
    }
    painter.setFont(incident ? m_context.theme.strong() : m_context.theme.base());
    painter.setPen(incident ? t.text : t.textTertiary);
    const QString text = painter.fontMetrics().elidedText(sentence(), Qt::ElideRight, right - x);
    painter.drawText(QRect(x, 0, right - x, height()), Qt::AlignVCenter, text);
    if (hasFocus()) {
        painter.setPen(QPen(t.focus, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void IncidentStrip::resizeEvent(QResizeEvent*)
{
    update();
}

void IncidentStrip::cycle(int direction)
{
    if (m_open.empty())
        return;
    m_shown =
        (m_shown + m_open.size() + static_cast<std::size_t>(direction > 0 ? 1 : m_open.size() - 1)) % m_open.size();
    setAccessibleName(sentence());
    update();
}

void IncidentStrip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: cycle(-1); return;
    case Qt::Key_Down: cycle(1); return;
    case Qt::Key_Return:
    case Qt::Key_Enter: open(); return;
    case Qt::Key_A:
        if (event->modifiers() == Qt::NoModifier && m_ack->isVisible()) {
            acknowledge();
            return;
        }
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

void IncidentStrip::mousePressEvent(QMouseEvent*)
{
    open();
}

void IncidentStrip::open()
{
    if (const Incident* incident = current(); incident && m_hasIncidentView)
        m_context.navigator.go(
            {.view = QStringLiteral("incidents"), .service = {}, .item = QString::number(incident->id)});
}

void IncidentStrip::acknowledge()
{
    const Incident* incident = current();
    if (!incident)
        return;
    m_context.api.post<IncidentDetail>(
        m_ackSlot, QStringLiteral("/holdfast/v1/incidents/%1/ack").arg(incident->id),
        QJsonObject{{QStringLiteral("actor"), m_context.actions.actor()}, {QStringLiteral("for_s"), ackForS}},
        decodeIncident, [this](const auto& answer) {
            m_problem =
                answer ? QString() : tr("Not acknowledged: %1").arg(QString::fromStdString(answer.error().message));
            m_context.incidents.refresh();
            refresh();
        });
}

}  // namespace holdfast::widgets
