#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/engine_file.h"
#include "widgets/client/status.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>

class QNetworkReply;

namespace holdfast::widgets {

enum class LinkState { Connecting, Connected, Unreachable, Restarting };

/// Which engine the window belongs to: one that writes an engine file, or by URL a remote one, or any
/// Prometheus-compatible API.
struct EngineSource {
    QString engineFile;
    QUrl attach;
    bool attachIsEngine = false;  ///< AttachProbe found a Holdfast engine there
};

/// The connection to the engine and what is known of its health.
///
///   Connecting ──status ok──▶ Connected ──status fails──▶ Unreachable ──startEngine()──▶ Restarting
///                                 ▲ └──────── status ok ◀──┘     ▲                            │
///                                 └─────── status ok ────────────┴── no answer in 15 s ───────┘
///
/// Asks for the status every second (deadline 1.5 s) and at once when the event stream breaks, so that a dead engine
/// is said within two seconds. While unreachable it reads the engine file again before each try, with back-off
/// 0.25 s … 2 s. Commit hints are passed on at most four times a second. Thread: gui.
class EngineLink : public QObject {
    Q_OBJECT

public:
    EngineLink(ApiClient& api, EngineSource source, QObject* parent = nullptr);
    ~EngineLink() override;

    void start();

    [[nodiscard]] LinkState state() const { return m_state; }
    /// When the state began, ms since the epoch; for Unreachable: when the last good answer came.
    [[nodiscard]] std::int64_t sinceMs() const { return m_sinceMs; }
    /// Why it is unreachable, in words.
    [[nodiscard]] QString detail() const { return m_detail; }
    /// The latest status, or null before the first and for a foreign API.
    [[nodiscard]] std::shared_ptr<const Status> status() const { return m_status; }
    /// A foreign Prometheus: no controls, no incidents, no fleet from an engine.
    [[nodiscard]] bool attached() const { return readOnly() && !m_source.attachIsEngine; }
    /// Reached by address, as guest: reading only, whether an engine or a Prometheus is there.
    [[nodiscard]] bool readOnly() const { return !m_source.attach.isEmpty(); }
    /// Of a foreign Prometheus: over how long rates are to be taken there, four of its scrape intervals and at least
    /// a minute, as a duration.
    [[nodiscard]] QString rateWindow() const { return m_rateWindow; }
    [[nodiscard]] bool connected() const { return m_state == LinkState::Connected; }
    /// The window knows how the engine was started and may start it again.
    [[nodiscard]] bool canStart() const;
    /// Where others may ask without a token: Grafana, curl, a browser. Empty before the engine was found.
    [[nodiscard]] QUrl publicUrl() const { return readOnly() ? m_source.attach : m_file.publicUrl; }
    /// What startEngine() runs, for the tooltip and the log.
    [[nodiscard]] QStringList startCommand() const;
    /// The time the window is at, ms since the epoch: the present, or the replayed instant.
    [[nodiscard]] std::int64_t engineNowMs() const;
    /// The engine's time now, whatever is replayed: its last word plus the time gone by since.
    [[nodiscard]] std::int64_t presentMs() const;
    /// Replay: what engineNowMs() says from now on; commits are not told meanwhile. Nothing: the present again.
    void setShownNow(std::optional<std::int64_t> ms) { m_shownNow = ms; }

public slots:
    /// Runs `holdfast serve` as the last engine was run, detached from the window.
    void startEngine();
    /// Asks for the status now.
    void probe();

signals:
    void stateChanged();
    void statusChanged();
    /// New samples up to `t` are readable; at most four times a second.
    void committed(qint64 t);
    /// Something changed and should be read again: incident, action, control, lease, target, status.
    void hinted(const QString& kind);

private:
    void readEngineFileAgain();
    void useEngineFile(const EngineFile& file);
    void answered(const Result<std::shared_ptr<const Status>>& answer);
    void lost(const QString& why);
    void setState(LinkState state);
    void openStream();
    void readStream();
    void streamEnded();
    void takeEvent();
    void emitHints();
    void askPace();

    ApiClient& m_api;
    const EngineSource m_source;
    LinkState m_state = LinkState::Connecting;
    std::int64_t m_sinceMs = 0;
    std::int64_t m_lastAnswerMs = 0;
    std::int64_t m_engineAheadMs = 0;
    std::optional<std::int64_t> m_shownNow;
    int m_backoffMs = 0;
    QString m_detail;
    EngineFile m_file;
    std::shared_ptr<const Status> m_status;
    RequestSlot m_statusSlot;
    RequestSlot m_paceSlot;
    QString m_rateWindow = QStringLiteral("1m");
    int m_answersUntilPace = 0;
    QPointer<QNetworkReply> m_stream;
    QByteArray m_streamText;
    QByteArray m_eventName;
    QByteArray m_eventData;
    qint64 m_committedTo = 0;
    bool m_commitPending = false;
    QSet<QString> m_pendingHints;
    QTimer m_probeTimer;
    QTimer m_restartDeadline;
    QTimer m_hintTimer;
    QTimer m_streamTimer;
};

}  // namespace holdfast::widgets
