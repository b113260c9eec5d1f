#include "widgets/controls/undo_bar.h"

#include "widgets/controls/reason_box.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int barHeight = 40;  // two lines of text
constexpr int reasonWidth = 280;

}  // namespace

UndoBar::UndoBar(const Theme& theme, const QString& idle, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_idle(idle),
      m_text(new RoleLabel(theme, TextRole::Small, idle, this)),
      m_reason(new ReasonBox(this)),
      m_undo(new FlatButton(theme, tr("Undo"), this, ButtonLook::Filled))
{
    setObjectName(QStringLiteral("undoBar"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    m_text->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("undoText"));
    row->addWidget(m_text, 1);
    m_reason->setObjectName(QStringLiteral("undoReason"));
    m_reason->setPlaceholderText(tr("Reason, if there is time (Enter sends now)"));
    m_reason->setToolTip(tr("Down: the last reasons. It stands in the audit; without one the audit says that none was "
                            "given."));
    row->addWidget(m_reason);
    m_undo->setObjectName(QStringLiteral("undoButton"));
    m_undo->setKeyHint(QStringLiteral("Esc"));
    row->addWidget(m_undo);
    for (QWidget* part : {static_cast<QWidget*>(m_reason), static_cast<QWidget*>(m_undo)}) {
        QSizePolicy kept = part->sizePolicy();
        kept.setRetainSizeWhenHidden(true);
        part->setSizePolicy(kept);
        part->hide();
    }
    connect(m_undo, &FlatButton::clicked, this, &UndoBar::undo);
    connect(m_reason, &QLineEdit::textEdited, this, [this] { m_left = seconds; });
    connect(m_reason, &QLineEdit::returnPressed, this, &UndoBar::finish);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &UndoBar::count);
    connect(&theme, &Theme::changed, this, &UndoBar::restyle);
    restyle();
}

UndoBar::~UndoBar() = default;

void UndoBar::restyle()
{
    setFixedHeight(m_theme.px(barHeight));
    m_reason->setFixedWidth(m_theme.px(reasonWidth));
}

void UndoBar::start(const QString& control, const QString& what, std::function<void(const QString&)> send)
{
    if (waiting())
        finish();
    m_control = control;
    m_what = what;
    m_send = std::move(send);
    m_left = seconds;
    m_reason->clear();
    m_reason->show();
    m_undo->show();
    m_second.start();
    write(tr("%1 – sends in %2 s").arg(m_what).arg(m_left), TextRole::Strong);
    emit counted();
}

QString UndoBar::pendingText(const QString& control) const
{
    return waiting() && control == m_control ? tr("sends in %1 s").arg(m_left) : QString();
}

void UndoBar::say(const QString& text, TextRole role)
{
    if (!waiting())
        write(text, role);
}

void UndoBar::count()
{
    if (--m_left <= 0) {
        finish();
        return;
    }
    write(tr("%1 – sends in %2 s").arg(m_what).arg(m_left), TextRole::Strong);
    emit counted();
}

void UndoBar::undo()
{
    m_second.stop();
    m_left = 0;
    m_send = {};
    m_reason->hide();
    m_undo->hide();
    write(tr("Taken back, nothing was sent: %1").arg(m_what), TextRole::Small);
    emit counted();
}

void UndoBar::finish()
{
    m_second.stop();
    m_left = 0;
    const QString reason = m_reason->text().trimmed();
    m_reason->hide();
    m_undo->hide();
    write(m_idle, TextRole::Small);
    if (!reason.isEmpty())
        ReasonBox::remember(reason);
    if (const auto send = std::exchange(m_send, {}))
        send(reason);
    emit counted();
}

void UndoBar::write(const QString& text, TextRole role)
{
    m_text->setRole(role);
    m_text->setText(text);
    m_text->setToolTip(text);
}

void UndoBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && waiting())
        undo();
    else
        QWidget::keyPressEvent(event);
}

}  // namespace holdfast::widgets
