#include "widgets/main_window/first_paint.h"

#include "widgets/main_window/main_window.h"

#include <QCoreApplication>
#include <QEvent>

namespace holdfast::widgets {

FirstPaint::FirstPaint(const MainWindow& window, QElapsedTimer sinceStart, QObject* parent)
    : QObject(parent), m_window(window), m_sinceStart(sinceStart)
{
    qApp->installEventFilter(this);
}

bool FirstPaint::eventFilter(QObject* watched, QEvent* event)
{
    // The window repaints what has changed in one go, as the last of what its own event leads to.
    if (event->type() == QEvent::UpdateRequest && watched == &m_window) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_window.painted())
                    return;
                qApp->removeEventFilter(this);
                emit reached(m_sinceStart.elapsed());
                deleteLater();
            },
            Qt::QueuedConnection);
    }
    return false;
}

}  // namespace holdfast::widgets
