#include "widgets/controls/hold_choice.h"

#include "widgets/controls/moment_text.h"
#include "widgets/theme/number_format.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace holdfast::widgets {

namespace {

struct Fixed {
    const char* text;
    std::int64_t seconds;
};
constexpr std::array fixedHolds{Fixed{QT_TRANSLATE_NOOP("holdfast::widgets::HoldChoice", "15 min"), 900},
                                Fixed{QT_TRANSLATE_NOOP("holdfast::widgets::HoldChoice", "30 min"), 1800},
                                Fixed{QT_TRANSLATE_NOOP("holdfast::widgets::HoldChoice", "1 h"), 3600}};
constexpr int untilTime = 10;
constexpr int untilRecovered = 11;
constexpr std::int64_t longestUnlessTold = 14'400;
constexpr std::int64_t longestRecovery = 7200;
constexpr int timeWidth = 96;

}  // namespace

HoldChoice::HoldChoice(const Theme& theme, std::int64_t maxHoldS, std::function<std::int64_t()> now, QWidget* parent)
    : QWidget(parent),
      m_now(std::move(now)),
      m_maxHoldS(maxHoldS > 0 ? maxHoldS : longestUnlessTold),
      m_choices(new QButtonGroup(this)),
      m_until(new QLineEdit(this)),
      m_later(new QCheckBox(tr("Start later, at"), this)),
      m_start(new QLineEdit(this)),
      m_title(new RoleLabel(theme, TextRole::Strong, tr("Hold"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    const auto addChoice = [&](const QString& text, int id) {
        auto* choice = new QRadioButton(text, this);
        m_choices->addButton(choice, id);
        row->addWidget(choice);
        m_holdParts.push_back(choice);
        return choice;
    };
    for (int i = 0; i < static_cast<int>(fixedHolds.size()); ++i) {
        const Fixed& hold = fixedHolds[static_cast<std::size_t>(i)];
        addChoice(tr(hold.text), i)->setVisible(hold.seconds <= m_maxHoldS);
    }
    m_choices->button(0)->setChecked(true);
    addChoice(tr("until"), untilTime);
    m_until->setObjectName(QStringLiteral("holdUntil"));
    m_until->setAccessibleName(tr("Hold until"));
    m_until->setPlaceholderText(tr("04:30 or 20 min"));
    m_until->setTextMargins(6, 0, 6, 0);
    m_until->setFixedWidth(theme.px(timeWidth + 30));
    row->addWidget(m_until);
    m_holdParts.push_back(m_until);
    addChoice(tr("until it recovers (max %1)").arg(durationText(std::min(m_maxHoldS, longestRecovery) * 1000)),
              untilRecovered);
    row->addStretch(1);
    layout->addLayout(row);
    auto* later = new QHBoxLayout;
    later->setSpacing(8);
    later->addWidget(m_later);
    m_start->setObjectName(QStringLiteral("holdStart"));
    m_start->setAccessibleName(tr("Start at"));
    m_start->setPlaceholderText(tr("04:00 or 10 min"));
    m_start->setTextMargins(6, 0, 6, 0);
    m_start->setFixedWidth(theme.px(timeWidth + 30));
    m_start->setEnabled(false);
    later->addWidget(m_start);
    later->addStretch(1);
    layout->addLayout(later);
    connect(m_choices, &QButtonGroup::idClicked, this, &HoldChoice::changed);
    connect(m_until, &QLineEdit::textEdited, this, [this] {
        m_choices->button(untilTime)->setChecked(true);
        emit changed();
    });
    connect(m_later, &QCheckBox::toggled, this, [this](bool on) {
        m_start->setEnabled(on);
        if (on)
            m_start->setFocus();
        emit changed();
    });
    connect(m_start, &QLineEdit::textEdited, this, &HoldChoice::changed);
}

void HoldChoice::setHeld(bool held)
{
    m_held = held;
    m_title->setVisible(held);
    for (QWidget* part : m_holdParts)
        part->setVisible(held);
}

HoldWish HoldChoice::wish() const
{
    HoldWish wish;
    std::int64_t from = m_now();
    if (m_later->isChecked()) {
        const auto start = parseMoment(m_start->text(), from);
        if (!start) {
            wish.problem = tr("When to start: %1").arg(QString::fromStdString(start.error().message));
            return wish;
        }
        from = wish.startMs = *start;
    }
    return m_held ? held(wish, from) : wish;
}

HoldWish HoldChoice::held(HoldWish wish, std::int64_t from) const
{
    const int chosen = m_choices->checkedId();
    if (chosen == untilRecovered) {
        wish.untilRecovered = true;
        wish.holdS = std::min(m_maxHoldS, longestRecovery);
        return wish;
    }
    if (chosen != untilTime) {
        wish.holdS = fixedHolds[static_cast<std::size_t>(std::max(0, chosen))].seconds;
        return wish;
    }
    const auto until = parseMoment(m_until->text(), m_now());
    if (!until) {
        wish.problem = tr("Until when: %1").arg(QString::fromStdString(until.error().message));
        return wish;
    }
    wish.untilMs = *until;
    wish.holdS = (*until - from + 999) / 1000;
    if (wish.holdS < 1)
        wish.problem = tr("It would end before it starts.");
    else if (wish.holdS > m_maxHoldS)
        wish.problem = tr("It may be held for %1 at most.").arg(durationText(m_maxHoldS * 1000));
    return wish;
}

}  // namespace holdfast::widgets
