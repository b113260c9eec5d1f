#include "widgets/main_window/note_bar.h"

#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int barHeight = 34;
constexpr int linePadding = 12;

}  // namespace

NoteBar::NoteBar(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_text(new RoleLabel(theme, TextRole::Body, QString(), this)),
      m_wayOut(new FlatButton(theme, QString(), this))
{
    setObjectName(QStringLiteral("noteBar"));
    auto* close = new FlatButton(theme, tr("Close"), this, ButtonLook::Quiet);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(10);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setWordWrap(true);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_wayOut);
    layout->addWidget(close);
    connect(close, &FlatButton::clicked, this, &QWidget::hide);
    connect(m_wayOut, &FlatButton::clicked, this, &NoteBar::wayOutTaken);
    connect(&theme, &Theme::changed, this, &NoteBar::fit);
    fit();
    hide();
}

void NoteBar::fit()
{
    // As many lines as the text needs beside the buttons.
    setFixedHeight(std::max(m_theme.px(barHeight), m_text->heightForWidth(m_text->width()) + m_theme.px(linePadding)));
}

void NoteBar::resizeEvent(QResizeEvent*)
{
    layout()->activate();
    fit();
}

void NoteBar::say(const QString& text, const QString& wayOut)
{
    m_text->setText(text);
    m_text->setToolTip(text);
    m_wayOut->setText(wayOut);
    m_wayOut->setAccessibleName(wayOut);
    m_wayOut->setVisible(!wayOut.isEmpty());
    m_wayOut->updateGeometry();
    setAccessibleName(text);
    show();
    layout()->activate();
    fit();
}

QString NoteBar::text() const
{
    return m_text->text();
}

void NoteBar::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.raised);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.grid);
}

}  // namespace holdfast::widgets
