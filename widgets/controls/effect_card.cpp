#include "widgets/controls/effect_card.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/incident.h"
#include "widgets/controls/action_runner.h"
#include "widgets/replay/replay.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QJsonObject>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

// Heights at 100 % text, px.
constexpr int padding = 12;
constexpr int headHeight = 60;
constexpr int lineHeight = 20;
constexpr int buttonsHeight = 66;
constexpr int cautionHeight = 34;
constexpr int readEveryMs = 3000;
constexpr std::int64_t extendByS = 900;

Result<bool> accepted(const QByteArray&)
{
    return true;
}

}  // namespace

EffectCard::EffectCard(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_feed(
          context.api, context.link, decodeEffectView,
          [this] {
              return Feed<EffectView>::Ask{
                  m_action.id > 0 ? QStringLiteral("/holdfast/v1/actions/%1/effect").arg(m_action.id) : QString(), {}};
          },
          {QStringLiteral("action"), QStringLiteral("lease")}, readEveryMs, this),
      m_keep(new FlatButton(context.theme, tr("Keep"), this)),
      m_revert(new FlatButton(context.theme, tr("Revert now"), this)),
      m_extend(new FlatButton(context.theme, tr("+15 min"), this)),
      m_note(new FlatButton(context.theme, tr("Add to incident"), this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(padding, 0, padding, 8);
    grid->setSpacing(6);
    grid->setRowStretch(0, 1);
    grid->addWidget(m_keep, 1, 0, Qt::AlignLeft);
    grid->addWidget(m_revert, 1, 1, Qt::AlignLeft);
    grid->addWidget(m_extend, 1, 2, Qt::AlignLeft);
    grid->addWidget(m_note, 2, 0, 1, 3, Qt::AlignLeft);
    grid->setColumnStretch(3, 1);
    connect(&m_feed, &FeedBase::changed, this, &EffectCard::takeView);
    connect(m_keep, &FlatButton::clicked, this, [this] { emit kept(m_action.id); });
    connect(m_revert, &FlatButton::clicked, this, [this] {
        if (m_lease)
            m_context.actions.revert(*m_lease, tr("no reason given – reverted at its effect"));
    });
    connect(m_extend, &FlatButton::clicked, this, [this] {
        if (m_lease)
            m_context.actions.extend(*m_lease, extendByS);
    });
    connect(m_note, &FlatButton::clicked, this, &EffectCard::addToIncident);
    connect(&context.actions.acting(), &Acting::changed, this, &EffectCard::showLock);
    connect(&context.theme, &Theme::changed, this, [this] {
        fit();
        update();
    });
}

void EffectCard::show(const Action& action, const QString& controlTitle, const std::optional<Lease>& lease)
{
    const bool another = action.id != m_action.id;
    m_action = action;
    m_title = controlTitle;
    m_lease = lease;
    if (action.id != m_saidOf)
        m_said.clear();
    setObjectName(QStringLiteral("effect.%1").arg(action.id));
    if (another) {
        m_feed.clear();
        if (m_feed.active())
            m_feed.refresh();
    }
    takeView();
}

void EffectCard::takeView()
{
    const auto view = m_feed.latest();
    // In a replay nothing is told that was known only later.
    const bool told =
        view && view->action == m_action.id && !(m_context.replay.on() && view->atMs > m_context.replay.atMs());
    m_view = told ? std::optional(*view) : std::nullopt;
    say();
}

void EffectCard::say()
{
    Action told = m_action;
    if (m_view) {
        told.effect = m_view->lines;
        told.effectState = m_view->state;
    }
    m_rows = effectRows(told);
    m_caution = m_view ? effectCaution(*m_view) : effectCaution(told);
    const std::int64_t now = m_context.link.engineNowMs();
    m_head = tr("Effect of %1").arg(effectOf(m_action));
    m_span = m_view ? effectSpan(*m_view) : QString();
    if (ended()) {
        const QString at = timeText(m_view->endedMs, now);
        m_head = m_view->endedBy == QLatin1String("holdfast") ? tr("Ended by itself at %1; while it held:").arg(at)
                 : m_view->endedBy.isEmpty()                  ? tr("Not in force since %1; while it held:").arg(at)
                                             : tr("Reverted at %1 by %2; while it held:").arg(at, m_view->endedBy);
    }
    fit();
    const bool held = m_lease.has_value() && !ended();
    m_keep->setText(held ? tr("Keep") : tr("Close"));
    m_keep->setToolTip(held ? tr("It stays as it is until its end; the card goes.") : QString());
    m_keep->updateGeometry();
    showLock();
    const qint64 where = incident();
    m_note->setText(m_said.isEmpty() ? (where > 0 ? tr("Add to INC-%1").arg(where) : tr("Add to incident")) : m_said);
    m_note->updateGeometry();
    setAccessibleName(effectSentence(told, m_title));
    setAccessibleDescription(QStringList({m_head, m_span, m_caution}).join(QStringLiteral(". ")));
    setToolTip(
        tr("Before: the ten minutes before. Now: the last minute, half a minute after the action at the earliest."));
    update();
}

void EffectCard::showLock()
{
    const bool held = m_lease.has_value() && !ended();
    const Acting& acting = m_context.actions.acting();
    acting.apply(*m_revert, held);
    acting.apply(*m_extend, held);
    acting.apply(*m_note, incident() > 0 && !m_rows.empty());
}

void EffectCard::fit()
{
    int lines = 1 + std::max(1, static_cast<int>(m_rows.size()));
    for (std::size_t i = 1; i < m_rows.size(); ++i)
        lines += m_rows[i].service != m_rows[i - 1].service;
    setFixedHeight(m_context.theme.px(headHeight + lineHeight * lines + (m_caution.isEmpty() ? 0 : cautionHeight)
                                      + buttonsHeight + 8));
}

void EffectCard::tick()
{
    if (m_view && !ended() && m_view->atMs < m_view->judgedMs) {
        // Between two answers the seconds go on; the numbers wait for the next one.
        EffectView going = *m_view;
        going.atMs = std::min(going.judgedMs - 1, m_context.link.engineNowMs());
        m_span = effectSpan(going);
    }
    update();
}

void EffectCard::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_feed.setActive(true);
}

void EffectCard::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_feed.setActive(false);
}

