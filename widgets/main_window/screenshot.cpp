#include "widgets/main_window/screenshot.h"

#include "widgets/main_window/main_window.h"

#include <QImageWriter>
#include <QPixmap>

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int checkMs = 100;
constexpr int stillFor = 8;  // checks; longer than the 0.5 s by which views put off what they ask

}  // namespace

Screenshot::Screenshot(MainWindow& window, QString file, std::optional<int> afterS, QObject* parent)
    : QObject(parent), m_window(window), m_file(std::move(file)), m_untilStill(!afterS)
{
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::check);
    QTimer::singleShot(afterS.value_or(0) * 1000, this, [this] { m_timer.start(checkMs); });
}

void Screenshot::check()
{
    const bool live = m_window.painted();
    if (!live && --m_patience > 0)
        return;
    if (live && m_untilStill && !stands() && --m_unrest > 0)
        return;
    m_timer.stop();
    write(live);
}

bool Screenshot::stands()
{
    QImage now = m_window.grab().toImage();
    m_same = now == m_last ? m_same + 1 : 0;
    m_last = std::move(now);
    return m_same >= stillFor;
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
