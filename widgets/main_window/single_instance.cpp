#include "widgets/main_window/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>

namespace holdfast::widgets {

namespace {

constexpr int connectMs = 300;
constexpr int answerMs = 700;
constexpr qint64 longestLink = 4096;

QString socketName(const EngineSource& source)
{
    const QString what =
        source.attach.isEmpty() ? QFileInfo(source.engineFile).absoluteFilePath() : source.attach.toString();
    const QByteArray hash = QCryptographicHash::hash(what.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    return folder + QStringLiteral("/holdfast-window-") + QString::fromLatin1(hash);
}

}  // namespace

SingleInstance::SingleInstance(const EngineSource& source, QObject* parent)
    : QObject(parent), m_name(socketName(source)), m_server(new QLocalServer(this))
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleInstance::take);
}

bool SingleInstance::handOver(const QString& link)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(connectMs))
        return false;
    socket.write(link.toUtf8() + '\n');
    // A process that hangs must not keep a person from a window of their own.
    return socket.waitForReadyRead(answerMs) && socket.readAll().startsWith("ok");
}

void SingleInstance::listen()
{
    if (m_server->listen(m_name))
        return;
    QLocalServer::removeServer(m_name);  // left behind by a process that was killed: nobody answered handOver()
    [[maybe_unused]] const bool listening = m_server->listen(m_name);
}

void SingleInstance::close()
{
    m_server->close();
}

void SingleInstance::take()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine() && socket->bytesAvailable() < longestLink)
                return;
            const QString link = QString::fromUtf8(socket->readLine(longestLink)).trimmed();
            socket->write("ok\n");
            socket->flush();
            socket->disconnectFromServer();
            emit asked(link);
        });
    }
}

}  // namespace holdfast::widgets
