#include "widgets/main_window/end_signals.h"

#include <QSocketNotifier>

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace holdfast::widgets {

namespace {

constexpr std::array endingSignals{SIGTERM, SIGINT, SIGHUP};

// The handler may touch nothing else.
volatile std::sig_atomic_t wakeSocket = -1;

void wake(int)
{
    const int interrupted = errno;  // of whatever the handler broke into
    const char byte = 1;
    if (wakeSocket < 0 || ::write(wakeSocket, &byte, 1) != 1) {
        // one wake-up is underway already
    }
    errno = interrupted;
}

void handle(void (*with)(int))
{
    struct sigaction action {};
    action.sa_handler = with;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (const int signal : endingSignals)
        ::sigaction(signal, &action, nullptr);
}

}  // namespace

EndSignals::EndSignals(QObject* parent) : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_sockets.data()) != 0)
        return;  // then they end the program as they always did
    m_notifier = new QSocketNotifier(m_sockets[1], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &EndSignals::take);
    wakeSocket = m_sockets[0];
    handle(wake);
}

EndSignals::~EndSignals()
{
    if (!m_notifier)
        return;
    handle(SIG_DFL);
    wakeSocket = -1;
    for (const int socket : m_sockets)
        ::close(socket);
}

void EndSignals::take()
{
    std::array<char, 16> bytes{};
    while (::read(m_sockets[1], bytes.data(), bytes.size()) > 0) {
    }
    emit asked();
}

}  // namespace holdfast::widgets
