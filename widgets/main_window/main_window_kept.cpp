// What the window keeps from one start to the next: its place on the screen, view, range and second window, and whether
// it ended as it should.

#include "widgets/main_window/main_window.h"
#include "widgets/main_window/note_bar.h"
#include "widgets/time/time_cursor.h"

#include <QSettings>
#include <QTimer>

namespace holdfast::widgets {

namespace {

constexpr int keepEveryMs = 5000;  // what an unexpected end may lose

/// Whether a window on this engine runs; still true at the next start when it ended unexpectedly.
QString runningKey(const EngineSource& source)
{
    return QStringLiteral("running/%1").arg(qHash(source.engineFile + source.attach.toString(), 0), 0, 16);
}

}  // namespace

void MainWindow::restore()
{
    QSettings settings;
    const WindowOptions& options = m_core.options;
    m_panelWanted = settings.value(QStringLiteral("window/panel"), true).toBool();
    if (isSecond()) {
        if (!restoreGeometry(settings.value(QStringLiteral("window2/geometry")).toByteArray()))
            resize(1280, 800);
        return;
    }
    const std::int64_t span = settings.value(QStringLiteral("window/span_ms"), 1'800'000).toLongLong();
    m_rangeIsDefault = !settings.contains(QStringLiteral("window/span_ms")) && options.at.isEmpty();
    m_time.setLive(span);
    if (options.size)
        resize(*options.size);
    else if (!restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray()))
        resize(1600, 1000);
}

void MainWindow::restoreSecond()
{
    QSettings settings;
    const bool endedBadly = settings.value(runningKey(m_core.options.source)).toBool();
    settings.setValue(runningKey(m_core.options.source), true);
    settings.sync();  // what ends unexpectedly cannot write it any more
    if (endedBadly) {
        m_note->say(tr("Restored after an unexpected end: view, range and windows are those of before. Nothing was "
                       "sent again; what the engine holds, it held."),
                    has(QStringLiteral("health")) ? tr("Holdfast's own health") : QString());
        connect(m_note, &NoteBar::wayOutTaken, this,
                [this] { m_navigator.go({.view = QStringLiteral("health"), .service = {}, .item = {}}); });
    }
    if (settings.value(QStringLiteral("window2/open")).toBool()) {
        openBeside({.view = settings.value(QStringLiteral("window2/view")).toString(),
                    .service = settings.value(QStringLiteral("window2/service")).toString(),
                    .item = {}});
        activateWindow();
    }
    auto* keep = new QTimer(this);
    connect(keep, &QTimer::timeout, this, [this] {
        if (isVisible())
            save(true);
    });
    keep->start(keepEveryMs);
}

void MainWindow::save(bool running) const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/view"), m_navigator.place().view);
    settings.setValue(QStringLiteral("window/service"), m_navigator.service());
    settings.setValue(QStringLiteral("window/span_ms"), QVariant::fromValue<qint64>(m_time.spanMs()));
    settings.setValue(QStringLiteral("window/panel"), m_panelWanted);
    settings.setValue(QStringLiteral("window2/open"), second() != nullptr);
    settings.setValue(runningKey(m_core.options.source), running);
    if (m_second)
        m_second->saveSecond();
}

void MainWindow::saveSecond() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window2/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window2/view"), m_navigator.place().view);
    settings.setValue(QStringLiteral("window2/service"), m_navigator.service());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_core.options.screenshot.isEmpty())
        isSecond() ? saveSecond() : save(false);
    if (m_second)
        m_second->hide();
    QMainWindow::closeEvent(event);
}

}  // namespace holdfast::widgets
