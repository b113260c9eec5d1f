#include "widgets/client/engine_link.h"

#include "app/base/duration.h"
#include "widgets/client/json_fields.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QNetworkReply>
#include <QProcess>

#include <algorithm>

namespace holdfast::widgets {

namespace {

constexpr int probeIntervalMs = 1000;
constexpr int probeDeadlineMs = 1500;
constexpr int firstBackoffMs = 250;
constexpr int lastBackoffMs = 2000;
constexpr int restartDeadlineMs = 15'000;
constexpr int hintIntervalMs = 250;       // at most four repaints a second
constexpr int slowHintIntervalMs = 1000;  // while the engine asks for slower repaints
constexpr int streamRetryMs = 2000;
constexpr std::int64_t paceSpanMs = 600'000;  // over which a foreign Prometheus's scrapes are counted
constexpr std::int64_t leastWindowMs = 60'000;
constexpr int answersPerPace = 60;
constexpr qsizetype streamLineLimit = 65536;

std::int64_t wallNow()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// A Prometheus answers buildinfo; only its being there counts.
Result<Status> decodeBuildInfo(const QByteArray& body)
{
    HF_TRY(const QJsonObject root, jsonObject(body));
    Status status;
    status.version = textField(objectField(root, "data"), "version");
    status.nowMs = wallNow();
    return status;
}

QString engineProgram(const EngineFile& file)
{
    if (!file.program.isEmpty())
        return file.program;
    const QString beside = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("holdfast"));
    return QFileInfo::exists(beside) ? beside : QString();
}

}  // namespace

EngineLink::EngineLink(ApiClient& api, EngineSource source, QObject* parent)
    : QObject(parent), m_api(api), m_source(std::move(source)), m_sinceMs(wallNow())
{
    connect(&m_probeTimer, &QTimer::timeout, this, &EngineLink::probe);
    m_probeTimer.setSingleShot(true);
    m_restartDeadline.setSingleShot(true);
    connect(&m_restartDeadline, &QTimer::timeout, this, [this] { lost(tr("the engine did not start in 15 s")); });
    m_hintTimer.setSingleShot(true);
    m_hintTimer.setInterval(hintIntervalMs);
    connect(&m_hintTimer, &QTimer::timeout, this, &EngineLink::emitHints);
    m_streamTimer.setSingleShot(true);
    connect(&m_streamTimer, &QTimer::timeout, this, &EngineLink::openStream);
}

EngineLink::~EngineLink()
{
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream->abort();
    }
}

void EngineLink::start()
{
    if (readOnly()) {
        m_api.setEndpoint(m_source.attach, {});
        m_api.setReadOnly(tr("attached to %1 – reading only").arg(m_source.attach.host()));
    }
    probe();
}

bool EngineLink::canStart() const
{
    return !readOnly() && startCommand().size() > 1;
}

QStringList EngineLink::startCommand() const
{
    const QString program = engineProgram(m_file);
    if (program.isEmpty())
        return {};
    QStringList command{program};
    if (!m_file.arguments.isEmpty())
        return command + m_file.arguments;
    if (!m_status || m_status->store.file.isEmpty())
        return {};
    command << QStringLiteral("serve");
    if (!m_status->configFile.isEmpty())
        command << QStringLiteral("--config") << m_status->configFile;
    command << QStringLiteral("--db") << m_status->store.file;
    if (m_file.publicUrl.port() > 0)
        command << QStringLiteral("--listen")
                << m_file.publicUrl.host() + QLatin1Char(':') + QString::number(m_file.publicUrl.port());
    return command;
}

std::int64_t EngineLink::engineNowMs() const
{
    return m_shownNow.value_or(presentMs());
}

std::int64_t EngineLink::presentMs() const
{
    // The clock of an engine that replays a bundle stands.
    return m_status && m_status->replay ? m_status->nowMs : wallNow() + m_engineAheadMs;
}

void EngineLink::startEngine()
{
    if (!canStart() || m_state == LinkState::Restarting)
        return;
    QStringList command = startCommand();
    const QString program = command.takeFirst();
    if (!QProcess::startDetached(program, command)) {
        lost(tr("cannot run %1").arg(program));
        return;
    }
    m_restartDeadline.start(restartDeadlineMs);
    m_backoffMs = firstBackoffMs;
    setState(LinkState::Restarting);
    m_probeTimer.start(firstBackoffMs);
}

void EngineLink::probe()
{
    m_probeTimer.stop();
    if (attached()) {
        m_api.get<Status>(
            m_statusSlot, QStringLiteral("/api/v1/status/buildinfo"), {}, decodeBuildInfo,
            [this](const auto& answer) { answered(answer); }, probeDeadlineMs);
        return;
    }
    if (!readOnly() && (m_state != LinkState::Connected || !m_api.hasEndpoint())) {
        readEngineFileAgain();
        return;
    }
    m_api.get<Status>(
        m_statusSlot, QStringLiteral("/holdfast/v1/status"), {}, decodeStatus,
        [this](const auto& answer) { answered(answer); }, probeDeadlineMs);
}

