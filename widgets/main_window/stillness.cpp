#include "widgets/main_window/stillness.h"

#include "widgets/client/api_client.h"
#include "widgets/client/engine_link.h"
#include "widgets/main_window/main_window.h"

#include <QEvent>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPixmap>

#include <algorithm>
#include <utility>

namespace holdfast::widgets {

namespace {

constexpr int comparesFrom = 20;  // looks: pictures are dear, and what paints that often may paint the same for ever

}  // namespace

Stillness::Stillness(MainWindow& window, int times) : m_window(window), m_times(times)
{
    window.installEventFilter(this);
    const auto* network = window.context().api.findChild<QNetworkAccessManager*>();
    // What was given up in favour of a newer question is no answer.
    connect(network, &QNetworkAccessManager::finished, this, [this](const QNetworkReply* reply) {
        if (reply->error() != QNetworkReply::OperationCanceledError)
            m_answered.insert(reply->url());
    });
}

bool Stillness::look()
{
    if (!m_window.painted() || !m_window.context().link.connected() || asks() || works())
        return false;
    const bool repainted = std::exchange(m_repainted, false);
    if (repainted && ++m_restless < comparesFrom) {
        m_same = 0;
    } else if (repainted) {
        QImage now = m_window.grab().toImage();
        m_same = now == m_last ? m_same + 1 : 0;
        m_last = std::move(now);
    } else {
        ++m_same;
    }
    return m_same >= m_times;
}

bool Stillness::eventFilter(QObject* watched, QEvent* event)
{
    m_repainted = m_repainted || event->type() == QEvent::UpdateRequest;
    return QObject::eventFilter(watched, event);
}

void Stillness::disturb(int times)
{
    m_times = times;
    m_same = 0;
    m_restless = 0;
    m_repainted = true;
    m_last = {};
    m_marker.reset();
}

/// The stream of events stays open for good, and what was answered before is only asked again to see changes.
bool Stillness::asks() const
{
    const auto replies = m_window.context().api.findChildren<QNetworkReply*>();
    return std::any_of(replies.begin(), replies.end(), [this](const QNetworkReply* reply) {
        return reply->isRunning() && !m_answered.contains(reply->url())
               && !reply->url().path().endsWith(QLatin1String("/stream"));
    });
}

/// Jobs run in order: once the marker is back, all that was asked before it is on the screen.
bool Stillness::works()
{
    const bool done = m_marker && *m_marker;
    if (!m_marker || done) {
        auto marker = std::make_shared<bool>(false);
        if (m_window.context().api.courier().run([marker] { return Courier::Delivery([marker] { *marker = true; }); }))
            m_marker = marker;
    }
    return !done;
}

}  // namespace holdfast::widgets
