#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/engine_link.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace holdfast::widgets {

/// What every feed has in common: when to ask again. Thread: gui.
class FeedBase : public QObject {
    Q_OBJECT

public:
    FeedBase(EngineLink& link, QStringList hints, int intervalMs, QObject* parent);

    /// Asks now; an answer still underway is dropped.
    void refresh();
    /// A feed nobody looks at asks nothing. Turning it on asks at once.
    void setActive(bool active);
    [[nodiscard]] bool active() const { return m_active; }
    /// When the latest answer came, ms since the epoch; 0 before the first.
    [[nodiscard]] std::int64_t receivedMs() const { return m_receivedMs; }
    /// The failure of the latest question, if it failed. The snapshot before it stays.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

signals:
    /// A new snapshot, or a new error.
    void changed();

protected:
    virtual void ask() = 0;
    void arrived(std::optional<Error> error);

private:
    void onHint(const QString& kind);
    void onStateChanged();

    EngineLink& m_link;
    const QStringList m_hints;
    const int m_intervalMs;
    bool m_active = false;
    std::int64_t m_receivedMs = 0;
    std::optional<Error> m_error;
    QTimer m_timer;
};

/// One answer of the engine, kept up to date: by a timer, and at once on a hint of the event stream.
/// Thread: gui; the snapshots are immutable.
template <typename T>
class Feed final : public FeedBase {
public:
    struct Ask {
        QString path;
        QUrlQuery query;
        bool form = false;  ///< too long for an address: sent as a form
    };

    /// hints  names of stream events after which to ask again ("commit" is not one: use the interval)
    Feed(ApiClient& api, EngineLink& link, std::function<Result<T>(const QByteArray&)> decode,
         std::function<Ask()> question, QStringList hints, int intervalMs, QObject* parent)
        : FeedBase(link, std::move(hints), intervalMs, parent),
          m_api(api),
          m_decode(std::move(decode)),
          m_question(std::move(question))
    {
    }

    /// Null before the first answer.
    [[nodiscard]] std::shared_ptr<const T> latest() const { return m_latest; }
    void clear() { m_latest.reset(); }
    /// How answers from now on are read.
    void setDecoder(std::function<Result<T>(const QByteArray&)> decode) { m_decode = std::move(decode); }

protected:
    void ask() override
    {
        const Ask question = m_question();
        if (question.path.isEmpty())
            return;
        const auto take = [this](const Result<std::shared_ptr<const T>>& answer) {
            if (answer)
                m_latest = *answer;
            arrived(answer ? std::nullopt : std::optional(answer.error()));
        };
        if (question.form)
            m_api.ask<T>(m_slot, question.path, question.query, m_decode, take);
        else
            m_api.get<T>(m_slot, question.path, question.query, m_decode, take);
    }

private:
    ApiClient& m_api;
    std::function<Result<T>(const QByteArray&)> m_decode;
    std::function<Ask()> m_question;
    std::shared_ptr<const T> m_latest;
    RequestSlot m_slot;
};

}  // namespace holdfast::widgets
