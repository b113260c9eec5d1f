#pragma once

#include "tests/support/ink_facts.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QFontMetrics>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitterHandle>
#include <QStringList>
#include <QTableView>
#include <QWidget>

#include <algorithm>

namespace holdfast::test {

/// What can be said of a laid out window without comparing pixels with a picture. Each function returns one sentence
/// per fault.
class LayoutFacts {
public:
    explicit LayoutFacts(QWidget& window)
        : m_window(window), m_picture(window.grab().toImage().convertToFormat(QImage::Format_RGB32))
    {
    }

    [[nodiscard]] QStringList faults() const
    {
        return clippedTexts() + overlappingSiblings() + cutWidgets() + emptyPanels() + poorTargets()
               + InkFacts(m_window, m_picture).faults();
    }

    /// Labels, buttons, placeholders and column heads that are wider than their place.
    [[nodiscard]] QStringList clippedTexts() const
    {
        QStringList out;
        for (QWidget* widget : shown<QWidget>()) {
            if (auto* label = qobject_cast<QLabel*>(widget))
                out += clippedLabel(*label);
            else if (auto* button = qobject_cast<QAbstractButton*>(widget))
                out += clippedButton(*button);
            else if (auto* line = qobject_cast<QLineEdit*>(widget))
                out += clippedPlaceholder(*line);
            else if (auto* head = qobject_cast<QHeaderView*>(widget))
                out += clippedHeads(*head);
        }
        return out;
    }

    [[nodiscard]] QStringList overlappingSiblings() const
    {
        QStringList out;
        for (QWidget* parent : QWidgetList{&m_window} + shown<QWidget>()) {
            if (qobject_cast<QAbstractItemView*>(parent) || qobject_cast<QHeaderView*>(parent))
                continue;
            const auto children = visibleChildren(*parent);
            for (qsizetype i = 0; i < children.size(); ++i) {
                for (qsizetype k = i + 1; k < children.size(); ++k) {
                    const QRect both = children[i]->geometry() & children[k]->geometry();
                    if (both.width() > 1 && both.height() > 1)
                        out << QStringLiteral("%1 overlaps %2 by %3×%4")
                                   .arg(name(*children[i]), name(*children[k]))
                                   .arg(both.width())
                                   .arg(both.height());
                }
            }
        }
        return out;
    }

    /// Buttons, fields and words that hang out of their parent, where nobody can scroll to the rest.
    [[nodiscard]] QStringList cutWidgets() const
    {
        QStringList out;
        for (QWidget* widget : shown<QWidget>()) {
            const QWidget* parent = widget->parentWidget();
            const bool counts = qobject_cast<QLabel*>(widget) || qobject_cast<QAbstractButton*>(widget)
                                || qobject_cast<QLineEdit*>(widget);
            const auto* area = qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
            if (!counts || insideComposite(*widget) || (area && area->viewport() == parent))
                continue;
            const QRect inside = widget->geometry() & parent->rect();
            if (widget->width() - inside.width() > 1 || widget->height() - inside.height() > 1)
                out << QStringLiteral("%1 of %2×%3 hangs out of its parent of %4×%5")
                           .arg(name(*widget))
                           .arg(widget->width())
                           .arg(widget->height())
                           .arg(parent->width())
                           .arg(parent->height());
        }
        return out;
    }

    /// Large parts of the window in one colour only.
    [[nodiscard]] QStringList emptyPanels() const
    {
        QStringList out;
        for (QWidget* widget : shown<QWidget>()) {
            const QRect place = placeOf(*widget);
            if (place.width() < 200 || place.height() < 120 || oneColourAllowed(*widget))
                continue;
            if (isOneColour(place))
                out << QStringLiteral("%1 shows nothing on %2×%3")
                           .arg(name(*widget))
                           .arg(place.width())
                           .arg(place.height());
        }
        return out;
    }

    /// What can be pressed or typed into: at least 24×24, with a name, and in the order of Tab.
    [[nodiscard]] QStringList poorTargets() const
    {
        QStringList out;
        for (QWidget* widget : interactive()) {
            if (widget->width() < 24 || widget->height() < 24)
                out << QStringLiteral("%1 is %2×%3").arg(name(*widget)).arg(widget->width()).arg(widget->height());
            QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
            if (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty())
                out << QStringLiteral("%1 has no accessible name").arg(name(*widget));
            if (!(widget->focusPolicy() & Qt::TabFocus))
                out << QStringLiteral("%1 cannot be reached by Tab").arg(name(*widget));
        }
        return out;
    }

    [[nodiscard]] QWidgetList interactive() const
    {
        QWidgetList out;
        for (QWidget* widget : shown<QWidget>()) {
            if (!widget->isEnabled() || placeOf(*widget).isEmpty() || insideComposite(*widget)
                || isSteeredByPage(*widget))
                continue;
            if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QLineEdit*>(widget)
                || qobject_cast<QAbstractItemView*>(widget) || qobject_cast<QComboBox*>(widget)
                || qobject_cast<QAbstractSpinBox*>(widget) || qobject_cast<QPlainTextEdit*>(widget)
                || ((widget->focusPolicy() & Qt::TabFocus) && !qobject_cast<QAbstractScrollArea*>(widget)))
                out << widget;
        }
        return out;
    }

