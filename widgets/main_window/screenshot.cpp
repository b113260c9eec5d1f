#include "widgets/main_window/screenshot.h"

#include "widgets/main_window/main_window.h"

#include <QImageWriter>
#include <QPixmap>

#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int checkMs = 100;

}  // namespace

Screenshot::Screenshot(MainWindow& window, QString file, int afterS, QObject* parent)
    : QObject(parent), m_window(window), m_file(std::move(file))
{
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::check);
    QTimer::singleShot(afterS * 1000, this, [this] { m_timer.start(checkMs); });
}

void Screenshot::check()
{
    const bool live = m_window.painted();
    if (!live && --m_patience > 0)
        return;
    m_timer.stop();
    QImageWriter writer(m_file, m_file.endsWith(QLatin1String(".png"), Qt::CaseInsensitive) ? QByteArray() : "png");
    if (!writer.write(m_window.grab().toImage()))
        emit done(live, QStringLiteral("%1: %2").arg(m_file, writer.errorString()));
    else
        emit done(live, {});
}

}  // namespace holdfast::widgets
