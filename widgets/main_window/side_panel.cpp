#include "widgets/main_window/side_panel.h"

#include "widgets/theme/theme.h"

#include <QEvent>
#include <QPainter>

namespace holdfast::widgets {

namespace {

constexpr int tabWidth = 28;

}  // namespace

EdgeTab::EdgeTab(const Theme& theme, const QString& text, QWidget* parent) : QAbstractButton(parent), m_theme(theme)
{
    setText(text);
    setAccessibleName(text);
    setToolTip(tr("%1 (F4)").arg(text));
    setObjectName(QStringLiteral("actHereTab"));
    setFocusPolicy(Qt::TabFocus);
    setCheckable(true);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize EdgeTab::sizeHint() const
{
    return {m_theme.px(tabWidth), QFontMetrics(m_theme.strong()).horizontalAdvance(text()) + m_theme.px(tabWidth)};
}

void EdgeTab::paintEvent(QPaintEvent*)
{
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), isChecked() || underMouse() ? t.raised : t.surface);
    painter.fillRect(QRect(0, 0, 1, height()), t.border);
    painter.save();
    painter.translate(width() / 2.0, height() / 2.0);
    painter.rotate(-90);
    painter.setFont(isChecked() ? m_theme.strong() : m_theme.base());
    painter.setPen(isChecked() ? t.text : t.textSecondary);
    painter.drawText(QRectF(-height() / 2.0, -width() / 2.0, height(), width()), Qt::AlignCenter, text());
    painter.restore();
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.focus, 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

SidePanel::SidePanel(const Theme& theme, QWidget* panel, QWidget* parent)
    : QWidget(parent), m_panel(panel), m_tab(new EdgeTab(theme, tr("Act here"), this))
{
    m_panel->installEventFilter(this);
    connect(m_tab, &EdgeTab::clicked, this, [this] { setShown(!m_shown); });
    connect(&theme, &Theme::changed, this, &SidePanel::place);
    place();
}

void SidePanel::setDocked(bool docked)
{
    if (docked == m_docked)
        return;
    m_docked = docked;
    place();
}

void SidePanel::setShown(bool shown)
{
    m_shown = shown;
    place();
}

void SidePanel::place()
{
    const int tab = m_tab->sizeHint().width();
    const int wanted = m_docked ? (m_shown ? m_panel->minimumWidth() : 0) : tab;
    setFixedWidth(wanted);
    m_tab->setVisible(!m_docked);
    setAttribute(Qt::WA_TransparentForMouseEvents, m_docked);  // then only the panel's place, which lies on it
    m_tab->setChecked(m_shown);
    m_tab->setGeometry(0, 0, tab, height());
    const QRect here = geometry();
    const int over = isRightToLeft() ? here.right() + 1 : here.left() - m_panel->minimumWidth();
    m_panel->setGeometry(m_docked ? here.left() : over, here.top(), m_panel->minimumWidth(), here.height());
    m_panel->setVisible(m_shown);
    if (overlays())
        m_panel->raise();
}

void SidePanel::resizeEvent(QResizeEvent*)
{
    place();
}

void SidePanel::moveEvent(QMoveEvent*)
{
    place();
}

bool SidePanel::eventFilter(QObject* watched, QEvent* event)
{
    // The panel knows by itself how wide its texts need it to be.
    if (event->type() == QEvent::Resize && m_panel->width() != m_panel->minimumWidth())
        place();
    return QWidget::eventFilter(watched, event);
}

}  // namespace holdfast::widgets