    [[nodiscard]] static QString name(const QWidget& widget)
    {
        QString text;
        if (auto* label = qobject_cast<const QLabel*>(&widget))
            text = label->text();
        else if (auto* button = qobject_cast<const QAbstractButton*>(&widget))
            text = button->text();
        QString kind = QString::fromLatin1(widget.metaObject()->className());
        kind = kind.mid(kind.lastIndexOf(QLatin1Char(':')) + 1);
        const QWidget* parent = widget.parentWidget();
        return QStringLiteral("%1 %2 “%3” in %4")
            .arg(kind, widget.objectName(), text.left(40),
                 parent ? parent->objectName().isEmpty() ? QString::fromLatin1(parent->metaObject()->className())
                                                         : parent->objectName()
                        : QString());
    }

private:
    template <typename W>
    [[nodiscard]] QList<W*> shown() const
    {
        QList<W*> out;
        for (W* widget : m_window.findChildren<W*>()) {
            if (widget->isVisible() && !widget->size().isEmpty() && widget->window() == &m_window)
                out << widget;
        }
        return out;
    }

    [[nodiscard]] static QWidgetList visibleChildren(const QWidget& parent)
    {
        QWidgetList out;
        for (QWidget* child : parent.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (child->isVisible() && !child->isWindow() && !child->testAttribute(Qt::WA_TransparentForMouseEvents)
                && !qobject_cast<QSplitterHandle*>(child))
                out << child;
        }
        return out;
    }

    /// Where it is in the picture, as far as no parent cuts it.
    [[nodiscard]] QRect placeOf(const QWidget& widget) const
    {
        const QRect own = widget.visibleRegion().boundingRect();
        return own.isEmpty() ? QRect() : QRect(widget.mapTo(&m_window, own.topLeft()), own.size());
    }

    /// A text that may be cut says all of it on hovering.
    [[nodiscard]] static bool maybeCut(const QWidget& widget)
    {
        return widget.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored && !widget.toolTip().isEmpty();
    }

    [[nodiscard]] static QStringList clippedLabel(const QLabel& label)
    {
        if (label.text().isEmpty() || maybeCut(label))
            return {};
        const int needed = label.wordWrap() ? label.heightForWidth(label.width()) : label.sizeHint().width();
        const int given = label.wordWrap() ? label.height() : label.width();
        if (needed <= given + 1)
            return {};
        return {QStringLiteral("%1 needs %2 px and has %3").arg(name(label)).arg(needed).arg(given)};
    }

    [[nodiscard]] static QStringList clippedButton(const QAbstractButton& button)
    {
        if (button.text().isEmpty() || maybeCut(button) || button.sizeHint().width() <= button.width() + 1)
            return {};
        return {QStringLiteral("%1 needs %2 px and has %3")
                    .arg(name(button))
                    .arg(button.sizeHint().width())
                    .arg(button.width())};
    }

    [[nodiscard]] static QStringList clippedPlaceholder(const QLineEdit& line)
    {
        if (!line.text().isEmpty() || line.placeholderText().isEmpty())
            return {};
        const int needed = line.fontMetrics().horizontalAdvance(line.placeholderText()) + 8;
        if (needed <= line.width() || !line.toolTip().isEmpty())
            return {};
        return {QStringLiteral("%1: its placeholder “%2” needs %3 px and has %4")
                    .arg(name(line), line.placeholderText())
                    .arg(needed)
                    .arg(line.width())};
    }

    [[nodiscard]] static QStringList clippedHeads(const QHeaderView& head)
    {
        QStringList out;
        if (head.orientation() != Qt::Horizontal || !head.model())
            return out;
        for (int i = 0; i < head.count(); ++i) {
            const QString text = head.model()->headerData(i, Qt::Horizontal).toString();
            if (!head.isSectionHidden(i) && head.fontMetrics().horizontalAdvance(text) > head.sectionSize(i))
                out << QStringLiteral("the column “%1” of %2 has %3 px only")
                           .arg(text, name(*head.parentWidget()))
                           .arg(head.sectionSize(i));
        }
        return out;
    }

    [[nodiscard]] static bool insideComposite(const QWidget& widget)
    {
        const QWidget* parent = widget.parentWidget();
        const auto* area = qobject_cast<const QAbstractScrollArea*>(parent);
        if (area && area->viewport() == &widget)
            return true;
        // A badge says where one is; there is nothing to press.
        if (widget.focusPolicy() == Qt::NoFocus && widget.objectName() == QLatin1String("environment"))
            return true;
        return qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent)
               || qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QTableView*>(parent)
               || qobject_cast<const QHeaderView*>(&widget) || qobject_cast<const QScrollBar*>(&widget);
    }

    /// A list whose page has the focus and moves the selection for it: the page is the stop of Tab.
    [[nodiscard]] static bool isSteeredByPage(const QWidget& widget)
    {
        if (!qobject_cast<const QAbstractItemView*>(&widget) || widget.focusPolicy() != Qt::ClickFocus)
            return false;
        const QWidget* page = widget.parentWidget();
        while (page && !(page->focusPolicy() & Qt::TabFocus))
            page = page->parentWidget();
        return page;
    }

    /// What lies over others, and what only holds them, is judged by what it holds.
    [[nodiscard]] static bool oneColourAllowed(const QWidget& widget)
    {
        return widget.testAttribute(Qt::WA_TransparentForMouseEvents) || qobject_cast<const QScrollBar*>(&widget);
    }

    [[nodiscard]] bool isOneColour(const QRect& place) const
    {
        const QRgb first = m_picture.pixel(place.topLeft());
        for (int y = place.top(); y <= place.bottom(); ++y) {
            const auto* line = reinterpret_cast<const QRgb*>(m_picture.constScanLine(y));
            if (std::any_of(line + place.left(), line + place.right() + 1, [first](QRgb one) { return one != first; }))
                return false;
        }
        return true;
    }

    QWidget& m_window;
    const QImage m_picture;
};

}  // namespace holdfast::test
