#include "widgets/controls/act_here.h"
#include "widgets/export/picture_export.h"
#include "widgets/main_window/focus_order.h"
#include "widgets/main_window/incident_strip.h"
#include "widgets/main_window/main_window.h"
#include "widgets/main_window/nav_rail.h"
#include "widgets/main_window/note_bar.h"
#include "widgets/main_window/place_link.h"
#include "widgets/main_window/side_panel.h"
#include "widgets/main_window/status_cells.h"
#include "widgets/main_window/time_bar.h"
#include "widgets/theme/number_format.h"
#include "widgets/time/range_text.h"
#include "widgets/time/zone.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextEdit>
#include <QTimer>

#include <algorithm>
#include <optional>

namespace holdfast::widgets {

namespace {

constexpr int prefixMs = 1000;
constexpr int textDialogWidth = 460;
constexpr qsizetype longestPaste = 4096;  // a link of Grafana's is shorter

bool takesText(const QWidget* widget)
{
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget)
           || qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget);
}

/// Keys that write a letter, a digit or a sign; those can be switched off (WCAG 2.1.4).
bool isCharacter(int key)
{
    return key > Qt::Key_Space && key < Qt::Key_Escape;
}

Result<bool> accepted(const QByteArray&)
{
    return true;
}

}  // namespace

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Single keys mean the same wherever the focus is, unless somebody types text or a dialog is open.
    if (event->type() != QEvent::KeyPress || !isActiveWindow() || qApp->activeModalWidget()
        || qApp->activePopupWidget())
        return QMainWindow::eventFilter(watched, event);
    auto* widget = qobject_cast<QWidget*>(watched);
    if (!widget || widget->window() != this)
        return QMainWindow::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_F6) {
        nextRegion(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
        return true;
    }
    if (takesText(widget)) {
        // Ctrl+K would cut the rest of the line; function keys mean nothing in a text.
        const bool goTo = key->modifiers() == Qt::ControlModifier && key->key() == Qt::Key_K;
        if (goTo)
            openPalette();
        const bool function = key->key() >= Qt::Key_F1 && key->key() <= Qt::Key_F12;
        if (goTo || (function && key->modifiers() == Qt::NoModifier && pressSingleKey(key->key())))
            return true;
        return QMainWindow::eventFilter(watched, event);
    }
    if (key->modifiers() == Qt::NoModifier && pressSingleKey(key->key()))
        return true;
    if (key->text() == QLatin1String("?") && pressSingleKey(Qt::Key_Question))
        return true;
    return QMainWindow::eventFilter(watched, event);
}

bool MainWindow::pressTimeKey(int key)
{
    switch (key) {
    case Qt::Key_Z: m_time.zoomOut(); return true;
    case Qt::Key_Left: m_time.shift(-1); return true;
    case Qt::Key_Right: m_time.shift(1); return true;
    case Qt::Key_L: m_time.resumeLive(); return true;
    case Qt::Key_C:
        QGuiApplication::clipboard()->setText(
            rangeAsJson({m_time.mode() == TimeMode::Live, m_time.startMs(), m_time.endMs()}));
        return true;
    case Qt::Key_V: pasteRange(); return true;
    default: return false;
    }
}

void MainWindow::pasteRange()
{
    const QString text = QGuiApplication::clipboard()->text().left(longestPaste);
    const auto range = parseRange(text, m_time.nowMs(), shownOffsetMs(m_time.nowMs()));
    if (range)
        range->live ? m_time.setLive(range->spanMs()) : m_time.setRange(range->startMs, range->endMs);
    else
        m_note->say(text.trimmed().isEmpty() ? tr("There is no text to paste a time range from")
                                             : QString::fromStdString(range.error().message),
                    QString());
}

bool MainWindow::pressShowKey(int key)
{
    switch (key) {
    case Qt::Key_R: readAgain(); return true;
    case Qt::Key_K: setWindowState(windowState() ^ Qt::WindowFullScreen); return true;
    default: return false;
    }
}

void MainWindow::waitForSecondKey(int prefix)
{
    m_prefix = prefix;
    m_prefixAge.start();
    m_cells->hint(prefix == Qt::Key_T ? tr("T …  Z wider · ← → earlier, later · L live · C copy · V paste the range")
                                      : tr("D …  R read again · K full screen"));
    QTimer::singleShot(prefixMs, this, [this] {
        if (!m_prefix || m_prefixAge.elapsed() < prefixMs)
            return;
        m_prefix = 0;
        m_cells->hint({});
    });
}

