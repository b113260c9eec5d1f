#pragma once

#include "app/base/result.h"
#include "widgets/client/courier.h"
#include "widgets/client/matrix.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <memory>
#include <optional>

class QJsonObject;
class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;

namespace holdfast::widgets {

/// One place in a view that shows the answer to one question. A new question on the same slot, or the slot's end,
/// makes the answer to the old one be dropped wherever it is: on the wire, in the decoder or in the queue.
/// Thread: gui.
class RequestSlot {
public:
    RequestSlot() = default;
    ~RequestSlot() { cancel(); }
    RequestSlot(const RequestSlot&) = delete;
    RequestSlot& operator=(const RequestSlot&) = delete;
    RequestSlot(RequestSlot&&) = default;
    RequestSlot& operator=(RequestSlot&&) = delete;

    void cancel();
    /// A question is underway.
    [[nodiscard]] bool busy() const;

private:
    friend class ApiClient;
    struct Ticket;
    std::shared_ptr<Ticket> m_ticket;
};

/// Asks an engine, or any Prometheus-compatible API, and hands the decoded answers out as immutable snapshots.
///
/// The network is asynchronous, decoding runs on a worker thread, answers arrive on the GUI thread. Every question has
/// a deadline. Errors are sentences: the engine's own, or what the network said.
/// Thread: gui.
class ApiClient : public QObject {
    Q_OBJECT

public:
    template <typename T>
    using Decoder = std::function<Result<T>(const QByteArray&)>;
    template <typename T>
    using Done = std::function<void(const Result<std::shared_ptr<const T>>&)>;

    explicit ApiClient(QObject* parent = nullptr);
    ~ApiClient() override;

    /// Where to ask from now on; `token` may be empty (a foreign Prometheus).
    void setEndpoint(const QUrl& base, const QByteArray& token);
    [[nodiscard]] bool hasEndpoint() const { return !m_base.isEmpty(); }
    [[nodiscard]] QUrl endpoint() const { return m_base; }
    /// Replay: from now on the engine's doors are asked what was known at `atMs`, and every change is refused before it
    /// is sent. Nothing: the present again. Ranges of PromQL say their own time.
    void setAt(std::optional<std::int64_t> atMs);
    [[nodiscard]] std::optional<std::int64_t> at() const { return m_at; }
    /// From now on every change is refused before it is sent, with this sentence.
    void setReadOnly(const QString& why);
    [[nodiscard]] const QString& readOnly() const { return m_readOnly; }

    template <typename T>
    void get(RequestSlot& slot, const QString& path, const QUrlQuery& query, Decoder<T> decode, Done<T> done,
             int deadlineMs = defaultDeadlineMs)
    {
        startGet(slot, path, query, deadlineMs, finishWith<T>(std::move(decode), std::move(done)));
    }
    /// As get(), about the present, whatever is replayed.
    template <typename T>
    void getPresent(RequestSlot& slot, const QString& path, const QUrlQuery& query, Decoder<T> decode, Done<T> done)
    {
        startGet(slot, path, query, defaultDeadlineMs, finishWith<T>(std::move(decode), std::move(done)),
                 Moment::Present);
    }
    /// A question too long for an address: the parameters go as a form. Changes nothing there.
    template <typename T>
    void ask(RequestSlot& slot, const QString& path, const QUrlQuery& form, Decoder<T> decode, Done<T> done)
    {
        startForm(slot, path, form, finishWith<T>(std::move(decode), std::move(done)));
    }
    template <typename T>
    void post(RequestSlot& slot, const QString& path, const QJsonObject& body, Decoder<T> decode, Done<T> done,
              int deadlineMs = defaultDeadlineMs)
    {
        startPost(slot, path, body, deadlineMs, finishWith<T>(std::move(decode), std::move(done)));
    }

    /// `query_range` by POST form. `$step` in `expr` becomes the grid's step as a duration.
    void queryRange(RequestSlot& slot, const QString& expr, Grid grid, Done<Matrix> done);
    /// The same, with `refine` run on the worker over the decoded answer: merging, decimation.
    template <typename T>
    void queryRange(RequestSlot& slot, const QString& expr, Grid grid, std::function<T(Matrix)> refine, Done<T> done)
    {
        startQueryRange(slot, expr, grid,
                        finishWith<T>(
                            [grid, refine = std::move(refine)](const QByteArray& body) -> Result<T> {
                                HF_TRY(Matrix matrix, decodeMatrix(body, grid));
                                return refine(std::move(matrix));
                            },
                            std::move(done)));
    }
    /// An instant query at `atMs`; each series has one value.
    void query(RequestSlot& slot, const QString& expr, std::int64_t atMs, Done<Matrix> done);

    /// A reply that is not read by the client: the event stream. Owned by the client; no deadline.
    [[nodiscard]] QNetworkReply* openStream(const QString& path);
    /// The worker, for other jobs whose result belongs to the same picture.
    [[nodiscard]] Courier& courier() { return m_courier; }

    static constexpr int defaultDeadlineMs = 10'000;

signals:
    /// at() begins or ends, or readOnly() changed.
    void lockChanged();

private:
    enum class Moment { Shown, Present };
    /// Runs on the worker with the body or the failure; returns what to do on the GUI thread.
    using Finish = std::function<Courier::Delivery(Result<QByteArray>)>;

    template <typename T>
    static Finish finishWith(Decoder<T> decode, Done<T> done)
    {
        return [decode = std::move(decode), done = std::move(done)](Result<QByteArray> body) -> Courier::Delivery {
            if (!body)
                return [done, error = body.error()] { done(error); };
            Result<T> decoded = decode(*body);
            if (!decoded)
                return [done, error = decoded.error()] { done(error); };
            auto snapshot = std::make_shared<const T>(std::move(*decoded));
            return [done, snapshot] { done(Result<std::shared_ptr<const T>>(snapshot)); };
        };
    }

    void startGet(RequestSlot& slot, const QString& path, const QUrlQuery& query, int deadlineMs, Finish finish,
                  Moment moment = Moment::Shown);
    void startPost(RequestSlot& slot, const QString& path, const QJsonObject& body, int deadlineMs, Finish finish);
    void startForm(RequestSlot& slot, const QString& path, const QUrlQuery& form, Finish finish);
    void startQueryRange(RequestSlot& slot, const QString& expr, Grid grid, Finish finish);
    void follow(RequestSlot& slot, QNetworkReply* reply, Finish finish);
    void refuse(RequestSlot& slot, const Finish& finish, const QString& why);
    [[nodiscard]] QUrlQuery asThen(const QString& path, QUrlQuery query) const;
    [[nodiscard]] QNetworkRequest request(const QString& path, const QUrlQuery& query, int deadlineMs) const;

    QUrl m_base;
    QByteArray m_token;
    std::optional<std::int64_t> m_at;
    QString m_readOnly;
    Courier m_courier;
    QNetworkAccessManager* m_network;
};

}  // namespace holdfast::widgets
