#include "widgets/notifications/notice_bar.h"

#include "widgets/client/severity.h"
#include "widgets/theme/flat_button.h"
#include "widgets/theme/role_label.h"
#include "widgets/theme/shapes.h"
#include "widgets/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int barHeight = 40;
constexpr int shapePx = 14;

Severity severityOf(const Notice& notice)
{
    if (notice.kind == QLatin1String("engine_blind"))
        return Severity::Unknown;
    return notice.severity == QLatin1String("sev3") ? Severity::Warning : Severity::Critical;
}

}  // namespace

NoticeBar::NoticeBar(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      m_theme(theme),
      m_title(new RoleLabel(theme, TextRole::Strong, QString(), this)),
      m_text(new RoleLabel(theme, TextRole::Body, QString(), this)),
      m_open(new FlatButton(theme, tr("Open"), this)),
      m_ack(new FlatButton(theme, tr("Ack"), this)),
      m_snooze(new FlatButton(theme, tr("Snooze 10 min"), this)),
      m_close(new FlatButton(theme, QString(), this, ButtonLook::Quiet))
{
    setObjectName(QStringLiteral("noticeBar"));
    setFixedHeight(barHeight);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_close->setIconName(QStringLiteral("close"));
    m_close->setAccessibleName(tr("Put away"));
    m_ack->setObjectName(QStringLiteral("noticeAck"));
    m_open->setObjectName(QStringLiteral("noticeOpen"));
    m_snooze->setObjectName(QStringLiteral("noticeSnooze"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12 + shapePx + 10, 0, 12, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_text, 1);
    for (FlatButton* button : {m_open, m_ack, m_snooze, m_close})
        layout->addWidget(button);
    connect(m_open, &FlatButton::clicked, this, [this] { answer(QStringLiteral("open")); });
    connect(m_ack, &FlatButton::clicked, this, [this] { answer(QStringLiteral("ack")); });
    connect(m_snooze, &FlatButton::clicked, this, [this] { answer(QStringLiteral("snooze")); });
    connect(m_close, &FlatButton::clicked, this, &QWidget::hide);
    hide();
}

void NoticeBar::show(const Notice& notice)
{
    m_notice = notice;
    m_title->setText(notice.title);
    m_text->setText(notice.text.section(QLatin1Char('\n'), 0, 0));
    m_text->setToolTip(notice.text);
    m_ack->setVisible(notice.incident > 0);
    m_snooze->setVisible(notice.incident > 0);
    setAccessibleName(notice.title);
    setAccessibleDescription(notice.text);
    setVisible(true);
    update();
}

void NoticeBar::say(const QString& text)
{
    m_text->setText(text);
    m_text->setToolTip(text);
}

void NoticeBar::closeSubject(const QString& subject)
{
    if (subject == m_notice.subject)
        hide();
}

void NoticeBar::answer(const QString& action)
{
    if (action != QLatin1String("ack"))
        hide();  // an acknowledgement may be refused, which is to be read
    emit chosen(m_notice.subject, action);
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tint(severityOf(m_notice)));
    drawSeverity(painter, QRectF(12, (height() - shapePx) / 2.0, shapePx, shapePx), severityOf(m_notice),
                 m_theme.tokens());
}

}  // namespace holdfast::widgets