bool MainWindow::pressSingleKey(int key)
{
    if (isCharacter(key) && !m_core.preferences.singleKeys())
        return false;
    if (const int prefix = std::exchange(m_prefix, 0); prefix) {
        m_cells->hint({});
        const bool soon = m_prefixAge.elapsed() < prefixMs;
        if (soon && (prefix == Qt::Key_T ? pressTimeKey(key) : pressShowKey(key)))
            return true;
    }
    if (key == Qt::Key_T || key == Qt::Key_D) {
        waitForSecondKey(key);
        return true;
    }
    if (key >= Qt::Key_1 && key <= Qt::Key_9) {
        for (const Page& candidate : m_pages) {
            if (candidate.entry.digit == key - Qt::Key_0) {
                m_navigator.go({.view = candidate.entry.id, .service = {}, .item = {}});
                return true;
            }
        }
        return false;
    }
    switch (key) {
    case Qt::Key_Question:
    case Qt::Key_F1: openShortcuts(); return true;
    case Qt::Key_F4: togglePanel(); return true;
    case Qt::Key_Escape:
        if (!m_side->overlays())
            return pressViewKey(key);
        m_side->setShown(false);
        return true;
    case Qt::Key_F11: setWindowState(windowState() ^ Qt::WindowFullScreen); return true;
    default: return pressViewKey(key);
    }
}

bool MainWindow::pressViewKey(int key)
{
    Page* page = current();
    const bool onStrip = m_strip->hasFocus();
    if (page && !onStrip && page->view->pressKey(key))
        return true;
    switch (key) {
    case Qt::Key_P: m_time.togglePause(); return true;
    case Qt::Key_I: m_strip->cycle(1); return true;
    case Qt::Key_C: focusControls(); return true;
    case Qt::Key_M: dropMarker(); return true;
    case Qt::Key_Backspace: m_navigator.back(); return true;
    case Qt::Key_F5:
        m_link.probe();
        readAgain();
        return true;
    case Qt::Key_N:
        if (!onStrip || !m_strip->incident())
            break;
        noteOnIncident(m_strip->incident()->id);
        return true;
    default: break;
    }
    if (!page || onStrip)
        return false;
    switch (key) {
    case Qt::Key_Slash: page->view->focusFilter(); return true;
    case Qt::Key_J: page->view->moveSelection(1); return true;
    case Qt::Key_K: page->view->moveSelection(-1); return true;
    case Qt::Key_O: page->view->toggleAbnormal(); return true;
    case Qt::Key_S: page->view->sortNow(); return true;
    case Qt::Key_Escape: return page->view->escape();
    default: break;
    }
    return false;
}

void MainWindow::readAgain()
{
    m_core.fleet.refresh();
    m_core.controls.refresh();
    m_core.incidents.refresh();
    if (Page* page = current(); page && page->view)
        page->view->refreshNow();
}

void MainWindow::nextRegion(int direction)
{
    const auto reason = direction > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason;
    QWidget* stop = nextRegionStop(m_regions, focusWidget(), direction);
    if (!stop)
        return;
    // A view knows best where its keys are wanted.
    if (m_stack->isAncestorOf(stop) && current() && current()->view) {
        current()->view->setFocus(reason);
        if (m_stack->isAncestorOf(focusWidget()))
            return;
    }
    stop->setFocus(reason);
}

