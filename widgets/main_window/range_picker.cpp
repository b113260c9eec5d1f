#include "widgets/main_window/range_picker.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"
#include "widgets/time/range_text.h"
#include "widgets/time/time_cursor.h"

#include <QGridLayout>
#include <QLineEdit>

#include <array>

namespace holdfast::widgets {

namespace {

struct Quick {
    const char* text;
    std::int64_t minutes;
};
constexpr std::array quickRanges{Quick{"5 min", 5},  Quick{"15 min", 15}, Quick{"30 min", 30}, Quick{"1 h", 60},
                                 Quick{"3 h", 180},  Quick{"6 h", 360},   Quick{"12 h", 720},  Quick{"24 h", 1440},
                                 Quick{"2 d", 2880}, Quick{"7 d", 10'080}};
constexpr int columns = 5;

}  // namespace

RangePicker::RangePicker(const Theme& theme, TimeCursor& time, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      m_time(time),
      m_field(new QLineEdit(this)),
      m_problem(new RoleLabel(theme, TextRole::Small, QString(), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setAccessibleName(tr("Time range"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    for (std::size_t i = 0; i < quickRanges.size(); ++i) {
        const Quick quick = quickRanges[i];
        auto* button = new FlatButton(theme, tr(quick.text), this);
        button->setCheckable(true);
        button->setChecked(time.mode() == TimeMode::Live && time.spanMs() == quick.minutes * 60'000);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(button, &FlatButton::clicked, this, [this, quick] {
            m_time.setLive(quick.minutes * 60'000);
            close();
        });
        layout->addWidget(button, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    }
    m_field->setPlaceholderText(tr("45m · 03:05-03:20 · yesterday 14:00 · now-3h to now-1h"));
    m_field->setAccessibleName(tr("Type a time range"));
    m_field->setMinimumWidth(360);
    connect(m_field, &QLineEdit::returnPressed, this, &RangePicker::typed);
    layout->addWidget(m_field, 2, 0, 1, columns);
    m_problem->setText(tr("Times are UTC. Enter applies, Esc closes."));
    m_problem->setWordWrap(true);
    layout->addWidget(m_problem, 3, 0, 1, columns);
}

void RangePicker::openBelow(QWidget* anchor)
{
    adjustSize();
    const QPoint right = anchor->mapToGlobal(QPoint(anchor->width(), anchor->height() + 4));
    const int left = std::max(anchor->window()->mapToGlobal(QPoint(8, 0)).x(), right.x() - width());
    move(left, right.y());
    show();
    m_field->setFocus();
}

void RangePicker::typed()
{
    const auto range = parseRange(m_field->text(), m_time.nowMs());
    if (!range) {
        m_problem->setRole(TextRole::Critical);
        m_problem->setText(QString::fromStdString(range.error().message));
        adjustSize();
        return;
    }
    if (range->live)
        m_time.setLive(range->spanMs());
    else
        m_time.setRange(range->startMs, range->endMs);
    close();
}

}  // namespace holdfast::widgets
