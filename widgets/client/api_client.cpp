#include "widgets/client/api_client.h"

#include "app/base/duration.h"
#include "app/base/number_text.h"
#include "widgets/client/json_fields.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QUrlQuery>

#include <utility>

namespace holdfast::widgets {

struct RequestSlot::Ticket {
    bool wanted = true;  // read and written on the GUI thread only
    QPointer<QNetworkReply> reply;
};

void RequestSlot::cancel()
{
    if (!m_ticket)
        return;
    m_ticket->wanted = false;
    if (m_ticket->reply)
        m_ticket->reply->abort();
    m_ticket.reset();
}

bool RequestSlot::busy() const
{
    return m_ticket && m_ticket->wanted;
}

namespace {

constexpr qint64 answerLimit = 64 * 1024 * 1024;  // the engine's own limits lie below it

QString secondsText(std::int64_t ms)
{
    return QString::fromStdString(numberText(static_cast<double>(ms) / 1000.0));
}

ErrorKind kindFromText(const QString& text)
{
    if (text == QLatin1String("bad_input"))
        return ErrorKind::BadInput;
    if (text == QLatin1String("not_found"))
        return ErrorKind::NotFound;
    if (text == QLatin1String("conflict"))
        return ErrorKind::Conflict;
    if (text == QLatin1String("denied"))
        return ErrorKind::Denied;
    if (text == QLatin1String("timeout"))
        return ErrorKind::Timeout;
    if (text == QLatin1String("limit"))
        return ErrorKind::Limit;
    if (text == QLatin1String("unavailable"))
        return ErrorKind::Unavailable;
    return ErrorKind::Failed;
}

/// The engine's sentence if the body carries one; otherwise what the network said.
Error failureOf(const QNetworkReply& reply, const QByteArray& body)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QJsonObject answer = QJsonDocument::fromJson(body).object();
    const QString sentence = textField(answer, "error");
    if (!sentence.isEmpty())
        return {sentence.toStdString(), kindFromText(textField(answer, "kind"))};
    if (status == 404)
        return {"not found: " + reply.url().path().toStdString(), ErrorKind::NotFound};
    if (status == 401 || status == 403)
        return {"the engine refused the token", ErrorKind::Denied};
    if (reply.error() == QNetworkReply::OperationCanceledError)
        return {"no answer in time from " + reply.url().host().toStdString(), ErrorKind::Timeout};
    return {reply.errorString().toStdString(), ErrorKind::Unavailable};
}

}  // namespace

ApiClient::ApiClient(QObject* parent) : QObject(parent), m_network(new QNetworkAccessManager(this))
{
    m_network->setProxy(QNetworkProxy::NoProxy);  // the engine is on loopback
    m_network->setAutoDeleteReplies(true);
}

ApiClient::~ApiClient() = default;

void ApiClient::setEndpoint(const QUrl& base, const QByteArray& token)
{
    if (base == m_base && token == m_token)
        return;
    m_base = base;
    m_token = token;
    m_network->clearConnectionCache();
}

QNetworkRequest ApiClient::request(const QString& path, const QUrlQuery& query, int deadlineMs) const
{
    QUrl url = m_base;
    url.setPath(m_base.path().endsWith(QLatin1Char('/')) ? m_base.path().chopped(1) + path : m_base.path() + path);
    if (!query.isEmpty())
        url.setQuery(query);
    QNetworkRequest request(url);
    request.setTransferTimeout(deadlineMs);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    return request;
}

void ApiClient::setAt(std::optional<std::int64_t> atMs)
{
    const bool other = m_at.has_value() != atMs.has_value();
    m_at = atMs;
    if (other)
        emit lockChanged();
}

void ApiClient::setReadOnly(const QString& why)
{
    if (std::exchange(m_readOnly, why) != why)
        emit lockChanged();
}

void ApiClient::startGet(RequestSlot& slot, const QString& path, const QUrlQuery& query, int deadlineMs, Finish finish,
                         Moment moment)
{
    const QUrlQuery asked = moment == Moment::Present ? query : asThen(path, query);
    follow(slot, m_network->get(request(path, asked, deadlineMs)), std::move(finish));
}

void ApiClient::startPost(RequestSlot& slot, const QString& path, const QJsonObject& body, int deadlineMs,
                          Finish finish)
{
    // What a window tells of itself changes nothing that is replayed.
    const bool ofItself = path == QLatin1String("/holdfast/v1/window");
    if ((m_at && !ofItself) || !m_readOnly.isEmpty()) {
        refuse(slot, finish,
               m_at ? QStringLiteral("replay: the past is not changed; leave the replay first (Esc)") : m_readOnly);
        return;
    }
    QNetworkRequest ask = request(path, {}, deadlineMs);
    ask.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    follow(slot, m_network->post(ask, QJsonDocument(body).toJson(QJsonDocument::Compact)), std::move(finish));
}

