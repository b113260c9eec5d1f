#pragma once

#include <QLineEdit>
#include <QStringList>

class QCompleter;
class QStringListModel;

namespace holdfast::widgets {

/// Where the reason is typed. Offers the last five reasons that were given here (Down), and open incidents after "#".
/// Enter takes what is offered and confirms nothing. Thread: gui.
class ReasonBox : public QLineEdit {
    Q_OBJECT

public:
    explicit ReasonBox(QWidget* parent);

    /// "INC-142 payments failing", newest first.
    void setIncidents(const QStringList& incidents);
    /// Keeps the reason for the next time; the last five of this person on this computer.
    static void remember(const QString& reason);
    [[nodiscard]] static QStringList lastReasons();

signals:
    /// "#INC-142" stands in the reason.
    void incidentNamed(qint64 incident);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void onEdited(const QString& text);
    void take(const QString& offered);
    void offer(const QStringList& texts);

    QStringListModel* m_offers;
    QCompleter* m_completer;
    QStringList m_incidents;
};

}  // namespace holdfast::widgets
