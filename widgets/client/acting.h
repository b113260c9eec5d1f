#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace holdfast::widgets {

class ApiClient;
class EngineLink;

/// Whether anything may be changed from this window, decided in this one place: not in a replay, not where the engine
/// is a guest's, not while it cannot be reached. ApiClient refuses on the same grounds what is sent all the same.
/// Thread: gui.
class Acting : public QObject {
    Q_OBJECT

public:
    Acting(const ApiClient& api, const EngineLink& link, QObject* parent = nullptr);

    [[nodiscard]] bool allowed() const { return m_why.isEmpty(); }
    /// Why not, as a sentence to show; empty while it is allowed.
    [[nodiscard]] const QString& why() const { return m_why; }
    /// For what acts: enabled where it is allowed and `otherwise` so, with the reason or else `tip` as its tooltip.
    void apply(QWidget& widget, bool otherwise, const QString& tip = {}) const;

signals:
    void changed();

private:
    void judge();

    const ApiClient& m_api;
    const EngineLink& m_link;
    QString m_why;
};

}  // namespace holdfast::widgets
