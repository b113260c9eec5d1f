#include "widgets/main_window/screenshot.h"

#include "widgets/main_window/main_window.h"

#include <QApplication>
#include <QImageWriter>
#include <QPixmap>

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int stillFor = 12;  // looks; longer than the 0.5 s by which views put off what they ask

}  // namespace

Screenshot::Screenshot(MainWindow& window, QString file, std::optional<int> afterS, QObject* parent)
    : QObject(parent), m_window(window), m_file(std::move(file)), m_untilStill(!afterS), m_stillness(window, stillFor)
{
    // A text cursor would blink, and no two pictures be the same.
    QApplication::setCursorFlashTime(0);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::check);
    QTimer::singleShot(afterS.value_or(0) * 1000, this, [this] { m_timer.start(Stillness::everyMs); });
}

void Screenshot::check()
{
    const bool live = m_window.painted();
    if (!live && --m_patience > 0)
        return;
    if (live && m_untilStill && !m_stillness.look() && --m_unrest > 0)
        return;
    m_timer.stop();
    write(live);
}

void Screenshot::write(bool live)
{
    QImageWriter writer(m_file, m_file.endsWith(QLatin1String(".png"), Qt::CaseInsensitive) ? QByteArray() : "png");
    if (!writer.write(m_window.grab().toImage()))
        emit done(live, QStringLiteral("%1: %2").arg(m_file, writer.errorString()));
    else
        emit done(live, {});
}

}  // namespace holdfast::widgets
