#pragma once

#include "widgets/client/api_client.h"
#include "widgets/client/incident.h"
#include "widgets/view.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QLineEdit;

namespace holdfast::widgets {

class FlatButton;
class RoleLabel;

/// An incident that a person saw before any rule did: which service, what is wrong, how bad, since when. Stays open
/// with the engine's sentence when it refuses. Thread: gui.
class HandReportDialog : public QDialog {
    Q_OBJECT

public:
    /// service  to begin with; may be empty
    HandReportDialog(const ViewContext& context, const QString& service, QWidget* parent);

signals:
    /// The engine has it under this number.
    void opened(qint64 incident);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void judge();
    void send();
    void take(const Result<std::shared_ptr<const IncidentDetail>>& answer);

    const ViewContext m_context;
    QComboBox* m_service;
    QLineEdit* m_text;
    QComboBox* m_severity;
    QComboBox* m_since;
    RoleLabel* m_problem;
    FlatButton* m_open;
    RequestSlot m_slot;
};

}  // namespace holdfast::widgets
