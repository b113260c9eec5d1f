#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>

class QTcpSocket;

namespace holdfast::test {

/// An HTTP server that speaks app/api/API.md with made-up, moving numbers: a small shop whose payments fail. For tests
/// of the window only; the real engine is tested with the real one. Thread: gui.
class FakeEngine : public QObject {
public:
    struct Request {
        QByteArray method;
        QString path;
        QByteArray query;
        QJsonObject body;
        QByteArray form;
    };

    explicit FakeEngine(QObject* parent = nullptr);
    ~FakeEngine() override;

    /// Where the window finds it; written anew by listen().
    [[nodiscard]] QString engineFile() const;
    /// Dies as a killed process does: connections break, nothing answers.
    void die();
    /// Comes back on another port with the same file.
    void listen();
    /// What was asked so far, oldest first.
    [[nodiscard]] const QList<Request>& requests() const { return m_requests; }
    [[nodiscard]] int count(const QString& path) const;
    /// The first POST to `path`, or an empty body.
    [[nodiscard]] QJsonObject posted(const QString& path) const;
    /// Somebody else forced the breaker of payments.
    void force(const QString& mode) { m_forced = mode; }
    /// Tells all streams.
    void hint(const QByteArray& event, const QByteArray& data);

    // What the answers say; change it and the next answer says so.
    bool paymentsFail = true;
    bool anyService = true;
    bool offline = false;  ///< nearly all targets became unreachable at once
    int rulesLateMs = 0;
    int clockAheadMs = 0;       ///< of db-3
    bool diskIsFull = false;    ///< nearly
    QJsonArray deploys;         ///< events
    bool gatewayOpens = false;  ///< the breaker gateway → checkout
    bool paymentsOpens = true;  ///< the breaker checkout → payments
    bool needsSecond = false;   ///< actions wait for a second person
    QJsonArray notifications;   ///< of the journal, newest first
    QString refuseActions;      ///< when set, actions are answered 409 with this sentence

private:
    void onConnection();
    void onBytes(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const Request& request);
    [[nodiscard]] QByteArray bodyFor(const Request& request, int& status);
    [[nodiscard]] QJsonObject status() const;
    [[nodiscard]] QJsonObject fleet() const;
    [[nodiscard]] QJsonObject service(const QString& name) const;
    [[nodiscard]] QJsonObject row(const QString& name, int index) const;
    [[nodiscard]] QJsonObject controls() const;
    [[nodiscard]] QJsonObject incidents() const;
    [[nodiscard]] QJsonObject action() const;
    [[nodiscard]] QJsonObject effect() const;
    [[nodiscard]] QJsonObject lease() const;
    [[nodiscard]] QJsonObject plan(const QJsonObject& wish) const;
    [[nodiscard]] QJsonObject queryRange(const QByteArray& form) const;

    QTemporaryDir m_directory;
    QTcpServer m_server;
    QHash<QTcpSocket*, QByteArray> m_unread;
    QList<QPointer<QTcpSocket>> m_streams;
    QList<Request> m_requests;
    QTimer m_commits;
    QString m_forced;
    int m_actionReads = 0;
    bool m_armed = true;
    bool m_waiting = false;
    bool m_cancelled = false;
};

}  // namespace holdfast::test
