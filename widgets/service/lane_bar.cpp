#include "widgets/service/lane_bar.h"

#include "widgets/client/engine_link.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/time/time_cursor.h"

#include <QHBoxLayout>

#include <cmath>

namespace holdfast::widgets {

LaneBar::LaneBar(const ViewContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_text(new RoleLabel(context.theme, TextRole::Small, QString(), this)),
      m_zoom(new FlatButton(context.theme, tr("Zoom in"), this)),
      m_baseline(new FlatButton(context.theme, tr("Use as baseline"), this)),
      m_note(new FlatButton(context.theme, tr("Add note…"), this)),
      m_clear(new FlatButton(context.theme, tr("Clear"), this)),
      m_effect(new FlatButton(context.theme, tr("End before / after"), this)),
      m_compare(new FlatButton(context.theme, tr("Compare"), this)),
      m_table(new FlatButton(context.theme, tr("Table"), this)),
      m_picture(new FlatButton(context.theme, tr("Picture…"), this))
{
    setObjectName(QStringLiteral("laneBar"));
    m_clear->setKeyHint(QStringLiteral("Esc"));
    m_table->setKeyHint(QStringLiteral("Alt+T"));
    m_compare->setDropArrow(true);
    m_compare->setObjectName(QStringLiteral("compareButton"));
    m_effect->hide();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 14, 4);
    layout->setSpacing(6);
    layout->addWidget(m_text);
    for (FlatButton* each : {m_zoom, m_baseline, m_note, m_clear, m_effect})
        layout->addWidget(each);
    layout->addStretch(1);
    for (FlatButton* each : {m_compare, m_table, m_picture})
        layout->addWidget(each);
    TimeCursor& time = context.time;
    connect(&time, &TimeCursor::pinsChanged, this, &LaneBar::showState);
    connect(&time, &TimeCursor::selectionChanged, this, &LaneBar::showState);
    connect(m_zoom, &FlatButton::clicked, &time, [&time] {
        const TimeSpan span = *time.selection();
        time.select(std::nullopt);
        time.setRange(span.startMs, span.endMs);
    });
    connect(m_clear, &FlatButton::clicked, &time, [&time] {
        time.select(std::nullopt);
        time.clearPins();
    });
    connect(m_baseline, &FlatButton::clicked, this,
            [this] { m_context.time.selection() ? emit baselineRequested() : emit baselineEnded(); });
    connect(m_note, &FlatButton::clicked, this, &LaneBar::noteRequested);
    connect(m_effect, &FlatButton::clicked, this, &LaneBar::effectEnded);
    connect(m_compare, &FlatButton::clicked, this, [this] { emit compareRequested(m_compare); });
    connect(m_table, &FlatButton::clicked, this, &LaneBar::tableRequested);
    connect(m_picture, &FlatButton::clicked, this, &LaneBar::pictureRequested);
    showState();
}

void LaneBar::setCompareText(const QString& text)
{
    m_compare->setText(text.isEmpty() ? tr("Compare") : text);
    m_compare->setLook(text.isEmpty() ? ButtonLook::Outlined : ButtonLook::Inverse);
    m_compare->updateGeometry();
}

void LaneBar::setBaselineShown(bool shown)
{
    m_baselineShown = shown;
    showState();
}

void LaneBar::setEffectText(const QString& text)
{
    m_effect->setVisible(!text.isEmpty());
    m_effect->setToolTip(text);
}

void LaneBar::say(const QString& problem)
{
    m_text->setText(problem);
    m_text->setRole(TextRole::Critical);
}

void LaneBar::showState()
{
    const TimeCursor& time = m_context.time;
    const auto selection = time.selection();
    const auto text = [&](std::int64_t ms) { return timeText(ms, time.nowMs()); };
    QString said;
    if (selection)
        said = tr("%1 marked: %2 – %3")
                   .arg(durationText(selection->lengthMs()), text(selection->startMs), text(selection->endMs));
    else if (time.pinA() && time.pinB())
        said = tr("A %1 · B %2 · Δ %3")
                   .arg(text(*time.pinA()), text(*time.pinB()), durationText(std::abs(*time.pinB() - *time.pinA())));
    else if (time.pinA())
        said = tr("A %1 · click again for B").arg(text(*time.pinA()));
    else
        said = tr("Click pins · drag zooms · Shift+drag marks a span · Ctrl+wheel zooms");
    m_text->setText(said);
    m_text->setRole(selection || time.pinA() ? TextRole::Small : TextRole::Tertiary);
    m_zoom->setVisible(selection.has_value());
    m_baseline->setVisible(selection || m_baselineShown);
    m_baseline->setText(selection ? tr("Use as baseline") : tr("Drop baseline"));
    m_note->setVisible((selection || time.pinA()) && !m_context.link.attached());
    m_clear->setVisible(selection || time.pinA());
}

}  // namespace holdfast::widgets
