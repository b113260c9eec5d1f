#include "widgets/controls/reason_box.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QSettings>
#include <QStringListModel>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int keptReasons = 5;
const auto reasonsKey = QStringLiteral("controls/reasons");

}  // namespace

ReasonBox::ReasonBox(QWidget* parent)
    : QLineEdit(parent), m_offers(new QStringListModel(this)), m_completer(new QCompleter(m_offers, this))
{
    setObjectName(QStringLiteral("actionReason"));
    setAccessibleName(tr("Reason"));
    setMaxLength(500);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &ReasonBox::take);
    connect(this, &QLineEdit::textEdited, this, &ReasonBox::onEdited);
}

void ReasonBox::setIncidents(const QStringList& incidents)
{
    m_incidents = incidents;
}

QStringList ReasonBox::lastReasons()
{
    return QSettings().value(reasonsKey).toStringList();
}

void ReasonBox::remember(const QString& reason)
{
    QStringList kept = lastReasons();
    kept.removeAll(reason);
    kept.prepend(reason);
    QSettings().setValue(reasonsKey, kept.mid(0, keptReasons));
}

void ReasonBox::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down && !m_completer->popup()->isVisible()) {
        offer(lastReasons());
        return;
    }
    QLineEdit::keyPressEvent(event);
    // Enter ends here: what stands around would take it for "open the selected row". Ctrl+Enter goes on to the dialog.
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->modifiers().testFlag(Qt::ControlModifier))
        event->accept();
}

void ReasonBox::mouseReleaseEvent(QMouseEvent* event)
{
    QLineEdit::mouseReleaseEvent(event);
    if (text().isEmpty())
        offer(lastReasons());
}

void ReasonBox::onEdited(const QString& text)
{
    static const QRegularExpression named(QStringLiteral("#(?:INC-)?(\\d+)\\b"),
                                          QRegularExpression::CaseInsensitiveOption);
    if (const auto found = named.match(text); found.hasMatch())
        emit incidentNamed(found.captured(1).toLongLong());
    const int hash = text.lastIndexOf(QLatin1Char('#'), cursorPosition() - 1);
    const QString begun = hash < 0 ? QString() : text.mid(hash + 1, cursorPosition() - hash - 1);
    QStringList fitting;
    for (const QString& incident : m_incidents) {
        if (hash >= 0 && !begun.contains(QLatin1Char(' ')) && incident.contains(begun, Qt::CaseInsensitive))
            fitting << QStringLiteral("#") + incident;
    }
    if (fitting.isEmpty())
        m_completer->popup()->hide();
    else
        offer(fitting);
}

void ReasonBox::offer(const QStringList& texts)
{
    if (texts.isEmpty())
        return;
    m_offers->setStringList(texts);
    m_completer->complete();
}

void ReasonBox::take(const QString& offered)
{
    if (!offered.startsWith(QLatin1Char('#'))) {
        setText(offered);
        return;
    }
    const int hash = static_cast<int>(text().lastIndexOf(QLatin1Char('#'), cursorPosition() - 1));
    const QString name = offered.section(QLatin1Char(' '), 0, 0);
    setText(text().left(std::max(0, hash)) + name + QLatin1Char(' '));
    onEdited(text());
}

}  // namespace holdfast::widgets