qint64 EffectCard::incident() const
{
    if (m_action.incident > 0)
        return m_action.incident;
    if (const auto list = m_context.incidents.latest()) {
        for (const Incident& each : list->incidents) {
            if (each.open() && each.services.contains(m_action.service))
                return each.id;
        }
    }
    return 0;
}

void EffectCard::addToIncident()
{
    m_context.api.post<bool>(m_noteSlot, QStringLiteral("/holdfast/v1/incidents/%1/note").arg(incident()),
                             QJsonObject{{QStringLiteral("actor"), m_context.actions.actor()},
                                         {QStringLiteral("text"), accessibleName()},
                                         {QStringLiteral("starred"), true}},
                             accepted, [this](const auto& answer) {
                                 m_saidOf = m_action.id;
                                 m_said = answer ? tr("Added to INC-%1").arg(incident()) : tr("Not added – try again");
                                 m_note->setToolTip(answer ? QString()
                                                           : QString::fromStdString(answer.error().message));
                                 m_note->setText(m_said);
                                 m_note->updateGeometry();
                             });
}

void EffectCard::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_context.theme.tokens();
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight);  // as its parts are placed below
    const auto px = [this](int at100) { return m_context.theme.px(at100); };
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border, 1));
    painter.setBrush(t.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const int inner = width() - 2 * padding;
    const auto write = [&painter](const QRectF& box, const QString& text, Qt::Alignment alignment = Qt::AlignLeft) {
        painter.drawText(box, alignment | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(box.width())));
    };
    painter.setFont(m_context.theme.strong());
    painter.setPen(t.text);
    write(QRectF(padding, px(6), inner, px(18)), m_head);
    painter.setFont(m_context.theme.small());
    painter.setPen(t.textSecondary);
    write(QRectF(padding, px(24), inner, px(17)),
          QStringLiteral("%1 · %2 · %3")
              .arg(ended() ? QStringLiteral("%1 %2").arg(effectOf(m_action), m_title) : m_title,
                   timeText(m_action.createdMs, m_context.link.engineNowMs()), m_action.actor));
    write(QRectF(padding, px(41), inner, px(17)), m_span);

    painter.setFont(m_context.theme.axis());
    const qreal signalWidth = std::min<qreal>(px(84), inner * 0.25);
    const qreal numberWidth = std::min<qreal>(px(70), inner * 0.18);
    const qreal verdictWidth = inner - signalWidth - 2 * numberWidth;
    const int rowHeight = px(lineHeight);
    qreal y = px(headHeight);
    const auto line = [&](const QString& signal, const QString& before, const QString& after2, const QString& verdict) {
        write(QRectF(padding, y, signalWidth - 4, rowHeight), signal);
        write(QRectF(padding + signalWidth, y, numberWidth - 6, rowHeight), before, Qt::AlignRight);
        write(QRectF(padding + signalWidth + numberWidth, y, numberWidth - 6, rowHeight), after2, Qt::AlignRight);
        write(QRectF(padding + signalWidth + 2 * numberWidth + 2, y, verdictWidth - 2, rowHeight), verdict);
        y += rowHeight;
    };
    painter.setPen(t.textTertiary);
    if (m_rows.empty()) {
        write(QRectF(padding, y, inner, rowHeight),
              m_view ? tr("No signal of this service is measured") : tr("Reading the signals…"));
        y += 2 * rowHeight;
    } else {
        line({}, tr("before"), ended() ? tr("held") : tr("now"), {});
    }
    QString service;
    for (const EffectRow& row : m_rows) {
        if (row.service != service) {
            service = row.service;
            painter.setPen(t.textSecondary);
            write(QRectF(padding, y, inner, rowHeight), tr("of %1").arg(service));
            y += rowHeight;
        }
        painter.setPen(row.worse ? t.critical : t.text);
        const bool room = inner > px(380) && !row.because.isEmpty();
        line(row.signal, row.before, row.now,
             room ? QStringLiteral("%1 (%2)").arg(row.verdict, row.because) : row.verdict);
    }
    if (!m_caution.isEmpty()) {
        painter.setFont(m_context.theme.small());
        painter.setPen(t.textSecondary);
        painter.drawText(QRectF(padding, y, inner, px(cautionHeight)),
                         Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignVCenter, m_caution);
    }
}

}  // namespace holdfast::widgets
