#include "widgets/controls/effect_card.h"

#include "widgets/client/engine_link.h"
#include "widgets/client/feed.h"
#include "widgets/client/incident.h"
#include "widgets/controls/action_runner.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QJsonObject>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int padding = 12;
constexpr int headHeight = 42;
constexpr int lineHeight = 20;
constexpr int buttonsHeight = 66;
constexpr int cautionHeight = 34;
constexpr std::int64_t watchedMs = 300'000;  // cockpit.md §4.5.4: five minutes say what it did
constexpr std::int64_t extendByS = 900;

Result<bool> accepted(const QByteArray&)
{
    return true;
}

}  // namespace

EffectCard::EffectCard(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
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
    m_keep->setToolTip(tr("It stays as it is until its end; the card goes."));
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
    m_action = action;
    m_title = controlTitle;
    m_lease = lease;
    if (action.id != m_saidOf)
        m_said.clear();
    m_rows = effectRows(action);
    m_caution = effectCaution(action);
    setObjectName(QStringLiteral("effect.%1").arg(action.id));
    fit();
    showLock();
    const qint64 where = incident();
    m_note->setText(m_said.isEmpty() ? (where > 0 ? tr("Add to INC-%1").arg(where) : tr("Add to incident")) : m_said);
    m_note->updateGeometry();
    setAccessibleName(effectSentence(action, controlTitle));
    setToolTip(
        tr("Before: the ten minutes before. Now: the last minute, half a minute after the action at the earliest."));
    update();
}

void EffectCard::showLock()
{
    const Acting& acting = m_context.actions.acting();
    acting.apply(*m_revert, m_lease.has_value());
    acting.apply(*m_extend, m_lease.has_value());
    acting.apply(*m_note, incident() > 0 && !m_rows.empty());
}

void EffectCard::fit()
{
    const int lines = 1 + std::max(1, static_cast<int>(m_rows.size()));
    setFixedHeight(m_context.theme.px(headHeight + lineHeight * lines + (m_caution.isEmpty() ? 0 : cautionHeight)
                                      + buttonsHeight + 8));
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
                                         {QStringLiteral("text"), effectSentence(m_action, m_title)},
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
    const std::int64_t now = m_context.link.engineNowMs();
    const std::int64_t since = std::max<std::int64_t>(0, now - m_action.createdMs);
    painter.setFont(m_context.theme.axis());
    painter.setPen(t.textSecondary);
    const QString after = since < watchedMs ? tr("after %1 of 5 min").arg(durationText(since / 1000 * 1000))
                                            : tr("%1 ago").arg(ageText(since));
    const int afterWidth = painter.fontMetrics().horizontalAdvance(after) + 2;
    write(QRectF(padding + inner - afterWidth, px(6), afterWidth, px(18)), after, Qt::AlignRight);
    painter.setFont(m_context.theme.small());
    write(QRectF(padding, px(23), inner, px(17)),
          QStringLiteral("%1 · %2 · %3").arg(m_title, timeText(m_action.createdMs, now), m_action.actor));
    painter.setFont(m_context.theme.strong());
    painter.setPen(t.text);
    write(QRectF(padding, px(6), inner - afterWidth - 6, px(18)), tr("Effect of %1").arg(effectOf(m_action)));

    painter.setFont(m_context.theme.axis());
    const qreal verdictWidth = std::min<qreal>(m_rows.empty() ? 0 : px(170), inner * 0.33);
    const qreal numberWidth = std::min<qreal>(px(70), inner * 0.175);
    const qreal signalWidth = inner - verdictWidth - 2 * numberWidth;
    qreal y = px(headHeight);
    const qreal step = px(lineHeight);
    const auto line = [&](const QString& signal, const QString& before, const QString& after2, const QString& verdict) {
        write(QRectF(padding, y, signalWidth - 4, step), signal);
        write(QRectF(padding + signalWidth, y, numberWidth - 6, step), before, Qt::AlignRight);
        write(QRectF(padding + signalWidth + numberWidth, y, numberWidth - 6, step), after2, Qt::AlignRight);
        write(QRectF(padding + signalWidth + 2 * numberWidth + 2, y, verdictWidth - 2, step), verdict);
        y += step;
    };
    painter.setPen(t.textTertiary);
    if (m_rows.empty()) {
        line({}, {}, {}, {});
        write(QRectF(padding, px(headHeight), inner, step), tr("No measurement of it yet"));
        y += step;
    } else {
        line({}, tr("before"), tr("now"), {});
    }
    for (const EffectRow& row : m_rows) {
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