void ApiClient::startForm(RequestSlot& slot, const QString& path, const QUrlQuery& form, Finish finish)
{
    QByteArray body;
    for (const auto& [name, value] : form.queryItems(QUrl::FullyDecoded))
        body += (body.isEmpty() ? "" : "&") + name.toUtf8() + '=' + QUrl::toPercentEncoding(value);
    QNetworkRequest ask = request(path, {}, defaultDeadlineMs);
    ask.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/x-www-form-urlencoded"));
    follow(slot, m_network->post(ask, body), std::move(finish));
}

void ApiClient::startQueryRange(RequestSlot& slot, const QString& expr, Grid grid, Finish finish)
{
    QString text = expr;
    text.replace(QLatin1String("$step"), QString::fromStdString(formatDuration(grid.stepMs)));
    QByteArray form = "query=" + QUrl::toPercentEncoding(text);
    form += "&start=" + secondsText(grid.startMs).toUtf8();
    form += "&end=" + secondsText(grid.endMs).toUtf8();
    form += "&step=" + secondsText(grid.stepMs).toUtf8();
    QNetworkRequest ask = request(QStringLiteral("/api/v1/query_range"), {}, defaultDeadlineMs);
    ask.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/x-www-form-urlencoded"));
    follow(slot, m_network->post(ask, form), std::move(finish));
}

void ApiClient::queryRange(RequestSlot& slot, const QString& expr, Grid grid, Done<Matrix> done)
{
    startQueryRange(
        slot, expr, grid,
        finishWith<Matrix>([grid](const QByteArray& body) { return decodeMatrix(body, grid); }, std::move(done)));
}

void ApiClient::query(RequestSlot& slot, const QString& expr, std::int64_t atMs, Done<Matrix> done)
{
    QUrlQuery ask;
    ask.addQueryItem(QStringLiteral("query"), QString::fromUtf8(QUrl::toPercentEncoding(expr)));
    ask.addQueryItem(QStringLiteral("time"), secondsText(atMs));
    const Grid grid{atMs, atMs, 1000};
    get<Matrix>(
        slot, QStringLiteral("/api/v1/query"), ask, [grid](const QByteArray& body) { return decodeMatrix(body, grid); },
        std::move(done));
}

void ApiClient::follow(RequestSlot& slot, QNetworkReply* reply, Finish finish)
{
    slot.cancel();
    auto ticket = std::make_shared<RequestSlot::Ticket>();
    ticket->reply = reply;
    slot.m_ticket = ticket;
    connect(reply, &QNetworkReply::finished, this, [this, reply, ticket, finish = std::move(finish)] {
        if (!ticket->wanted)
            return;
        const QByteArray bytes = reply->read(answerLimit);
        Result<QByteArray> body = bytes;
        if (reply->error() != QNetworkReply::NoError)
            body = failureOf(*reply, bytes);
        const bool taken = m_courier.run([ticket, finish, body = std::move(body)]() -> Courier::Delivery {
            Courier::Delivery deliver = finish(body);
            return [ticket, deliver] {
                if (!std::exchange(ticket->wanted, false))
                    return;
                deliver();
            };
        });
        if (!taken) {
            ticket->wanted = false;
            finish(Error{"the window is too busy to read the answer", ErrorKind::Limit})();
        }
    });
}

void ApiClient::refuse(RequestSlot& slot, const Finish& finish, const QString& why)
{
    slot.cancel();
    auto ticket = std::make_shared<RequestSlot::Ticket>();
    slot.m_ticket = ticket;
    const Courier::Delivery deliver = finish(Error{why.toStdString(), ErrorKind::Denied});
    // Later, as every answer comes: who asks need not expect one while asking.
    QMetaObject::invokeMethod(
        this,
        [ticket, deliver] {
            if (std::exchange(ticket->wanted, false))
                deliver();
        },
        Qt::QueuedConnection);
}

QUrlQuery ApiClient::asThen(const QString& path, QUrlQuery query) const
{
    static const QRegularExpression dated(QStringLiteral(
        "^/holdfast/v1/(fleet|controls|leases|targets|alerts|services/[^/]+|incidents(/\\d+(/similar|/export)?)?"
        "|actions(/\\d+)?|audit|shelves|standing|effects|review|handover)$"));
    if (!m_at)
        return query;
    if (dated.match(path).hasMatch()) {
        query.removeQueryItem(QStringLiteral("at"));
        query.addQueryItem(QStringLiteral("at"), QString::number(*m_at));
    } else if (path == QLatin1String("/holdfast/v1/events") && !query.hasQueryItem(QStringLiteral("known"))) {
        query.addQueryItem(QStringLiteral("known"), QString::number(*m_at));
    }
    return query;
}

QNetworkReply* ApiClient::openStream(const QString& path)
{
    QNetworkRequest ask = request(path, {}, 0);
    ask.setRawHeader("Accept", "text/event-stream");
    ask.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    return m_network->get(ask);
}

}  // namespace holdfast::widgets