bool MainWindow::focusNextPrevChild(bool next)
{
    QWidget* stop = nextStop(m_regions, focusWidget(), next ? 1 : -1);
    if (!stop)
        return QMainWindow::focusNextPrevChild(next);
    stop->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void MainWindow::focusControls()
{
    // Opens the panel and goes there; what is pressed there is pressed by a person.
    m_side->setShown(true);
    if (m_side->docked())
        m_panelWanted = true;
    if (QWidget* entry = nextRegionStop({m_actHere}, nullptr, 1))
        entry->setFocus(Qt::TabFocusReason);
}

void MainWindow::dropMarker()
{
    if (m_link.readOnly())
        return;
    const std::int64_t at = m_time.crosshairMs().value_or(m_time.nowMs());
    const QString service = m_navigator.service();
    const QString label = service.isEmpty() ? tr("What happened?") : tr("What happened at %1?").arg(service);
    const QJsonObject body{{QStringLiteral("kind"), QStringLiteral("note")},
                           {QStringLiteral("service"), service},
                           {QStringLiteral("at_ms"), static_cast<qint64>(at)}};
    QInputDialog* dialog = askForText(tr("Marker at %1").arg(timeText(at, m_time.nowMs())), label,
                                      QStringLiteral("/holdfast/v1/events"), body);
    dialog->setObjectName(QStringLiteral("markerDialog"));
    dialog->setOkButtonText(tr("Add marker"));
}

void MainWindow::noteOnIncident(std::int64_t id)
{
    if (m_link.readOnly() || m_core.replay.on())
        return;
    QInputDialog* dialog = askForText(tr("Note on INC-%1").arg(id), tr("What do you know, what do you do?"),
                                      QStringLiteral("/holdfast/v1/incidents/%1/note").arg(id), {});
    dialog->setObjectName(QStringLiteral("noteDialog"));
    dialog->setOkButtonText(tr("Add note"));
}

QInputDialog* MainWindow::askForText(const QString& title, const QString& label, const QString& path, QJsonObject body)
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->resize(m_theme.px(textDialogWidth), dialog->sizeHint().height());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, path, body](const QString& text) mutable {
        if (text.trimmed().isEmpty())
            return;
        body.insert(QStringLiteral("text"), text.trimmed());
        body.insert(QStringLiteral("actor"), m_core.actions.actor());
        m_core.api.post<bool>(m_markerSlot, path, body, accepted, [this](const auto& answer) {
            if (answer)
                readAgain();
            else
                m_note->say(tr("The note was not kept: %1").arg(QString::fromStdString(answer.error().message)),
                            QString());
        });
    });
    dialog->open();
    return dialog;
}

void MainWindow::askToRevertNewest()
{
    if (const Acting& acting = m_core.actions.acting(); !acting.allowed()) {
        m_note->say(acting.why(), QString());
        return;
    }
    const auto list = m_core.controls.latest();
    const QString me = m_core.actions.actor();
    const Control* newest = nullptr;
    for (const Control& control : list ? list->controls : std::vector<Control>()) {
        if (control.lease && control.lease->actor == me && (!newest || control.lease->id > newest->lease->id))
            newest = &control;
    }
    if (!newest) {
        m_note->say(tr("Nothing of yours (%1) is in force").arg(me), QString());
        return;
    }
    auto* ask = new QMessageBox(QMessageBox::NoIcon, tr("Revert"),
                                tr("Revert “%1” on %2, which you hold since its action %3?")
                                    .arg(newest->lease->word, newest->name)
                                    .arg(newest->lease->action),
                                QMessageBox::NoButton, this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setObjectName(QStringLiteral("revertDialog"));
    QPushButton* revert = ask->addButton(tr("Revert"), QMessageBox::AcceptRole);
    ask->addButton(tr("Keep it"), QMessageBox::RejectRole);
    ask->setDefaultButton(revert);
    connect(revert, &QPushButton::clicked, this,
            [this, lease = *newest->lease] { m_core.actions.revert(lease, tr("reverted by hand")); });
    ask->open();
    revert->setFocus();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (control && (event->key() == Qt::Key_K || (shift && event->key() == Qt::Key_P)))
        openPalette();
    else if (control && shift && event->key() == Qt::Key_N)
        openBeside(m_navigator.place());
    else if (control && shift && event->key() == Qt::Key_R)
        askToRevertNewest();
    else if (control && shift && event->key() == Qt::Key_S)
        current() ? askAndSavePicture(*current()->view, m_shown) : void();
    else if (control && shift && event->key() == Qt::Key_H && has(QStringLiteral("incidents")))
        m_navigator.go({.view = QStringLiteral("incidents"), .service = {}, .item = QStringLiteral("handover")});
    else if (control && event->key() == Qt::Key_Comma && has(QStringLiteral("settings")))
        m_navigator.go({.view = QStringLiteral("settings"), .service = {}, .item = {}});
    else if (control && event->key() == Qt::Key_Z)
        m_time.back();
    else if (event->modifiers() == Qt::AltModifier && event->key() == Qt::Key_Left)
        m_navigator.back();
    else if (event->modifiers() == Qt::NoModifier && enter)
        current() ? current()->view->openSelection() : void();
    else
        QMainWindow::keyPressEvent(event);
}

}  // namespace holdfast::widgets