void EngineLink::readEngineFileAgain()
{
    const QPointer<EngineLink> self(this);
    const bool taken = m_api.courier().run([self, path = m_source.engineFile]() -> Courier::Delivery {
        auto file = readEngineFile(path);
        return [self, file = std::move(file)] {
            if (!self)
                return;
            if (!file)
                self->lost(QString::fromStdString(file.error().message));
            else
                self->useEngineFile(*file);
        };
    });
    if (!taken)
        m_probeTimer.start(probeIntervalMs);
}

void EngineLink::useEngineFile(const EngineFile& file)
{
    m_file = file;
    m_api.setEndpoint(file.privateUrl, file.token);
    m_api.get<Status>(
        m_statusSlot, QStringLiteral("/holdfast/v1/status"), {}, decodeStatus,
        [this](const auto& answer) { answered(answer); }, probeDeadlineMs);
}

void EngineLink::answered(const Result<std::shared_ptr<const Status>>& answer)
{
    if (!answer) {
        lost(QString::fromStdString(answer.error().message));
        return;
    }
    m_status = *answer;
    m_lastAnswerMs = wallNow();
    m_engineAheadMs = m_status->nowMs > 0 ? m_status->nowMs - m_lastAnswerMs : 0;
    m_hintTimer.setInterval(m_status->overload.steps.contains(QLatin1String("slower-repaint")) ? slowHintIntervalMs
                                                                                               : hintIntervalMs);
    m_backoffMs = 0;
    m_detail.clear();
    m_restartDeadline.stop();
    if (m_state != LinkState::Connected) {
        setState(LinkState::Connected);
        openStream();
    }
    emit statusChanged();
    if (readOnly() && !m_shownNow)
        emit committed(m_status->nowMs);
    if (attached() && --m_answersUntilPace <= 0)
        askPace();
    m_probeTimer.start(probeIntervalMs);
}

void EngineLink::askPace()
{
    m_answersUntilPace = answersPerPace;
    // Most targets, not the one that began just now or is read once an hour.
    const QString expr = QStringLiteral("quantile(0.1, count_over_time(up[10m]))");
    m_api.query(m_paceSlot, expr, m_status->nowMs, [this](const auto& answer) {
        if (!answer || (*answer)->series.empty() || (*answer)->series.front().values.empty())
            return;
        const double scrapes = (*answer)->series.front().values.back();
        if (!(scrapes >= 1))
            return;
        const auto intervalMs = static_cast<std::int64_t>(paceSpanMs / scrapes);
        const std::int64_t windowMs = std::clamp(4 * intervalMs, leastWindowMs, paceSpanMs);
        m_rateWindow = QString::fromStdString(formatDuration(windowMs / 1000 * 1000));
    });
}

void EngineLink::lost(const QString& why)
{
    m_detail = why;
    m_backoffMs = m_backoffMs == 0 ? firstBackoffMs : std::min(m_backoffMs * 2, lastBackoffMs);
    const bool waiting = m_state == LinkState::Restarting && m_restartDeadline.isActive();
    if (!waiting)
        setState(LinkState::Unreachable);
    m_probeTimer.start(waiting ? firstBackoffMs : m_backoffMs);
}

void EngineLink::setState(LinkState state)
{
    if (m_state == state)
        return;
    m_state = state;
    m_sinceMs = state == LinkState::Unreachable && m_lastAnswerMs > 0 ? m_lastAnswerMs : wallNow();
    emit stateChanged();
}

void EngineLink::openStream()
{
    if (readOnly() || m_stream || m_state != LinkState::Connected)
        return;
    m_streamText.clear();
    m_stream = m_api.openStream(QStringLiteral("/holdfast/v1/stream"));
    connect(m_stream, &QNetworkReply::readyRead, this, &EngineLink::readStream);
    connect(m_stream, &QNetworkReply::finished, this, &EngineLink::streamEnded);
}

void EngineLink::streamEnded()
{
    m_stream = nullptr;
    m_streamTimer.start(streamRetryMs);
    if (m_state == LinkState::Connected)
        probe();
}

void EngineLink::readStream()
{
    m_streamText += m_stream->readAll();
    for (qsizetype end = m_streamText.indexOf('\n'); end >= 0; end = m_streamText.indexOf('\n')) {
        const QByteArray line = m_streamText.left(end).trimmed();
        m_streamText.remove(0, end + 1);
        if (line.isEmpty())
            takeEvent();
        else if (line.startsWith("event:"))
            m_eventName = line.mid(6).trimmed();
        else if (line.startsWith("data:"))
            m_eventData = line.mid(5).trimmed();
    }
    if (m_streamText.size() > streamLineLimit)
        m_streamText.clear();
}

void EngineLink::takeEvent()
{
    if (m_eventName.isEmpty())
        return;
    if (m_eventName == "commit") {
        if (const auto object = jsonObject(m_eventData); object.ok())
            m_committedTo = intField(*object, "t");
        m_commitPending = true;
    } else {
        m_pendingHints.insert(QString::fromUtf8(m_eventName));
    }
    m_eventName.clear();
    m_eventData.clear();
    if (!m_hintTimer.isActive())
        m_hintTimer.start();
}

void EngineLink::emitHints()
{
    if (std::exchange(m_commitPending, false) && !m_shownNow)
        emit committed(m_committedTo);
    const QSet<QString> hints = std::exchange(m_pendingHints, {});
    for (const QString& kind : hints)
        emit hinted(kind);
}

}  // namespace holdfast::widgets
