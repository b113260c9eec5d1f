#include "widgets/client/attach_probe.h"

#include "widgets/client/json_fields.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSettings>

namespace holdfast::widgets {

namespace {

constexpr int deadlineMs = 3000;

QString keyOf(const QUrl& address)
{
    return QStringLiteral("attach/engine/") + QString::fromLatin1(QUrl::toPercentEncoding(address.toString()));
}

}  // namespace

AttachProbe::AttachProbe(const QUrl& address, std::function<void(bool)> done, QObject* parent)
    : QObject(parent), m_address(address), m_done(std::move(done)), m_network(new QNetworkAccessManager(this))
{
    m_network->setProxy(QNetworkProxy::NoProxy);
    QUrl url = address;
    url.setPath((url.path().endsWith(QLatin1Char('/')) ? url.path().chopped(1) : url.path())
                + QStringLiteral("/api/v1/status/buildinfo"));
    QNetworkRequest request(url);
    request.setTransferTimeout(deadlineMs);
    QNetworkReply* reply = m_network->get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        answered(reply->readAll(), reply->error() == QNetworkReply::NoError);
        reply->deleteLater();
    });
}

void AttachProbe::answered(const QByteArray& body, bool any)
{
    QSettings settings;
    bool isEngine = settings.value(keyOf(m_address), false).toBool();
    if (const auto answer = jsonObject(body); any && answer.ok()) {
        isEngine = textField(objectField(*answer, "data"), "application") == QLatin1String("Holdfast");
        settings.setValue(keyOf(m_address), isEngine);
    }
    m_done(isEngine);
}

}  // namespace holdfast::widgets
