#include "widgets/controls/undo_bar.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"

#include <QHBoxLayout>

#include <utility>

namespace holdfast::widgets {

UndoBar::UndoBar(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_text(new RoleLabel(theme, TextRole::Strong, QString(), this))
{
    setObjectName(QStringLiteral("undoBar"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(m_text);
    auto* undo = new FlatButton(theme, tr("Undo"), this, ButtonLook::Filled);
    undo->setObjectName(QStringLiteral("undoButton"));
    row->addWidget(undo);
    row->addStretch(1);
    connect(undo, &FlatButton::clicked, this, &UndoBar::undo);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &UndoBar::count);
    hide();
}

UndoBar::~UndoBar() = default;

void UndoBar::start(const QString& what, std::function<void()> send)
{
    if (waiting())
        finish();
    m_what = what;
    m_send = std::move(send);
    m_left = seconds;
    m_second.start();
    say();
    show();
}

void UndoBar::count()
{
    if (--m_left > 0)
        say();
    else
        finish();
}

void UndoBar::undo()
{
    m_second.stop();
    m_left = 0;
    m_send = {};
    hide();
}

void UndoBar::finish()
{
    m_second.stop();
    m_left = 0;
    hide();
    if (const auto send = std::exchange(m_send, {}))
        send();
}

void UndoBar::say()
{
    m_text->setText(tr("%1 – sends in %2 s").arg(m_what).arg(m_left));
}

}  // namespace holdfast::widgets
